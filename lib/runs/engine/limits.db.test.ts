import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { credentialGrants, records } from "@/drizzle/schema";
import { type ApiKey, sandboxAccounts, sandboxKeys } from "@/e2e/sandbox/accounts";
import { ask, bearer } from "@/e2e/sandbox/ask";
import { heldBy } from "@/e2e/sandbox/holdings";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { checkNow } from "@/lib/credentials/check-now";
import { allowanceAccountOf } from "@/lib/credentials/lockout/account";
import { replaceSecret } from "@/lib/credentials/mutations";
import { findCredentialTile, getSignIn } from "@/lib/credentials/queries";
import { recheck } from "@/lib/credentials/recheck";
import type { Db } from "@/lib/db/types";
import { editEndpoint } from "@/lib/endpoints/mutations";
import { requestRun } from "@/lib/runs/mutations";
import { doRunsUntil } from "@/lib/runs/worker";
import { reserveAllowance } from "@/lib/server-shares/allowance";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { aSandboxSource, choiceOf, settingsFor, signInWith } from "@/lib/testing/read-twice";
import { anEngine, aReadingSource, keysOf, rowOf, untilEnded } from "@/lib/testing/runs";
import { grantOn } from "@/lib/testing/sharing";
import { dueRequests, runWorks } from "@/lib/worker/works";

const { janeWrite, janeRead, zoeAdmin, zoeOlder, omarWrite } = sandboxKeys;
const { jane, zoe, omar } = sandboxAccounts;

let processes: [Db, Db];
let db: Db;
let owner: Actor;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const server = () => sandbox.instance("/");

/** A source whose credential was checked, as after the wizard. */
async function aSource(stream: string, key: ApiKey = janeWrite, chosen?: number) {
  const settings = settingsFor(stream, chosen === undefined ? undefined : choiceOf(sandbox, [chosen]));
  const made = await aSandboxSource(db, owner, sandbox, { signIn: signInWith(key), settings });
  expect(await checkNow(db, owner, { credentialId: made.credentialId })).toMatchObject({ ok: true });
  return made;
}

/** Runs these sources to their end with a worker's loop in each process, while `meanwhile` goes on. */
async function withTwoWorkers(sourceIds: readonly string[], meanwhile: () => Promise<unknown>) {
  const stop = new AbortController();
  const runIds = await Promise.all(
    sourceIds.map(async (sourceId) => (await requestRun(db, owner, sourceId, "new")).runId),
  );
  const workers = processes.map((process) =>
    doRunsUntil(process, { works: runWorks, requests: dueRequests, signal: stop.signal, pollMs: 50 }),
  );
  const done = meanwhile();
  const rows = () => Promise.all(runIds.map((runId) => rowOf(db, runId)));
  const left = async () => (await rows()).filter(({ endedAt }) => endedAt === null).length;
  await expect.poll(left, { timeout: 100_000 }).toBe(0);
  await done;
  stop.abort();
  await Promise.all(workers);
  return rows();
}

/** As if another process had just sent as many calls as the account may send at once. */
async function useUp(credentialId: string, key: ApiKey) {
  const { target, accountName } = await getSignIn(db, owner, credentialId);
  await reserveAllowance(db, allowanceAccountOf(target, accountName), 60);
  const { bucketCapacity } = server().settings;
  const send = () => ask(`${sandbox.url("/")}/rest/api/1.0/projects`, { authorization: bearer(key.value) });
  await Promise.all(Array.from({ length: bucketCapacity }, send));
}

describe("an allowance of 60 requests and 5 a second", () => {
  it("is shared by two sources, a check and two workers on one account: every run ends by itself, no request comes too early", async () => {
    server().set({ rateLimit: "enforced", bucketCapacity: 60, bucketFillRate: 5, pageLimit: 16 });
    const comments = await aSource("pull-request-comments");
    const commits = await aSource("commits", janeRead);
    await useUp(commits.credentialId, janeRead);
    server().counters.clear();
    const runs = await withTwoWorkers([comments.sourceId, commits.sourceId], async () => {
      const checked = await checkNow(db, owner, { credentialId: commits.credentialId });
      expect(checked).toMatchObject({ ok: true });
    });
    expect(runs).toMatchObject([{ state: "succeeded" }, { state: "succeeded" }]);
    expect(runs.reduce((sum, { waitedMs }) => sum + waitedMs, 0)).toBeGreaterThan(0);
    const { accounts } = server().counters.report();
    const { calls = 0, overAllowance } = accounts[jane.name] ?? {};
    expect(calls).toBeGreaterThan(60);
    expect(overAllowance).toBe(0);
    expect(await keysOf(db, commits.sourceId)).toEqual(heldBy(server(), "commits", jane.name).toSorted());
  });
});

