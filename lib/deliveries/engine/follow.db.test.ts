import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { endpoints, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { activateEndpoint, pauseEndpoint } from "@/lib/endpoints/mutations";
import { type ClaimedRun, claimRun } from "@/lib/runs/engine/claim";
import { endRun } from "@/lib/runs/engine/end-run";
import { requestDueRuns } from "@/lib/runs/engine/schedule";
import { usualTiming } from "@/lib/runs/engine/timing";
import { requestRun } from "@/lib/runs/mutations";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aFilledSource, aRow, aWritingDestination, fillSource, type Row } from "@/lib/testing/destinations";
import { FakeDestination } from "@/lib/testing/fake-destination";
import { anEngineFor, doSlice, untilEnded, worksFor } from "@/lib/testing/runs";
import { dueRequests } from "@/lib/worker/works";
import { deliveringWork } from "./work";

let db: Db;
let owner: Actor;
beforeAll(async () => {
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});

let scenes = 0;
async function aScene() {
  scenes += 1;
  const name = `Scene ${scenes}`;
  const { sourceId } = await aFilledSource(db, owner, [], name);
  const schedule = { kind: "after-source" } as const;
  const { destinationId } = await aWritingDestination(db, owner, { sourceId }, { name, schedule });
  const server = new FakeDestination();
  const work = deliveringWork(server.writing);
  const engine = anEngineFor(db, { ...worksFor(), write: work, "dry-run": work });
  /** A run of the source that reads these records. */
  const read = async (rows: readonly Row[], state: "succeeded" | "failed" = "succeeded") => {
    const { runId } = await requestRun(db, owner, sourceId, "new");
    const run = await claimed(runId);
    await fillSource(db, sourceId, rows);
    await endRun(db, run, owner, { state, reason: state === "failed" ? "unreachable" : null });
  };
  const runsOf = () =>
    db.select().from(runs).where(eq(runs.endpointId, destinationId)).orderBy(runs.createdAt);
  const texts = () => server.writes().map(({ body }) => (body as { text: string }).text);
  /** Does the destination's run that is due, if there is one. */
  const follow = async () => {
    await requestDueRuns(db, dueRequests);
    const last = (await runsOf()).at(-1);
    return last && !last.endedAt ? untilEnded(engine, last.id) : null;
  };
  return { sourceId, destinationId, server, engine, read, follow, runsOf, texts };
}

async function claimed(runId: string): Promise<ClaimedRun> {
  const run = await claimRun(db, "source", usualTiming);
  if (run?.id !== runId) throw new Error("another run was claimed");
  return run;
}

describe("a destination that follows a source", () => {
  it("takes what each run of its source brought, once and in order, also when a run of it fails in between", async () => {
    const { server, read, follow, texts } = await aScene();
    expect(await follow()).toBeNull();
    await read([aRow("A", 1, "A1"), aRow("B", 1, "B1")]);
    expect(await follow()).toMatchObject({ state: "succeeded", trigger: "schedule", mode: "new", sent: 2 });
    expect(await follow()).toBeNull();

    await read([aRow("C", 1, "C1"), aRow("D", 1, "D1"), aRow("E", 1, "E1")]);
    server.hook = () => (server.calls.length > 3 ? { kind: "unsent", reason: "UNREACHABLE" } : null);
    expect(await follow()).toMatchObject({ state: "failed", sent: 1, held: 2 });
    server.hook = () => null;
    await read([aRow("F", 1, "F1"), aRow("A", 1, "A2")]);
    expect(await follow()).toMatchObject({ state: "succeeded", taken: 4, sent: 4 });
    // Without the calls that were not sent.
    expect([...new Set(texts())]).toEqual(["A1", "B1", "C1", "D1", "E1", "F1", "A2"]);
    expect(server.things).toHaveLength(6);
  });

  it("misses nothing that its source brings while it is at work", async () => {
    const { server, engine, read, follow, runsOf, destinationId } = await aScene();
    await read([aRow("A", 1)]);
    await requestDueRuns(db, dueRequests);
    server.hook = () => ({ kind: "wait", seconds: 600, why: "rate-limit" });
    await doSlice(engine);
    await read([aRow("B", 1)]);
    await requestDueRuns(db, dueRequests);
    const [first, ...others] = await runsOf();
    expect(others).toEqual([]);
    const dueAt = async () =>
      (await db.select().from(endpoints).where(eq(endpoints.id, destinationId)))[0]?.nextRunAt ?? null;
    // Looked at again soon.
    expect((await dueAt())?.getTime()).toBeGreaterThan(Date.now() - 10_000);
    server.hook = () => null;
    await db
      .update(runs)
      .set({ waitUntil: null })
      .where(eq(runs.id, first?.id ?? ""));
    await db.execute("delete from request_allowances");
    await untilEnded(engine, first?.id ?? "");
    await db
      .update(endpoints)
      .set({ nextRunAt: new Date(0) })
      .where(eq(endpoints.id, destinationId));
    expect(await follow()).toMatchObject({ state: "succeeded", sent: 1 });
    expect(await dueAt()).toBeNull();
    expect(server.things).toHaveLength(2);
  });

  it("does not follow a run that brought nothing, nor while it is paused; then it catches up", async () => {
    const { read, follow, destinationId } = await aScene();
    await read([], "failed");
    expect(await follow()).toBeNull();
    await pauseEndpoint(db, owner, destinationId);
    await read([aRow("A", 1)]);
    expect(await follow()).toBeNull();
    await activateEndpoint(db, owner, destinationId);
    expect(await follow()).toMatchObject({ state: "succeeded", sent: 1 });
  });
});
