import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { deliveries, runs } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import type { RunRef } from "@/lib/deliveries/types";

type NewRun = Partial<typeof runs.$inferInsert>;
type NewDelivery = Partial<typeof deliveries.$inferInsert>;

/** For database tests: a destination's run that is over, without records. */
export async function aDeliveryRun(db: Db, endpointId: string, run: NewRun = {}): Promise<RunRef> {
  const runId = randomUUID();
  const at = new Date("2026-11-01T12:00:00Z");
  await db.insert(runs).values({
    ...{ id: runId, passId: randomUUID(), endpointId, kind: "write", mode: "all", trigger: "user" },
    ...{ state: "incomplete", createdAt: at, startedAt: at, endedAt: at },
    ...run,
  });
  return { endpointId, runId };
}

/** Gives a run these records, numbered from 1; what is left out is that of a comment that was sent. */
export async function giveDeliveries(
  db: Db,
  { runId }: RunRef,
  given: readonly NewDelivery[],
): Promise<void> {
  await db.insert(deliveries).values(
    given.map((one, index) => ({
      ...{ runId, number: index + 1, key: `K${index + 1}`, record: `${index + 1}`, target: "t" },
      ...{ state: "sent" as const, hash: Buffer.alloc(4), values: {}, input: {}, tries: 1, status: 201 },
      at: new Date("2026-11-01T12:00:00Z"),
      ...one,
    })),
  );
}

/** Gives a run very many records: `rejected` every hundredth, one with an empty key every tenth, keys in no order. */
export async function giveManyDeliveries(db: Db, { runId }: RunRef, count: number): Promise<void> {
  await db.execute(sql`insert into ${deliveries}
    (run_id, number, key, record, target, state, hash, "values", input)
    select ${runId}, n, case when n % 10 = 0 then '' else 'SHOP/' || (n * 7919 % ${count}::int) end, n::text, 't',
      case when n % 100 = 0 then 'rejected' else 'sent' end, '\\x00', '{}', '{}'
    from generate_series(1, ${count}::int) as n`);
}
