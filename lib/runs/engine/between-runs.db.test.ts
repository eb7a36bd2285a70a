import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sandboxAccounts, sandboxKeys } from "@/e2e/sandbox/accounts";
import { bearer } from "@/e2e/sandbox/ask";
import { heldEverywhere } from "@/e2e/sandbox/held-everywhere";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import { flat } from "@/e2e/sandbox/world/pull-request-details";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import {
  aSandboxSource,
  type CountedRun,
  countedRun,
  settingsFor,
  signInWith,
} from "@/lib/testing/read-twice";
import { differences, type Said, whatIsSaid } from "@/lib/testing/record-changes";

const streams = ["repositories", "branches", "commits", "pull-requests", "pull-request-comments"] as const;
type Stream = (typeof streams)[number];
const jane = sandboxAccounts.jane.name;
const authorization = bearer(sandboxKeys.janeWrite.value);
const repository = "DATA/event-lake";

let db: Db;
let owner: Actor;
let sandbox: Sandbox;
const sources = new Map<Stream, string>();
const said = new Map<Stream, Said>();

// One data set of each stream, and one change after the other: what an earlier change did must stay as it is, too.
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
  for (const stream of streams) {
    const settings = settingsFor(stream);
    const signIn = signInWith(sandboxKeys.janeWrite);
    const { sourceId } = await aSandboxSource(db, owner, sandbox, { signIn, settings });
    sources.set(stream, sourceId);
    await countedRun(db, owner, sandbox, sourceId);
    said.set(stream, await whatIsSaid(db, sourceId));
  }
});
afterAll(() => sandbox.close());

const change = () => sandbox.instance("/");

/** Runs every source once more; the differences by stream, without the streams that have none. */
async function runAll(mode: "new" | "all" = "all", comparesAll = true) {
  const found: Partial<Record<Stream, string[]>> = {};
  const runs: Partial<Record<Stream, CountedRun>> = {};
  for (const stream of streams) {
    const sourceId = sources.get(stream) ?? "";
    const counted = await countedRun(db, owner, sandbox, sourceId, mode);
    const now = await whatIsSaid(db, sourceId);
    const before = said.get(stream) ?? now;
    const differs = differences(before, now);
    if (differs.length > 0) found[stream] = differs;
    said.set(stream, now);
    runs[stream] = counted;
    if (!comparesAll) continue;
    const { keys } = await heldEverywhere(sandbox, { authorization, stream });
    expect(counted.keys.filter((key) => !key.startsWith("-"))).toEqual(keys);
  }
  return { found, runs };
}

const keysOfGroup = (stream: Stream, id: number) =>
  [...(said.get(stream)?.records ?? [])]
    .filter(([key, { isDeleted }]) => !isDeleted && (key === `${id}` || key.startsWith(`${id}/`)))
    .map(([key]) => key)
    .sort();
const groupsOf = (stream: Stream) => said.get(stream)?.groups ?? [];

it("nothing changes: nothing has another change number, whatever is read", async () => {
  expect((await runAll("new")).found).toEqual({});
  expect((await runAll("all")).found).toEqual({});
});

it("a force-push: the dropped commits are deleted, the new one is there, the branch has moved", async () => {
  const main = change().world.repositories.find(({ id }) => id === 13);
  const history = main ? change().world.contentOf(main) : undefined;
  const [first, second] = history?.history(history.default?.latestCommit ?? "") ?? [];
  const { commits } = change().change("forcePush", { repository, drop: 2, add: 1 });
  const { found } = await runAll("new");
  expect(found).toEqual({
    branches: ["~13/refs/heads/main"],
    commits: [`+13/${commits[0]}`, ...[`-13/${first?.id}`, `-13/${second?.id}`].sort()],
  });
});

it("a deleted pull request: it and its comments are deleted", async () => {
  const comments = keysOfGroup("pull-request-comments", 13);
  change().change("deletePullRequest", { repository, id: 2 });
  const { found } = await runAll("new");
  expect(found["pull-requests"]).toEqual(["-13/2"]);
  const gone = found["pull-request-comments"] ?? [];
  expect(gone.length).toBeGreaterThan(0);
  expect(gone.every((key) => comments.includes(key.slice(1)))).toBe(true);
  expect(Object.keys(found).sort()).toEqual(["pull-request-comments", "pull-requests"]);
});

