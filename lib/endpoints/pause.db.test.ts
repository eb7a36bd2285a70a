import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, endpoints } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aReadingSource } from "@/lib/testing/runs";
import { grantEndpoint } from "@/lib/testing/sharing";
import { activateEndpoint, pauseEndpoint } from "./mutations";

const due = new Date("2031-05-01T10:00:00.000Z");

/** A source whose next run is due at `due`, after two failures. */
async function aScheduled(db: Db) {
  const owner = await ownerOfCredentials(db);
  const { sourceId } = await aReadingSource(db, owner, { name: "Scheduled" });
  const schedule = { kind: "every", amount: 1, unit: "days" } as const;
  await db.update(endpoints).set({ schedule, nextRunAt: due, failures: 2 }).where(eq(endpoints.id, sourceId));
  return { owner, sourceId };
}

async function stateOf(db: Db, id: string) {
  const { nextRunAt, failures, pausedAt } = endpoints;
  const [row] = await db
    .select({ nextRunAt, failures, pausedAt })
    .from(endpoints)
    .where(eq(endpoints.id, id));
  return row;
}

describe("activating a source again", () => {
  it("within a minute, by who paused it, leaves it as it was", () =>
    withRollback(async (db) => {
      const { owner, sourceId } = await aScheduled(db);
      const before = await stateOf(db, sourceId);
      await pauseEndpoint(db, owner, sourceId);
      await activateEndpoint(db, owner, sourceId);
      expect(await stateOf(db, sourceId)).toEqual(before);
    }));

  it("later, or by another user, counts anew", () =>
    withRollback(async (db) => {
      const { owner, sourceId } = await aScheduled(db);
      const operator = await somebody(db);
      await grantEndpoint(db, owner, sourceId, { userId: operator.userId }, "operator");
      await pauseEndpoint(db, owner, sourceId);
      await activateEndpoint(db, operator, sourceId);
      const byAnother = await stateOf(db, sourceId);
      expect(byAnother).toMatchObject({ failures: 0, pausedAt: null });
      expect(byAnother?.nextRunAt?.getTime()).toBeLessThan(due.getTime());

      await db.update(endpoints).set({ nextRunAt: due }).where(eq(endpoints.id, sourceId));
      await pauseEndpoint(db, owner, sourceId);
      await db
        .update(endpoints)
        .set({ pausedAt: sql`now() - interval '2 minutes'` })
        .where(eq(endpoints.id, sourceId));
      await activateEndpoint(db, owner, sourceId);
      expect((await stateOf(db, sourceId))?.nextRunAt?.getTime()).toBeLessThan(due.getTime());
      const events = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, sourceId));
      expect(events.filter(({ event }) => event === "flow.activated")).toHaveLength(2);
    }));
});
