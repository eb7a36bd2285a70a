import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from "vitest";
import { sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import { checkNow } from "@/lib/credentials/check-now";
import type { Db } from "@/lib/db/types";
import { requestRun } from "@/lib/runs/mutations";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { cloneTestDatabase } from "@/lib/testing/database-kinds";
import { openKept } from "@/lib/testing/kept-database";
import { aSandboxSource, settingsFor, signInWith } from "@/lib/testing/read-twice";
import { anEngine, rowOf, untilEnded } from "@/lib/testing/runs";

let sandbox: Sandbox;
let url: string;
let kept: Awaited<ReturnType<typeof openKept>>;
let db: Db;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  const template = inject("template");
  if (template.kind !== "server") throw new Error("this test needs a PostgreSQL server");
  url = await cloneTestDatabase(template.url);
  kept = await openKept({ kind: "server", url });
  db = kept.db;
});
// A server of its own for each try: at one that has refused a key, the key is not sent again.
beforeEach(async () => {
  sandbox = await startSandbox();
});
const children = new Set<ChildProcess>();
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await sandbox.close();
});
afterAll(() => kept.close());

/** Another process, which does runs until this one has ended. */
async function aWorker(runId: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("../../testing/source-worker.ts", import.meta.url));
  const child = fork(script, {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, DATABASE_URL: url, RUN_ID: runId, LEASE_MS: "30000" },
  });
  children.add(child);
  await once(child, "message");
  return child;
}

const isOfKey = ({ keyName }: { keyName: string | null }) => keyName === sandboxKeys.janeWrite.name;

it("a key that is revoked while two processes read with it, and one checks it, is refused at most once for each request under way", async () => {
  // So long that their run is still under way when ours has begun, on a busy machine too.
  sandbox.instance("/").set({ pageLimit: 1, delayMs: 60 });
  const owner = await ownerOfCredentials(db);
  const signIn = signInWith(sandboxKeys.janeWrite);
  const aSource = (stream: string) =>
    aSandboxSource(db, owner, sandbox, { signIn, settings: settingsFor(stream) });
  const [theirs, mine] = [await aSource("commits"), await aSource("pull-request-activities")];
  const their = await requestRun(db, owner, theirs.sourceId, "new");
  const child = await aWorker(their.runId);
  const exit = once(child, "exit");
  child.send("go");
  await expect
    .poll(async () => (await rowOf(db, their.runId)).received, { timeout: 50_000 })
    .toBeGreaterThan(0);
  const my = await requestRun(db, owner, mine.sourceId, "new");
  const reading = untilEnded(anEngine(db), my.runId);
  await expect.poll(async () => (await rowOf(db, my.runId)).calls, { timeout: 50_000 }).toBeGreaterThan(0);

  const since = sandbox.journal().at(-1)?.n ?? 0;
  sandbox.instance("/").disturbances.revokeKey(sandboxKeys.janeWrite.name, 6);
  await checkNow(db, owner, { credentialId: mine.credentialId });
  const run = await reading;
  expect(await exit).toEqual([0, null]);

  const refused = sandbox
    .journal()
    .filter((entry) => entry.n > since && isOfKey(entry) && entry.outcome !== "accepted");
  expect(refused.length).toBeGreaterThan(0);
  // One slot's reader, and the four questions that a check for a user may ask side by side (decision 56).
  expect(refused.length).toBeLessThanOrEqual(5);
  const runs = [run, await rowOf(db, their.runId)];
  expect(runs.map(({ state }) => state)).toEqual(["failed", "failed"]);
  for (const { reason } of runs) expect(reason).toMatch(/^credential-(refused|held-back)$/);
}, 120_000);
