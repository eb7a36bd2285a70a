import type { EventKind } from "@/lib/audit/kinds";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";

/** One recurring job. */
export type JobEntry = {
  /** Makes something due; without it, every round has something due. */
  readonly arrange?: (fixture: ScenarioFixture) => Promise<void>;
  /** The events that one round records, in order. */
  readonly leaves: readonly EventKind[];
};

/** Every recurring job by name. `lib/worker/every-job.db.test.ts` compares them with the worker's. */
export const everyJob: Readonly<Record<string, JobEntry>> = {
  "recheck-credentials": {
    arrange: async ({ db, credentialId }) => {
      const { eq, sql } = await import("drizzle-orm");
      const { checkSchedules } = await import("@/drizzle/schema");
      await db
        .update(checkSchedules)
        .set({ dueAt: sql`clock_timestamp()` })
        .where(eq(checkSchedules.credentialId, credentialId));
    },
    leaves: ["credential.checked"],
  },
  // Old rows need no event: the audit log recorded their creation and end.
  forget: { leaves: [] },
  // Written to the process's own log, which is stored elsewhere.
  "audit-head": { leaves: [] },
  // A message is no event of its own: the log records what it tells of.
  endings: {
    arrange: async ({ db, credentialId }) => {
      const { noteEnding } = await import("@/lib/notifications/telling/endings");
      await db.transaction((tx) => noteEnding(tx, { credentialId }, new Date()));
    },
    leaves: [],
  },
  // Without a mail server, what waits is tried again later.
  "send-messages": {
    arrange: async ({ db, owner }) => {
      const { messageSends, messages } = await import("@/drizzle/schema");
      const { userId } = owner;
      const news = { kind: "new-sign-in", browser: null } as const;
      const [message] = await db.insert(messages).values({ userId, eventKey: "one", news }).returning();
      const nextAt = new Date(0);
      await db
        .insert(messageSends)
        .values({ userId, messageId: message?.id ?? "", channel: "email", nextAt });
    },
    leaves: [],
  },
  "failed-sign-ins": {
    arrange: async ({ db, owner }) => {
      const { recordFailedSignIns } = await import("@/lib/auth/failed-sign-ins");
      await recordFailedSignIns(db, owner, { userId: owner.userId, reason: "not-accepted" });
    },
    leaves: ["user.sign-in-failed"],
  },
};
