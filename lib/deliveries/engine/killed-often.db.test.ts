import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { deliveries } from "@/drizzle/schema";
import { sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Db } from "@/lib/db/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { cloneTestDatabase } from "@/lib/testing/database-kinds";
import { aFilledSource, aWritingDestination, sandboxRows, sandboxWriting } from "@/lib/testing/destinations";
import { type KeptDatabase, openKept } from "@/lib/testing/kept-database";
import { signInWith } from "@/lib/testing/read-twice";
import { rowOf } from "@/lib/testing/runs";
import { requestDelivery } from "../request";

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

const count = 560;

async function aLongRun(): Promise<string> {
  sandbox.set("/", { delayMs: 25 });
  return using(async (db) => {
    const owner = await ownerOfCredentials(db);
    const { sourceId } = await aFilledSource(db, owner, sandboxRows(count));
    const credential = { baseUrl: baseUrlAt(sandbox.url("/")), signIn: signInWith(sandboxKeys.janeWrite) };
    const made = await aWritingDestination(db, owner, { sourceId }, { credential, writing: sandboxWriting });
    return (await requestDelivery(db, owner, made.destinationId, { kind: "write", mode: "all" })).runId;
  });
}

it(`a run whose process is killed by SIGKILL at ${kills} random moments ends complete: every record stands once, and every result is true`, async () => {
  const runId = await aLongRun();
  const written = () => sandbox.writes({ instance: "/", done: true });
  let coming = aWorker(runId);
  for (let kill = 1; kill <= kills; kill += 1) {
    const child = await coming;
    coming = aWorker(runId);
    const until = written().length + 8 + Math.floor(Math.random() * 16);
    child.send("go");
    while (written().length < until && child.exitCode === null) await sleep(5);
    await sleep(Math.random() * 50);
    const exit = once(child, "exit");
    expect(child.exitCode, `the run was to go on for ${kills} kills`).toBeNull();
    child.kill("SIGKILL");
    expect(await exit).toEqual([null, "SIGKILL"]);
  }
  const last = await coming;
  last.send("go");
  expect(await once(last, "exit")).toEqual([0, null]);

  const { run, rows } = await using(async (db) => ({
    run: await rowOf(db, runId),
    rows: await db.select().from(deliveries).where(eq(deliveries.runId, runId)),
  }));
  expect(run).toMatchObject({ state: "succeeded", taken: count, unknown: 0, rejected: 0, held: 0 });
  expect(run.sent + run.alreadyThere).toBe(count);
  expect(run.fence).toBeGreaterThan(kills);
  const texts = written().map(({ body }) => /Finding \d{4}/.exec(body)?.[0] ?? body);
  expect(texts.toSorted()).toEqual(sandboxRows(count).map(({ data }) => String(data.message).slice(0, -1)));
  const results = rows.map(({ state, answer }) => `${state} ${typeof answer?.id}`);
  expect(new Set(results)).toEqual(new Set(["sent number", "already number"]));
}, 1_500_000);
