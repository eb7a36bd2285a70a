import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { endpoints } from "@/drizzle/schema";
import { listNotices } from "@/lib/notices/queries";
import type { RunEnd } from "@/lib/runs/engine/end-run";
import { requestRun } from "@/lib/runs/mutations";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { kindsOf, newsOf } from "@/lib/testing/messages";
import { claimAndEnd } from "@/lib/testing/run-ends";
import { aReadingSource } from "@/lib/testing/runs";
import { grantEndpoint } from "@/lib/testing/sharing";

const failed: RunEnd = { state: "failed", reason: "server-fails" };
const incomplete: RunEnd = { state: "incomplete", reason: null };
const succeeded: RunEnd = { state: "succeeded", reason: null };

describe("the end of a run", () => {
  it("is told if it failed or is incomplete, and once while runs keep ending so", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const { sourceId } = await aReadingSource(db, owner);
      const runIds: string[] = [];
      for (const end of [failed, failed, incomplete, incomplete, succeeded, failed]) {
        const { runId } = await requestRun(db, owner, sourceId, "new");
        await claimAndEnd(db, owner, runId, end);
        runIds.push(runId);
      }
      expect(await newsOf(db, owner)).toEqual([
        { kind: "run-failed", runId: runIds[0], name: "Commits", direction: "source" },
        { kind: "run-incomplete", runId: runIds[2], name: "Commits", direction: "source" },
        { kind: "run-failed", runId: runIds[5], name: "Commits", direction: "source" },
      ]);
    }));

  it("is told to the owner and to administrators of the source, not to other grantees", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const [administrator, operator] = [await somebody(db), await somebody(db)];
      const { sourceId } = await aReadingSource(db, owner);
      await grantEndpoint(db, owner, sourceId, { userId: administrator.userId }, "administrator");
      await grantEndpoint(db, owner, sourceId, { userId: operator.userId }, "operator");
      const { runId } = await requestRun(db, owner, sourceId, "new");
      await claimAndEnd(db, owner, runId, failed);
      expect(await kindsOf(db, administrator)).toEqual(["run-failed"]);
      expect(await kindsOf(db, operator)).toEqual([]);
    }));

  it("that pauses the schedule is told, beside the notice above the pages", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const { sourceId } = await aReadingSource(db, owner);
      await db
        .update(endpoints)
        .set({
          schedule: { kind: "every", amount: 1, unit: "hours" },
          failures: 19,
          failingSince: sql`now() - interval '3 days'`,
        })
        .where(eq(endpoints.id, sourceId));
      const { runId } = await requestRun(db, owner, sourceId, "new");
      await claimAndEnd(db, owner, runId, failed);
      expect((await kindsOf(db, owner)).sort()).toEqual(["endpoint-paused", "run-failed"]);
      expect((await listNotices(db, owner)).map(({ kind }) => kind)).toEqual(["schedule-paused"]);
    }));
});
