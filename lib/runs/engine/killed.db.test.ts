import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { records, runs, serverSlots } from "@/drizzle/schema";
import { sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Db } from "@/lib/db/types";
import { requestRun } from "@/lib/runs/mutations";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { cloneTestDatabase } from "@/lib/testing/database-kinds";
import { type KeptDatabase, openKept } from "@/lib/testing/kept-database";
import { anEngine, aReadingSource, keysOf, untilEnded } from "@/lib/testing/runs";

const template = inject("template");
let folder: string;
let sandbox: Sandbox;
let seeded: { database: KeptDatabase; sourceId: string; runId: string };

async function using<T>(
  database: KeptDatabase,
  work: (db: Db) => Promise<T>,
  onStatement?: () => void,
): Promise<T> {
  const { db, close } = await openKept(database, onStatement);
  return work(db).finally(close);
}

beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), "latchkey-runs-"));
  const database: KeptDatabase =
    template.kind === "server"
      ? { kind: "server", url: await cloneTestDatabase(template.url) }
      : { kind: "embedded", folder: join(folder, "seed"), from: template.file };
  seeded = await using(database, async (db) => {
    const owner = await ownerOfCredentials(db);
    const apiKey = Secret.of(sandboxKeys.janeWrite.value);
    const signIn = { scheme: "bearer", apiKey, expectedAccount: null } as const;
    const credential = { baseUrl: baseUrlAt(sandbox.url("/")), signIn, outcome: verified };
    const { sourceId } = await aReadingSource(db, owner, { credential });
    const { runId } = await requestRun(db, owner, sourceId, "new");
    return { database, sourceId, runId };
  });
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function copyOfSeeded(): Promise<KeptDatabase> {
  const { database } = seeded;
  if (database.kind === "server") return { kind: "server", url: await cloneTestDatabase(database.url) };
  const copy = await mkdtemp(join(folder, "copy-"));
  await cp(database.folder, copy, { recursive: true });
  return { kind: "embedded", folder: copy };
}

async function runKilled(database: KeptDatabase, killAt: number): Promise<void> {
  const script = fileURLToPath(new URL("../../testing/killed-source-run.ts", import.meta.url));
  const words = ["--conditions=react-server", "--import", "tsx", script, String(killAt)];
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: database.kind === "server" ? database.url : "",
      DATA_DIR: database.kind === "server" ? "" : database.folder,
      EGRESS_LOOPBACK: "on",
    },
  });
  const [, signal] = await once(child, "close");
  expect(signal, `killed at ${killAt}`).toBe("SIGKILL");
}

/** Goes on with the run to its end, as the next process does half a minute after a kill. */
async function runToEnd(database: KeptDatabase) {
  let statements = 0;
  const count = () => {
    statements += 1;
  };
  const { runId, sourceId } = seeded;
  const work = async (db: Db) => {
    await db.update(runs).set({ leaseUntil: sql`clock_timestamp()` }).where(eq(runs.id, runId));
    await db.update(serverSlots).set({ until: sql`clock_timestamp()` });
    const run = await untilEnded(anEngine(db), runId);
    const sent = statements;
    expect(await db.$count(records, eq(records.endpointId, sourceId))).toBe(run.added);
    return { run, sent, keys: await keysOf(db, sourceId) };
  };
  return using(database, work, count);
}

it("a process killed by SIGKILL at any point of a run loses nothing: the next one goes on, nothing is missing or twice, no page is read more than twice", async () => {
  const { counters } = sandbox.instance("/");
  const whole = await runToEnd(await copyOfSeeded());
  expect(whole.run).toMatchObject({ state: "succeeded", fence: 1 });
  expect(whole.keys.length).toBeGreaterThan(50);
  for (const part of [0.2, 0.4, 0.6, 0.8, 0.97]) {
    const database = await copyOfSeeded();
    counters.clear();
    await runKilled(database, Math.ceil(whole.sent * part));
    const { run, keys } = await runToEnd(database);
    expect(run, `killed at ${part}`).toMatchObject({
      state: "succeeded",
      added: whole.run.added,
      deleted: 0,
      partitionsDone: whole.run.partitionsDone,
    });
    expect(keys).toEqual(whole.keys);
    expect(counters.report().mostReads).toBeLessThanOrEqual(2);
  }
}, 600_000);
