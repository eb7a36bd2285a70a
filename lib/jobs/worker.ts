import "server-only";
import PgBoss from "pg-boss";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import { executeSqlOn } from "./execute-sql";
import { oneAtATime } from "./one-at-a-time";
import type { RecurringWork } from "./recurring-work";

/** In seconds; tests use shorter times. */
export type WorkerTiming = {
  readonly pollSeconds: number;
  /** A job that takes longer belonged to a killed worker, and is handed to another. */
  readonly expireSeconds: number;
  /** How often to look for expired jobs. */
  readonly maintainSeconds: number;
};
const timing: WorkerTiming = { pollSeconds: 5, expireSeconds: 120, maintainSeconds: 30 };

/** Parallel jobs of one kind in one process. */
const atOnce = 2;

/** A running worker; `stop` lets running jobs end, ten seconds at most. */
export type Worker = { stop(): Promise<void> };

/**
 * Does all `works` in the background until stopped. The queue is in the database, so any number of processes share
 * it: only one of them works on a key at a time, and a killed one's jobs are handed to another.
 */
export async function startWorker(
  db: Db,
  works: readonly RecurringWork[],
  { pollSeconds, expireSeconds, maintainSeconds }: WorkerTiming = timing,
): Promise<Worker> {
  const boss = new PgBoss({
    db: { executeSql: executeSqlOn(db) },
    schema: "jobs",
    maintenanceIntervalSeconds: maintainSeconds,
  });
  boss.on("error", (error) => log().warn({ err: error }, "the job queue met a fault"));
  const queue = { expireInSeconds: expireSeconds, retryLimit: 2, retryDelay: 1 };
  await oneAtATime(db, async () => {
    await boss.start();
    for (const work of works) {
      // Per key, one job waits and one runs, however many processes request it.
      for (const name of [roundOf(work), work.name]) {
        await boss.createQueue(name, { name, policy: "stately", ...queue });
        await boss.updateQueue(name, { name, policy: "stately", ...queue });
      }
      await boss.schedule(roundOf(work), work.cron);
    }
    // Those of an older version, whose rounds nobody would do.
    const rounds = new Set(works.map(roundOf));
    for (const { name } of await boss.getSchedules()) if (!rounds.has(name)) await boss.unschedule(name);
  });
  for (const work of works) await startWorkers(db, boss, work, pollSeconds);
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000, close: false }) };
}

async function startWorkers(db: Db, boss: PgBoss, work: RecurringWork, pollSeconds: number): Promise<void> {
  const polling = { pollingIntervalSeconds: pollSeconds };
  await boss.work(roundOf(work), polling, async () => {
    for (const key of await work.findDue(db)) await boss.send(work.name, { key }, { singletonKey: key });
  });
  for (let worker = 0; worker < atOnce; worker += 1) {
    await boss.work<{ key: string }>(work.name, polling, async (jobs) => {
      for (const { data } of jobs) await work.doOne(db, data.key);
    });
  }
}

function roundOf({ name }: RecurringWork): string {
  return `${name}.find`;
}
