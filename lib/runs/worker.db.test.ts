import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { keysIn, repository } from "@/lib/testing/fake-repositories";
import { FakeServer } from "@/lib/testing/fake-source";
import { aReadingSource, keysOf, quickTiming, rowOf, worksFor } from "@/lib/testing/runs";
import { dueRequests } from "@/lib/worker/works";
import { requestRun } from "./mutations";
import { nudgeRuns } from "./nudge";
import { doRunsUntil } from "./worker";

let processes: [Db, Db];
let db: Db;
let owner: Actor;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});

function work(on: Db, server: FakeServer, pollMs = 50) {
  const stopping = new AbortController();
  const { reading } = server;
  const ended = doRunsUntil(on, {
    ...{ signal: stopping.signal, timing: quickTiming, pollMs },
    works: worksFor(reading),
    requests: dueRequests,
  });
  const stop = async () => {
    stopping.abort();
    await ended;
  };
  onTestFinished(stop);
  return stop;
}

describe("the worker of runs", () => {
  it("does the runs that two processes share, each once", async () => {
    const server = new FakeServer([repository("1", 4), repository("2", 3)]);
    const runIds: string[] = [];
    const sourceIds: string[] = [];
    for (const name of ["One", "Two", "Three"]) {
      const { sourceId } = await aReadingSource(db, owner, { name });
      sourceIds.push(sourceId);
      runIds.push((await requestRun(db, owner, sourceId, "new")).runId);
    }
    work(processes[0], server);
    work(processes[1], server);
    const states = async () => Promise.all(runIds.map(async (id) => (await rowOf(db, id)).state));
    await expect.poll(states, { timeout: 50_000 }).toEqual(runIds.map(() => "succeeded"));
    for (const sourceId of sourceIds) expect(await keysOf(db, sourceId)).toEqual(keysIn(server));
    for (const id of runIds) expect((await rowOf(db, id)).added).toBe(7);
    expect(server.mostAtOnce).toBeLessThanOrEqual(2);
  });

  it("begins at once when it is nudged, and hands a run back when it stops", async () => {
    const { sourceId } = await aReadingSource(db, owner, { name: "Nudged" });
    const server = new FakeServer([repository("1", 40)]);
    // Nobody would look for an hour.
    const stop = work(db, server, 3_600_000);
    const { runId } = await requestRun(db, owner, sourceId, "new");
    nudgeRuns();
    await expect.poll(async () => (await rowOf(db, runId)).received, { timeout: 50_000 }).toBeGreaterThan(0);
    await stop();
    const run = await rowOf(db, runId);
    if (run.endedAt === null) expect(run).toMatchObject({ state: "queued", holder: null, leaseUntil: null });
    work(db, server);
    await expect.poll(async () => (await rowOf(db, runId)).state, { timeout: 50_000 }).toBe("succeeded");
    expect((await rowOf(db, runId)).added).toBe(40);
  });

  it("requests the runs of schedules that are due", async () => {
    const { sourceId } = await aReadingSource(db, owner, { name: "Scheduled" });
    const schedule = { kind: "every", amount: 1, unit: "days" } as const;
    await db
      .update(endpoints)
      .set({ schedule, nextRunAt: sql`clock_timestamp()` })
      .where(eq(endpoints.id, sourceId));
    const server = new FakeServer([repository("1", 2)]);
    work(db, server);
    await expect.poll(() => keysOf(db, sourceId), { timeout: 50_000 }).toEqual(keysIn(server));
  });
});
