import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { deliveries, runs } from "@/drizzle/schema";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aFilledSource, aWritingDestination } from "@/lib/testing/destinations";
import { forgetOldDeliveries } from "./retention";

it("forgets old results in steps, but nothing that is held for the next run", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    const { sourceId } = await aFilledSource(db, owner, []);
    const { destinationId } = await aWritingDestination(db, owner, { sourceId });
    const add = async (days: number) => {
      const id = randomUUID();
      const endedAt = sql`clock_timestamp() - ${days} * interval '1 day'`;
      const row = { id, endpointId: destinationId, passId: id, trigger: "user", mode: "new" } as const;
      await db.insert(runs).values({ ...row, kind: "write", state: "cancelled", held: 2, endedAt });
      const empty = { runId: id, record: "", target: "", hash: Buffer.alloc(0), values: {}, input: {} };
      await db.insert(deliveries).values([
        { ...empty, number: 1, key: "sent", state: "sent" },
        { ...empty, number: 2, key: "held", state: "held" },
        { ...empty, number: 3, key: "taken up", state: "held", nextRunId: randomUUID() },
      ]);
      return id;
    };
    const [old, fresh] = [await add(31), await add(29)];
    expect(await forgetOldDeliveries(db, 1)).toBe(1);
    expect(await forgetOldDeliveries(db, 10)).toBe(1);
    expect(await forgetOldDeliveries(db, 10)).toBe(0);
    const left = await db.select({ key: deliveries.key }).from(deliveries).where(eq(deliveries.runId, old));
    expect(left).toEqual([{ key: "held" }]);
    expect(await db.$count(deliveries, eq(deliveries.runId, fresh))).toBe(3);
  }));