describe("the two slots of a server", () => {
  it.each([
    ["a due check", recheck, 2],
    // Its slot may carry four questions side by side (decision 56), the other slot one request.
    [
      "a check that a user waits for",
      (on: Db, credentialId: string) => checkNow(on, owner, { credentialId }),
      5,
    ],
  ])(
    "are shared by four runs of two accounts, %s and two workers: never more requests at once than the slots carry",
    async (_, check, most) => {
      server().set({ rateLimit: "off", delayMs: 10, pageLimit: 8 });
      const sources = [
        await aSource("commits"),
        await aSource("branches", janeRead),
        await aSource("pull-request-activities", zoeAdmin),
        await aSource("pull-requests", zoeAdmin),
      ];
      server().counters.clear();
      const runs = await withTwoWorkers(
        sources.map(({ sourceId }) => sourceId),
        () => check(db, sources[0]?.credentialId ?? ""),
      );
      expect(runs.map(({ state }) => state)).toEqual(sources.map(() => "succeeded"));
      const { maxSimultaneous } = server().counters.report();
      expect(maxSimultaneous).toBeGreaterThanOrEqual(2);
      expect(maxSimultaneous).toBeLessThanOrEqual(most);
    },
  );
});

describe("a key revoked in the middle of a run", () => {
  const refusals = () => sandbox.journal().filter(({ status }) => status === 401).length;
  const read = async (sourceId: string) => {
    const { runId } = await requestRun(db, owner, sourceId, "new");
    return untilEnded(anEngine(db), runId);
  };

  // Of two accounts: a refusal concerns all credentials of its account.
  it.each([
    [
      "one repository: one refused call",
      { key: janeWrite, other: janeRead, account: jane.name, chosen: 13, most: 1 },
    ],
    [
      "all repositories, of which two are read at a time: none is sent after a refusal",
      { key: zoeAdmin, other: zoeOlder, account: zoe.name, chosen: undefined, most: 2 },
    ],
  ])(
    "%s; the credential is rejected; with another secret the run goes on, and no page is read again",
    async (_, given) => {
      const { key, other, account, chosen, most } = given;
      server().set({ pageLimit: 4 });
      const { sourceId, credentialId } = await aSource("commits", key, chosen);
      server().counters.clear();
      server().disturbances.revokeKey(key.name, 4);
      const before = refusals();
      const run = await read(sourceId);
      expect(run).toMatchObject({ state: "failed", reason: "credential-refused" });
      const refused = refusals() - before;
      expect(refused).toBeGreaterThan(0);
      expect(refused).toBeLessThanOrEqual(most);
      expect(await findCredentialTile(db, owner, credentialId)).toMatchObject({ status: "rejected" });
      // Nothing is sent until somebody acts.
      const { calls } = server().counters.report();
      expect(await read(sourceId)).toMatchObject({ state: "failed", reason: "credential-held-back" });
      expect(server().counters.report().calls).toBe(calls);

      const replaced = { credentialId, secretVersion: 1 };
      const baseUrl = baseUrlAt(sandbox.url("/"));
      await replaceSecret(db, owner, { replaced, baseUrl, signIn: signInWith(other), outcome: verified });
      const last = await read(sourceId);
      expect(last).toMatchObject({ state: "succeeded", passId: run.passId });
      const held = heldBy(server(), "commits", account);
      const keys = held.filter((one) => chosen === undefined || one.startsWith(`${chosen}/`)).toSorted();
      expect(await keysOf(db, sourceId)).toEqual(keys);
      expect(run.added + last.added).toBe(keys.length);
      expect(server().counters.report().mostReads).toBe(1);
    },
  );
});

describe("a share taken away in the middle of a run", () => {
  it("stops it at that page: what was read stays, nothing more is stored, and nothing more is sent", async () => {
    server().set({ pageLimit: 4, delayMs: 10 });
    const { credentialId } = await aSource("commits", omarWrite);
    const friend = await somebody(db);
    const shared = { kind: "credential", id: credentialId } as const;
    await grantOn(db, owner, shared, { userId: friend.userId }, "collaborator");
    const { sourceId } = await aReadingSource(db, friend, { name: "Theirs" });
    const input = { endpointId: sourceId, version: 1, name: "Theirs", description: "", credentialId };
    await editEndpoint(db, friend, input);
    const { counters } = server();
    counters.clear();
    const { runId } = await requestRun(db, friend, sourceId, "new");
    const ended = untilEnded(anEngine(db), runId);
    while (counters.report().calls < 12) await sleep(2);
    await processes[1]
      .update(credentialGrants)
      .set({ endedAt: new Date() })
      .where(eq(credentialGrants.credentialId, credentialId));
    const stored = await db.$count(records, eq(records.endpointId, sourceId));
    const { calls } = counters.report();
    const run = await ended;
    expect(run).toMatchObject({ state: "failed", reason: "credential-lost" });
    const kept = await keysOf(db, sourceId);
    expect(kept).toHaveLength(run.added);
    // Pages that were being stored at that moment, one of each lane.
    expect(kept.length - stored).toBeLessThanOrEqual(2 * 4);
    expect(counters.report().calls - calls).toBeLessThanOrEqual(4);
    const held = heldBy(server(), "commits", omar.name);
    expect(held).toEqual(expect.arrayContaining(kept));
    expect(kept.length).toBeLessThan(held.length);
  });
});