it("a deleted comment, of which the pull request's date says nothing: a run of everything finds it with its answers", async () => {
  const { world } = change();
  const lake = world.repositories.find(({ id }) => id === 13);
  if (!lake) throw new Error("no repository 13");
  const threads = world
    .contentOf(lake)
    .pullRequests.flatMap((pull) => world.detailsOf(lake, pull).comments.map((thread) => ({ pull, thread })));
  const [most] = threads.toSorted((one, other) => other.thread.replies.length - one.thread.replies.length);
  if (!most) throw new Error("no comments");
  const comments = flat([most.thread]).map(({ id }) => `-13/${id}`);
  const { pull } = most;
  change().change("deleteComment", { repository, id: pull.id, comment: most.thread.id, touches: false });
  const { found } = await runAll();
  expect(found["pull-request-comments"]).toEqual(comments.sort());
  // It counts its comments.
  expect(found["pull-requests"]).toEqual([`~13/${pull.id}`]);
  expect(Object.keys(found).sort()).toEqual(["pull-request-comments", "pull-requests"]);
});

it("a deleted branch: it alone is deleted", async () => {
  change().change("deleteBranch", { repository, branch: "spike/dates" });
  expect((await runAll("new")).found).toEqual({ branches: ["-13/refs/heads/spike/dates"] });
});

it("a renamed project: its records keep their keys, and have the new name; the groups say what they were called", async () => {
  change().change("renameProject", { project: "SHOP", key: "STORE" });
  const { found } = await runAll();
  for (const stream of streams) {
    const own = [...keysOfGroup(stream, 31), ...keysOfGroup(stream, 32)].map((key) => `~${key}`);
    expect([stream, found[stream]]).toEqual([stream, own.sort()]);
  }
  expect(groupsOf("commits").filter((group) => group.includes("STORE"))).toEqual([
    "31 readable STORE/checkout (SHOP/checkout)",
    "32 readable STORE/storefront (SHOP/storefront)",
  ]);
});

it("two repositories with one slug: both are there, and the first keeps its records", async () => {
  const { id } = change().change("addRepository", { project: "STORE", slug: "event-lake" });
  // A new repository of the project that this account may read.
  const { found } = await runAll("new");
  for (const stream of streams) {
    const own = keysOfGroup(stream, id);
    expect(own.length).toBeGreaterThan(0);
    expect([stream, found[stream]]).toEqual([stream, own.map((key) => `+${key}`)]);
    expect(keysOfGroup(stream, 13).length).toBeGreaterThan(0);
  }
});

it("a deleted repository: its records are deleted, and it is named as gone", async () => {
  const own = new Map(streams.map((stream) => [stream, keysOfGroup(stream, 12)]));
  change().change("deleteRepository", { repository: "DATA/dbt-models" });
  const { found } = await runAll("new");
  for (const stream of streams) {
    expect([stream, found[stream]]).toEqual([stream, own.get(stream)?.map((key) => `-${key}`)]);
  }
  expect(groupsOf("commits")).toContain("12 gone DATA/dbt-models");
});

it("a repository that may not be read any more is named, and its records stay; once it may be read again, nothing has changed", async () => {
  change().change("hideRepository", { repository: "DATA/airflow-dags", account: jane });
  const hidden = await runAll("all", false);
  expect(hidden.found).toEqual({});
  for (const stream of streams) {
    expect([stream, hidden.runs[stream]?.run.state]).toEqual([stream, "incomplete"]);
    expect(hidden.runs[stream]?.denied).toEqual(["DATA/airflow-dags"]);
    expect(groupsOf(stream)).toContain("11 unreadable DATA/airflow-dags");
  }
  change().change("showRepository", { repository: "DATA/airflow-dags", account: jane });
  const shown = await runAll();
  expect(shown.found).toEqual({});
  for (const stream of streams) {
    expect([stream, shown.runs[stream]?.run.state]).toEqual([stream, "succeeded"]);
    expect(groupsOf(stream)).toContain("11 readable DATA/airflow-dags");
  }
});

it("a repository that is archived, where archived ones are left out, is deleted, and is back once it is not archived", async () => {
  const signIn = signInWith(sandboxKeys.janeWrite);
  const settings = settingsFor("repositories", undefined, { archived: "ACTIVE" });
  const { sourceId } = await aSandboxSource(db, owner, sandbox, { signIn, settings });
  const first = await countedRun(db, owner, sandbox, sourceId);
  for (const [archived, sign] of [
    [true, "-"],
    [false, "+"],
  ] as const) {
    const before = await whatIsSaid(db, sourceId);
    change().change("archiveRepository", { repository: "DATA/airflow-dags", archived });
    const { run } = await countedRun(db, owner, sandbox, sourceId);
    expect(run).toMatchObject({ state: "succeeded", partitionsSkipped: archived ? 1 : 0 });
    expect(differences(before, await whatIsSaid(db, sourceId))).toEqual([`${sign}11`]);
  }
  expect(first.keys).toContain("11");
});
