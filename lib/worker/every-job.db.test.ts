import { describe, expect, it, vi } from "vitest";
import { auditEvents } from "@/drizzle/schema";
import { claimDueChecks } from "@/lib/credentials/checks/schedule";
import { recheck } from "@/lib/credentials/recheck";
import type { Db } from "@/lib/db/types";
import { withRollback } from "@/lib/testing/database";
import { everyJob } from "@/lib/testing/register/every-job";
import { setUpScenario } from "@/lib/testing/scenario-fixture";
import { recurringWorks } from "./jobs";

// No server is asked: this one is always healthy.
vi.mock("@/lib/connectors/bitbucket-server/check", async () => {
  const { verified } = await import("@/lib/testing/credentials");
  const healthy = { ...verified, steps: [{ name: "signedIn", state: "passed", durationMs: 1 }] };
  return { checkCredential: async () => healthy };
});

async function eventsAfter(db: Db, count: number): Promise<string[]> {
  const rows = await db
    .select({ event: auditEvents.event })
    .from(auditEvents)
    .orderBy(auditEvents.id)
    .offset(count);
  return rows.map(({ event }) => event);
}

/** Not in the queue: due checks have a worker of their own. */
const rechecks = {
  name: "recheck-credentials",
  findDue: async (db: Db) => {
    const due = await claimDueChecks(db, { limit: 50, perServer: 50 });
    return due.map(({ credentialId }) => credentialId);
  },
  doOne: (db: Db, credentialId: string) => recheck(db, credentialId),
};
const jobs = [rechecks, ...recurringWorks];

it("every recurring job of the worker is in the register, and no other is", () => {
  expect(Object.keys(everyJob).sort()).toEqual(jobs.map(({ name }) => name).sort());
});

describe.each(jobs)("$name", ({ name, findDue, doOne }) => {
  const { arrange, leaves } = everyJob[name] ?? { leaves: [] };
  it(`finds what is due and leaves ${leaves.join(", ") || "no event"}`, () =>
    withRollback(async (db) => {
      const fixture = await setUpScenario(db);
      await arrange?.(fixture);
      const before = await db.$count(auditEvents);
      const due = await findDue(db);
      expect(due.length).toBeGreaterThan(0);
      for (const key of due) await doOne(db, key);
      expect(await eventsAfter(db, before)).toEqual(leaves);
    }));
});
