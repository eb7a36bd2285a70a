import type { EventKind } from "@/lib/audit/kinds";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";

/** One recurring job. */
export type JobEntry = {
  /** Makes something due; without it something is due in every round. */
  readonly arrange?: (fixture: ScenarioFixture) => Promise<void>;
  /** The events that one round leaves, in their order. */
  readonly leaves: readonly EventKind[];
};

/** Every recurring job by name. `lib/worker/every-job.db.test.ts` compares them with what the worker does. */
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
  // What is old is gone: the audit log has told of it when it happened.
  forget: { leaves: [] },
  // Told to the process's own log, which is kept elsewhere.
  "audit-head": { leaves: [] },
  "failed-sign-ins": {
    arrange: async ({ db, owner }) => {
      const { recordFailedSignIns } = await import("@/lib/auth/failed-sign-ins");
      await recordFailedSignIns(db, owner, { userId: owner.userId, reason: "not-accepted" });
    },
    leaves: ["user.sign-in-failed"],
  },
};
