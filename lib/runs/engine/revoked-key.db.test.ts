import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type ApiKey, sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { checkNow } from "@/lib/credentials/check-now";
import { findCredentialTile } from "@/lib/credentials/queries";
import { recheck } from "@/lib/credentials/recheck";
import type { Db } from "@/lib/db/types";
import { requestDelivery } from "@/lib/deliveries/request";
import { editEndpoint } from "@/lib/endpoints/mutations";
import { requestRun } from "@/lib/runs/mutations";
import { doRunsUntil } from "@/lib/runs/worker";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { aFilledSource, aWritingDestination, sandboxRows, sandboxWriting } from "@/lib/testing/destinations";
import { aSandboxSource, settingsFor, signInWith } from "@/lib/testing/read-twice";
import { rowOf } from "@/lib/testing/runs";
import { dueRequests, runWorks } from "@/lib/worker/works";

let processes: [Db, Db];
let db: Db;
let owner: Actor;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});
// A server of its own for each test: at one that has refused a key, the key is not sent again.
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

/** What a check asks last, of a key that it has verified: servers refuse that to good keys, in any words. */
const isDetail = (path: string) => /rate-limit|access-tokens/.test(path);

/** Requests with the key that this process wrote to a connection after a refusal of it had arrived whole. */
function watchTheWire(key: ApiKey) {
  const late: string[] = [];
  let isRefused = false;
  const carriesKey = (request: ClientRequest) =>
    String(request.getHeader("authorization")).includes(key.value);
  // Node.js publishes these objects.
  const onSent = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (isRefused && carriesKey(request)) late.push(`${request.method} ${request.path}`);
  };
  const onAnswered = (message: unknown) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    // A 401 that names the account says that it lacks a right.
    if (response.statusCode !== 401 || response.headers["x-ausername"] || !carriesKey(request)) return;
    if (isDetail(request.path)) return;
    // A request of the same turn of the event loop is on its way already.
    response.once("close", () => setImmediate(() => (isRefused = true)));
  };
  subscribe("http.client.request.start", onSent);
  subscribe("http.client.response.finish", onAnswered);
  const stop = () => {
    unsubscribe("http.client.request.start", onSent);
    unsubscribe("http.client.response.finish", onAnswered);
  };
  return { late, stop };
}

let scenes = 0;
/** A source, and a destination that writes comments, with one credential. */
async function aSourceAndADestination(key: ApiKey) {
  scenes += 1;
  const signIn = signInWith(key);
  const { sourceId, credentialId } = await aSandboxSource(db, owner, sandbox, {
    signIn,
    settings: settingsFor("commits"),
  });
  const filled = await aFilledSource(db, owner, sandboxRows(60), `Scene ${scenes}`);
  const { destinationId } = await aWritingDestination(
    db,
    owner,
    { sourceId: filled.sourceId },
    {
      name: `Scene ${scenes}`,
      credential: { baseUrl: baseUrlAt(sandbox.url("/")), signIn },
      writing: sandboxWriting,
    },
  );
  const shared = {
    endpointId: destinationId,
    version: 1,
    name: `Scene ${scenes}`,
    description: "",
    credentialId,
  };
  await editEndpoint(db, owner, shared);
  return { sourceId, credentialId, destinationId };
}

const dueCheck = (credentialId: string): Promise<unknown> => recheck(db, credentialId);
const checkOfUser = (credentialId: string): Promise<unknown> => checkNow(db, owner, { credentialId });

describe("a key that is revoked while a source, a destination and a check use it, with two workers", () => {
  it.each([
    ["early, with a due check,", sandboxKeys.janeWrite, 10, dueCheck, 2],
    ["late, with a due check,", sandboxKeys.zoeAdmin, 45, dueCheck, 2],
    // Its slot may carry four questions side by side (decision 56).
    ["early, with a check that a user waits for,", sandboxKeys.omarWrite, 10, checkOfUser, 5],
  ])(
    "%s is refused at most once for each request under way; nothing is sent after a refusal, and all of them say so",
    async (_, key, afterCalls, check, most) => {
      sandbox.instance("/").set({ pageLimit: 4, delayMs: 5 });
      const { sourceId, credentialId, destinationId } = await aSourceAndADestination(key);
      const wire = watchTheWire(key);
      const since = sandbox.journal().at(-1)?.n ?? 0;
      sandbox.instance("/").disturbances.revokeKey(key.name, afterCalls);
      const { runId } = await requestRun(db, owner, sourceId, "new");
      const { runId: deliveryId } = await requestDelivery(db, owner, destinationId, {
        kind: "write",
        mode: "all",
      });
      const stop = new AbortController();
      const workers = processes.map((process) =>
        doRunsUntil(process, { works: runWorks, requests: dueRequests, signal: stop.signal, pollMs: 20 }),
      );
      const checking = check(credentialId);
      const ended = () => Promise.all([rowOf(db, runId), rowOf(db, deliveryId)]);
      await expect
        .poll(async () => (await ended()).every(({ endedAt }) => endedAt !== null), { timeout: 50_000 })
        .toBe(true);
      await checking;
      stop.abort();
      await Promise.all(workers);
      wire.stop();

      expect(wire.late).toEqual([]);
      const refused = sandbox
        .journal()
        .filter(
          ({ n, status, outcome, path }) =>
            n > since && status === 401 && outcome !== "accepted" && !isDetail(path),
        );
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThanOrEqual(most);
      const runs = await ended();
      expect(runs.map(({ state }) => state)).toEqual(["failed", "failed"]);
      // Held back, if another of the three was the one to be refused.
      for (const { reason } of runs) expect(reason).toMatch(/^credential-(refused|held-back)$/);
      expect(await findCredentialTile(db, owner, credentialId)).toMatchObject({ status: "rejected" });
      // Nothing is sent until somebody acts.
      const { calls } = sandbox.instance("/").counters.report();
      expect(await checkNow(db, owner, { credentialId })).toMatchObject({ ok: false });
      expect(sandbox.instance("/").counters.report().calls).toBe(calls);
    },
  );
});
