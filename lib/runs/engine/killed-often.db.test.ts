import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { runs, serverSlots } from "@/drizzle/schema";
import { sandboxAccounts, sandboxKeys } from "@/e2e/sandbox/accounts";
import { heldBy } from "@/e2e/sandbox/holdings";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Db } from "@/lib/db/types";
import { requestRun } from "@/lib/runs/mutations";
import { slotLeaseMs, takeServerSlot } from "@/lib/server-shares/slots";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { cloneTestDatabase } from "@/lib/testing/database-kinds";
import { type KeptDatabase, openKept } from "@/lib/testing/kept-database";
import { aSandboxSource, settingsFor, signInWith } from "@/lib/testing/read-twice";
import { keysOf, rowOf } from "@/lib/testing/runs";
import { claimRun } from "./claim";
import { usualTiming } from "./timing";

const kills = 20;
/** Of a child's run and slots: the next child starts meanwhile. */
const leaseMs = 3_000;

let folder: string;
let sandbox: Sandbox;
let database: KeptDatabase;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), "latchkey-kills-"));
  const template = inject("template");
  database =
    template.kind === "server"
      ? { kind: "server", url: await cloneTestDatabase(template.url) }
      : { kind: "embedded", folder: join(folder, "database") };
  if (template.kind === "embedded" && database.kind === "embedded") {
    await openKept({ ...database, from: template.file }).then(({ close }) => close());
  }
});
const children = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function using<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = await openKept(database);
  return work(db).finally(close);
}

/** A process that has loaded everything and opens the database when it is told to. */
async function aWorker(runId: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("../../testing/source-worker.ts", import.meta.url));
  const child = fork(script, {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      DATABASE_URL: database.kind === "server" ? database.url : "",
      DATA_DIR: database.kind === "server" ? "" : database.folder,
      RUN_ID: runId,
      LEASE_MS: String(leaseMs),
    },
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  const died = once(child, "exit").then(() => {
    throw new Error("a worker ended before it was ready");
  });
  await Promise.race([once(child, "message"), died]);
  // Later, whoever ends it awaits that.
  died.catch(() => undefined);
  return child;
}

/** A source of some four hundred pages that each take a while. */
async function aLongRun(): Promise<{ sourceId: string; runId: string }> {
  const instance = sandbox.instance("/");
  for (const one of instance.world.repositories) {
    if (!one.empty)
      instance.change("addCommits", { repository: `${one.project.key}/${one.slug}`, count: 160 });
  }
  sandbox.set("/", { pageLimit: 4, delayMs: 25 });
  return using(async (db) => {
    const owner = await ownerOfCredentials(db);
    const signIn = signInWith(sandboxKeys.janeWrite);
    const { sourceId } = await aSandboxSource(db, owner, sandbox, {
      signIn,
      settings: settingsFor("commits"),
    });
    return { sourceId, runId: (await requestRun(db, owner, sourceId, "new")).runId };
  });
}

it(`a run whose process is killed by SIGKILL at ${kills} random moments ends complete: nothing is missing, nothing twice, no page read more than twice`, async () => {
  const { sourceId, runId } = await aLongRun();
  const { counters } = sandbox.instance("/");
  counters.clear();
  let coming = aWorker(runId);
  for (let kill = 1; kill <= kills; kill += 1) {
    const child = await coming;
    coming = aWorker(runId);
    // More calls than can be under way at once, so that no page is hit by two kills.
    const until = counters.report().calls + 16 + Math.floor(Math.random() * 8);
    child.send("go");
    while (counters.report().calls < until && child.exitCode === null) await sleep(2);
    await sleep(Math.random() * 50);
    const exit = once(child, "exit");
    expect(child.exitCode, `the run was to go on for ${kills} kills`).toBeNull();
    child.kill("SIGKILL");
    expect(await exit).toEqual([null, "SIGKILL"]);
  }
  const last = await coming;
  last.send("go");
  expect(await once(last, "exit")).toEqual([0, null]);

  const { run, keys } = await using(async (db) => ({
    run: await rowOf(db, runId),
    keys: await keysOf(db, sourceId),
  }));
  const held = heldBy(sandbox.instance("/"), "commits", sandboxAccounts.jane.name);
  expect(keys).toEqual(held.toSorted());
  const all = { received: held.length, added: held.length, changed: 0, unchanged: 0, deleted: 0 };
  expect(run).toMatchObject({ state: "succeeded", ...all });
  expect(run.fence).toBeGreaterThan(kills);
  const { mostReads, maxSimultaneous, calls } = counters.report();
  expect(mostReads).toBe(2);
  expect(maxSimultaneous).toBeLessThanOrEqual(2);
  // For each kill, each of two connections has at most three pages under way: stored, received and requested.
  const pages = counters.report().pages.reduce((sum, { starts }) => sum + Object.keys(starts).length, 0);
  expect(calls - pages).toBeLessThanOrEqual(6 * kills);
}, 300_000);

it("a killed process's run and slots are another's within a minute: half a minute's leases and a look each second", async () => {
  const db = await ownDatabase();
  const owner = await ownerOfCredentials(db);
  const signIn = signInWith(sandboxKeys.janeRead);
  const { sourceId } = await aSandboxSource(db, owner, sandbox, { signIn, settings: settingsFor("tags") });
  const { runId } = await requestRun(db, owner, sourceId, "new");
  expect((await claimRun(db, "killed", usualTiming))?.id).toBe(runId);
  const server = "https://bitbucket.example.com";
  for (const _ of [1, 2]) expect(await takeServerSlot(db, server, "run")).not.toBeNull();
  expect(await claimRun(db, "next", usualTiming)).toBeNull();
  expect(await takeServerSlot(db, server, "run")).toBeNull();
  expect(Math.max(usualTiming.leaseMs, slotLeaseMs) + usualTiming.pollMs).toBeLessThan(60_000);
  // As much later.
  const later = (ms: number) => sql`- ${ms} * interval '1 millisecond'`;
  await db
    .update(runs)
    .set({ leaseUntil: sql`${runs.leaseUntil} ${later(usualTiming.leaseMs)}` })
    .where(eq(runs.id, runId));
  await db.update(serverSlots).set({ until: sql`${serverSlots.until} ${later(slotLeaseMs)}` });
  expect(await claimRun(db, "next", usualTiming)).toMatchObject({ id: runId, holder: "next", fence: 2 });
  expect(await takeServerSlot(db, server, "run")).not.toBeNull();
});
