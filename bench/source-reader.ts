import { eq, inArray } from "drizzle-orm";
import { records, runs, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findJobActor } from "@/lib/auth/job-actor";
import { asBackground } from "@/lib/db/driver";
import { openDatabase } from "@/lib/db/open";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { requestRun } from "@/lib/runs/mutations";
import { doRunsUntil } from "@/lib/runs/worker";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { aReadingSource } from "@/lib/testing/runs";
import { dueRequests, runWorks } from "@/lib/worker/works";
import { memoryOf } from "./memory-of";
import { serveParent } from "./source-process";

/** Runs of the engine, from the request to the end. */
export type EngineResult = {
  readonly records: number;
  readonly seconds: number;
  /** Of this process; an embedded database's is in it. */
  readonly cpuSeconds: number;
  /** Resident memory at its highest, above that at the start. */
  readonly growthBytes: number;
};

const sampleMs = 20;
let opened: Promise<{ db: Db; owner: Actor }> | undefined;
let sources = 0;

function portal() {
  opened ??= openDatabase(env()).then(async (db) => ({ db, owner: await ownerOfCredentials(db) }));
  return opened;
}

async function requestRuns(db: Db, owner: Actor, baseUrls: readonly string[]): Promise<string[]> {
  const runIds: string[] = [];
  for (const baseUrl of baseUrls) {
    sources += 1;
    const apiKey = Secret.of("NzA1MDU2NDc2NTkwOt3gJ9Yhq4Bq");
    const signIn = { scheme: "bearer", apiKey, expectedAccount: null } as const;
    const { sourceId } = await aReadingSource(db, owner, {
      name: `Commits ${process.pid}-${sources}`,
      credential: { baseUrl: baseUrlAt(baseUrl), signIn },
      settings: { stream: "commits", parameters: { branch: "default" } },
    });
    runIds.push((await requestRun(db, owner, sourceId, "new")).runId);
  }
  return runIds;
}

/** Reads from these base URLs as the worker of a portal does. */
async function read(baseUrls: readonly string[]): Promise<EngineResult> {
  const { db, owner } = await portal();
  const cpu = process.cpuUsage();
  const before = memoryOf(process.pid).rssBytes;
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, memoryOf(process.pid).rssBytes);
  }, sampleMs);
  const runIds = await requestRuns(db, owner, baseUrls);
  const from = performance.now();
  const { stop } = work(db);
  // The bench's own looks are no pages, which a run would give way to.
  const received = await asBackground(db, () => untilEnded(db, runIds));
  const seconds = (performance.now() - from) / 1000;
  clearInterval(sampling);
  await stop();
  const { user, system } = process.cpuUsage(cpu);
  return { records: received, seconds, cpuSeconds: (user + system) / 1e6, growthBytes: most - before };
}

function work(db: Db): { stop: () => Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;
  const working = asBackground(db, () => doRunsUntil(db, { works: runWorks, requests: dueRequests, signal }));
  return {
    stop: async () => {
      ending.abort();
      await working;
    },
  };
}

/** Waits for the runs; returns how many records they received, which must all be stored. */
async function untilEnded(db: Db, runIds: readonly string[]): Promise<number> {
  for (;;) {
    const rows = await db.select().from(runs).where(inArray(runs.id, runIds));
    const failed = rows.find((run) => run.endedAt && run.state !== "succeeded");
    if (failed) throw new Error(`a run ended ${failed.state}: ${failed.reason}`);
    if (rows.every((run) => run.endedAt)) {
      for (const run of rows) {
        const stored = await db.$count(records, eq(records.endpointId, run.endpointId));
        if (stored !== run.received) throw new Error(`of ${run.received} records ${stored} are stored`);
      }
      return rows.reduce((sum, run) => sum + run.received, 0);
    }
    await new Promise((resolve) => setTimeout(resolve, sampleMs));
  }
}

/** For a portal that is stopped: sources of a user whose runs begin when it starts. */
async function queueRuns({ email, baseUrls }: { email: string; baseUrls: string[] }): Promise<void> {
  const { db } = await portal();
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  const owner = user ? await findJobActor(db, user.id) : null;
  if (!owner) throw new Error(`no user has the address ${email}`);
  await requestRuns(db, owner, baseUrls);
}

let working: { stop: () => Promise<void> } | undefined;

serveParent({
  read,
  queueRuns,
  open: async () => {
    await portal();
  },
  /** For several workers on one database: works until it is told to stop. */
  startWork: async () => {
    working = work((await portal()).db);
  },
  stopWork: async () => working?.stop(),
  /** Requests runs that whoever works does. */
  request: async (baseUrls: readonly string[]) => {
    const { db, owner } = await portal();
    return requestRuns(db, owner, baseUrls);
  },
  untilEnded: async (runIds: readonly string[]) => untilEnded((await portal()).db, runIds),
});
