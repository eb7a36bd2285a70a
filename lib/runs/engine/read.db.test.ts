import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { datasets, endpoints, recordGroups, runSeen } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { SourceSettings } from "@/lib/connectors/streams";
import type { Db } from "@/lib/db/types";
import { requestRun } from "@/lib/runs/mutations";
import { findRun } from "@/lib/runs/queries";
import { describeRun } from "@/lib/runs/words";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { keysIn, repository } from "@/lib/testing/fake-repositories";
import { FakeServer } from "@/lib/testing/fake-source";
import { anEngine, aReadingSource, keysOf, untilEnded } from "@/lib/testing/runs";
import { aRepositorySource } from "@/lib/testing/sources";

let db: Db;
let owner: Actor;
beforeAll(async () => {
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});

let sources = 0;
async function aSource() {
  sources += 1;
  return (await aReadingSource(db, owner, { name: `Source ${sources}` })).sourceId;
}

async function read(sourceId: string, server: FakeServer, mode: "new" | "all" = "new") {
  const { runId } = await requestRun(db, owner, sourceId, mode);
  return untilEnded(anEngine(db, server.reading), runId);
}

const groupsOf = async (sourceId: string) =>
  (await db.select().from(recordGroups).where(eq(recordGroups.endpointId, sourceId)))
    .map(({ id, state, label, previousLabel }) => `${id} ${state} ${label} ${previousLabel ?? "-"}`)
    .toSorted();

