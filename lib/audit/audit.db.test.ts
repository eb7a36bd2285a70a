import { asc, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, auditHeads } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { aVisitor, somebody } from "@/lib/testing/actors";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { recordEvent } from "./record";

function recordFailedSignIn(db: Db): Promise<void> {
  return db.transaction((tx) =>
    recordEvent(tx, aVisitor(), {
      event: "user.sign-in-failed",
      subjectId: null,
      details: { reason: "not-accepted" },
    }),
  );
}

describe("the audit log", () => {
  it.each([
    ["UPDATE", sql`update audit_events set event = 'nothing.happened'`],
    ["DELETE", sql`delete from audit_events`],
    ["TRUNCATE", sql`truncate audit_events`],
    ["DELETE of the head", sql`delete from audit_heads`],
    ["TRUNCATE of the head", sql`truncate audit_heads`],
  ])("56 the audit log refuses %s", (_kind, statement) =>
    withRollback(async (db) => {
      await recordFailedSignIn(db);
      const change = db.transaction((tx) => tx.execute(statement));
      await expect(change).rejects.toMatchObject({
        cause: { message: expect.stringContaining("cannot be changed") },
      });
      expect(await db.$count(auditEvents)).toBe(1);
      expect(await db.$count(auditHeads)).toBe(1);
    }),
  );

  it("records the user, the session, the address and the way", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      await db.transaction((tx) =>
        recordEvent(tx, actor, { event: "user.signed-out", subjectId: actor.userId, details: {} }),
      );
      expect(await db.select().from(auditEvents)).toMatchObject([
        {
          actorId: actor.userId,
          sessionId: actor.sessionId,
          via: "web",
          address: "192.0.2.10",
          requestId: actor.requestId,
        },
      ]);
    }));

  it("numbers events without a gap, whatever is rolled back, and never goes back in time", () =>
    withRollback(async (db) => {
      for (let round = 0; round < 3; round += 1) {
        await recordFailedSignIn(db);
        const undone = db.transaction(async (tx) => {
          await recordFailedSignIn(tx);
          throw new Error("undone");
        });
        await expect(undone).rejects.toThrow("undone");
      }
      const rows = await db.select().from(auditEvents).orderBy(asc(auditEvents.id));
      expect(rows.map(({ id }) => id)).toEqual([1, 2, 3]);
      const instants = rows.map(({ at }) => at.getTime());
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    }));

  it("makes writers queue: each of many at once has its place, the very first included", async () => {
    const db = await ownDatabase();
    await Promise.all(Array.from({ length: 24 }, () => recordFailedSignIn(db)));
    const rows = await db.select({ id: auditEvents.id }).from(auditEvents).orderBy(asc(auditEvents.id));
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(await db.select({ sequence: auditHeads.sequence }).from(auditHeads)).toEqual([{ sequence: 24 }]);
  });
});
