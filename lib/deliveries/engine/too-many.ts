import "server-only";
import { sql } from "drizzle-orm";
import { deliveries, runs } from "@/drizzle/schema";
import type { Action, Problem } from "@/lib/connectors/action";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { PageRefused } from "@/lib/runs/engine/fence";
import { grouped } from "@/lib/text/count-of";
import { mayGoOn } from "./may-go-on";
import type { PreparedDelivery } from "./prepare";

type Together = NonNullable<Action["together"]>;

/**
 * Skips the records of each target that has more of them than the server takes: it would refuse them all, after others
 * had been sent. Everything must have been taken. Throws PageRefused if the run has to stop.
 */
export async function skipTooMany(
  db: Db,
  prepared: PreparedDelivery,
  { most, noun }: Together,
): Promise<void> {
  const { id } = prepared.run;
  const found = await rowsOf(
    db,
    sql`select target, count(distinct key)::int as count from ${deliveries}
      where run_id = ${id} and state in ('pending', 'already')
      group by target having count(distinct key) > ${most} and bool_or(state = 'pending')`,
  );
  for (const { target, count } of found) {
    const message = `Together they are ${grouped(Number(count))} ${noun}s, but the server takes at most ${grouped(most)}. None of them was sent.`;
    const problems: readonly Problem[] = [{ field: null, message }];
    await db.transaction(async (tx) => {
      const [row] = await rowsOf(
        tx,
        sql`with gone as (
            update ${deliveries} set state = 'skipped', problems = ${JSON.stringify(problems)}::jsonb,
              at = clock_timestamp()
            where run_id = ${id} and target = ${String(target)} and state = 'pending' returning 1
          ) update ${runs} set skipped = skipped + (select count(*) from gone)
            where ${mayGoOn(prepared)} returning 1 as is_done`,
      );
      if (!row) throw new PageRefused();
    });
  }
}