describe("a run", () => {
  it("reads every part to its end, asks for no page twice, and says so", async () => {
    const sourceId = await aSource();
    const server = new FakeServer([repository("1", 5), repository("2", 0), repository("3", 3)]);
    const run = await read(sourceId, server);
    expect(run).toMatchObject({ state: "succeeded", reason: null, mode: "all" });
    expect(run).toMatchObject({ partitions: 4, partitionsDone: 4, received: 8, added: 8, calls: 8 });
    expect(await keysOf(db, sourceId)).toEqual(keysIn(server));
    const asked = server.calls.map(({ path, start }) => `${path} ${start}`);
    expect(new Set(asked).size).toBe(asked.length);
    expect(server.mostAtOnce).toBeLessThanOrEqual(2);
    expect(await db.$count(runSeen)).toBe(0);
  });

  it("says what was chosen when it ran, whatever is chosen since", async () => {
    const sourceId = await aSource();
    const one = { projectKey: "SHOP", slug: "web", name: "Web" };
    const scope = { kind: "repositories" as const, repositories: [1, 2].map((id) => ({ ...one, id })) };
    const choose = (settings: SourceSettings) =>
      db.update(endpoints).set({ settings }).where(eq(endpoints.id, sourceId));
    await choose({ ...aRepositorySource.settings, scope });
    const { id } = await read(sourceId, new FakeServer([repository("1", 1)]));
    await choose(aRepositorySource.settings);
    const run = await findRun(db, owner, sourceId, id);
    expect(run && describeRun(run).sentence).toBe("The 2 chosen repositories were read to their end.");
  });

  it("that stops after any page is gone on with there: nothing is missing, nothing twice, no page read more than twice", async () => {
    const repositories = [repository("1", 5), repository("2", 3), repository("3", 1)];
    const pages = 2 + 3 + 2 + 1;
    for (let stopAt = 1; stopAt <= pages; stopAt += 1) {
      const sourceId = await aSource();
      const server = new FakeServer(repositories);
      const stop = new AbortController();
      server.hook = () => {
        if (server.calls.length === stopAt) stop.abort();
        return null;
      };
      const { runId } = await requestRun(db, owner, sourceId, "new");
      await untilEnded(anEngine(db, server.reading, { stopMs: 60_000 }), runId, stop.signal);
      const run = await untilEnded(anEngine(db, server.reading), runId);
      expect(run).toMatchObject({ state: "succeeded", received: 9, added: 9, partitionsDone: 4 });
      expect(await keysOf(db, sourceId)).toEqual(keysIn(server));
      // A slice that ends in time stores the pages under way.
      expect(server.calls.length).toBe(pages);
    }
  });

  it("goes on from the cursors of the last complete reading, and reads everything when that is asked for", async () => {
    const sourceId = await aSource();
    const server = new FakeServer([repository("1", 1)]);
    expect(await read(sourceId, server)).toMatchObject({ mode: "all", added: 1 });
    // The stand-in's reader puts into each record whether there was a cursor.
    expect(await read(sourceId, server)).toMatchObject({ mode: "new", changed: 1 });
    expect(await read(sourceId, server, "all")).toMatchObject({ mode: "all", changed: 1 });
    const [dataset] = await db.select().from(datasets).where(eq(datasets.endpointId, sourceId));
    expect(dataset).toMatchObject({ runsSinceFull: 0, records: 1 });
  });

  it("that reads everything marks what was deleted on the server, one that reads what is new does not", async () => {
    const sourceId = await aSource();
    const server = new FakeServer([repository("1", 3), repository("2", 2)]);
    await read(sourceId, server);
    server.repositories[0] = { ...repository("1", 3), records: ["r0", "r2"] };
    expect(await read(sourceId, server)).toMatchObject({ mode: "new", deleted: 0 });
    expect(await read(sourceId, server, "all")).toMatchObject({ deleted: 1, state: "succeeded" });
    expect(await keysOf(db, sourceId)).toEqual(["-1/r1", "1/r0", "1/r2", "2/r0", "2/r1"]);
  });

  it("finds out what became of a repository that is not listed any more: gone, or not readable", async () => {
    const sourceId = await aSource();
    const server = new FakeServer([repository("1", 1), repository("2", 2), repository("3", 1)]);
    await read(sourceId, server);
    server.repositories.splice(1, 2);
    server.hook = ({ path }) =>
      path.includes("/3/") ? { kind: "skip" as const, reason: "no-right" as const } : null;
    const run = await read(sourceId, server, "all");
    expect(run).toMatchObject({ state: "incomplete", deleted: 2, partitionsSkipped: 2 });
    expect(await keysOf(db, sourceId)).toEqual(["-2/r0", "-2/r1", "1/r0", "3/r0"]);
    expect(await groupsOf(sourceId)).toEqual([
      "1 readable SHOP/1 -",
      "2 gone SHOP/2 -",
      "3 unreadable SHOP/3 -",
    ]);
  });

  it("keeps the records of a repository that was renamed or moved, and says what it was called", async () => {
    const sourceId = await aSource();
    const server = new FakeServer([repository("1", 2)]);
    await read(sourceId, server);
    server.repositories[0] = repository("1", 2, "STORE/1");
    expect(await read(sourceId, server, "all")).toMatchObject({ deleted: 0, added: 0 });
    expect(await groupsOf(sourceId)).toEqual(["1 readable STORE/1 SHOP/1"]);
  });

  it("skips what the account may not read, keeps its records, and reads the rest", async () => {
    const sourceId = await aSource();
    const server = new FakeServer([repository("1", 2), repository("2", 3)]);
    await read(sourceId, server);
    server.hook = ({ path }) =>
      path.includes("/1/") ? { kind: "skip" as const, reason: "no-right" as const } : null;
    const run = await read(sourceId, server, "all");
    expect(run).toMatchObject({ state: "incomplete", partitionsDone: 2, partitionsSkipped: 1, deleted: 0 });
    expect(await keysOf(db, sourceId)).toEqual(keysIn(server));
  });

  it("asks for smaller pages where a page is too large", async () => {
    const sourceId = await aSource();
    const server = new FakeServer([repository("1", 40)], 1000);
    server.hook = ({ path, query }) =>
      path.includes("/records") && Number(query.limit) > 100
        ? { kind: "failed" as const, reason: "ANSWER_TOO_LARGE" }
        : null;
    expect(await read(sourceId, server)).toMatchObject({ state: "succeeded", added: 40 });
  });
});
