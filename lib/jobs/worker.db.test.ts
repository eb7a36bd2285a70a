import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import PgBoss from "pg-boss";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/lib/db/types";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { executeSqlOn } from "./execute-sql";
import type { RecurringWork } from "./recurring-work";
import { forgetting } from "./retention";
import { startWorker, type Worker } from "./worker";

let processes: [Db, Db];
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
});

const running: Worker[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});

// Rounds are asked for by the tests.
const cron = "0 0 1 1 *";
const quick = { pollSeconds: 0.5, expireSeconds: 120, maintainSeconds: 1 };

async function start(db: Db, work: RecurringWork, timing = quick): Promise<void> {
  running.push(await startWorker(db, [work], timing));
}

/** Asks for one round now instead of at the next full minute. */
async function askForRound(db: Db, name: string): Promise<void> {
  await new PgBoss({ db: { executeSql: executeSqlOn(db) }, schema: "jobs" }).send(`${name}.find`, {});
}

describe("background work", () => {
  it("54 background work is done once per key, though two workers and several rounds find the same keys", async () => {
    const [one, two] = processes;
    const done: string[] = [];
    const underWay = new Set<string>();
    const gate = new EventEmitter();
    const opened = once(gate, "open");
    let rounds = 0;
    const work: RecurringWork = {
      name: "once",
      cron,
      findDue: async () => {
        rounds += 1;
        return ["a", "b", "c", "d", "e"].filter((key) => !done.includes(key));
      },
      doOne: async (_db, key) => {
        expect(underWay).not.toContain(key);
        underWay.add(key);
        await opened;
        underWay.delete(key);
        done.push(key);
      },
    };
    await start(one, work);
    await start(two, work);
    for (let round = 0; round < 3; round += 1) {
      await askForRound(round % 2 ? one : two, work.name);
      await expect.poll(() => rounds, { timeout: 10_000 }).toBe(round + 1);
    }
    // Two of each worker.
    await expect.poll(() => underWay.size, { timeout: 10_000 }).toBe(4);
    gate.emit("open");
    await expect.poll(() => done.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(5);
    expect(new Set(done).size).toBe(5);
    // A round that looked before a key was done may have asked for it once more, never at the same time.
    expect(done.length).toBeLessThanOrEqual(10);
  });

  it("54 a job that a killed worker had begun is given to another", async () => {
    const [one, two] = processes;
    const done: string[] = [];
    const work: RecurringWork = {
      name: "taken-over",
      cron,
      findDue: async () => [],
      doOne: async (_db, key) => void done.push(key),
    };
    const dead = { ...quick, expireSeconds: 1, maintainSeconds: 60 };
    const setUp = await startWorker(one, [work], dead);
    await setUp.stop();
    // A worker that takes a job and then disappears.
    const killed = new PgBoss({ db: { executeSql: executeSqlOn(one) }, schema: "jobs" });
    await killed.send(work.name, { key: "left behind" }, { singletonKey: "left behind" });
    expect(await killed.fetch(work.name)).toHaveLength(1);
    await start(two, work, { ...quick, expireSeconds: 1 });
    await expect.poll(() => done, { timeout: 15_000 }).toEqual(["left behind"]);
  });

  it("that fails is tried again, and does not stop the worker", async () => {
    const [one] = processes;
    const tried: string[] = [];
    const work: RecurringWork = {
      name: "tried-again",
      cron,
      findDue: async () => (tried.length === 0 ? ["bad", "good"] : []),
      doOne: async (_db, key) => {
        tried.push(key);
        if (key === "bad" && tried.filter((one) => one === "bad").length === 1) throw new Error("once");
      },
    };
    await start(one, work);
    await askForRound(one, work.name);
    await expect.poll(() => tried.toSorted(), { timeout: 15_000 }).toEqual(["bad", "bad", "good"]);
  });

  it("of several kinds is done by one worker, and jobs of unknown kinds are dropped", async () => {
    const [one] = processes;
    const done: string[] = [];
    const forgotten: number[] = [];
    const work: RecurringWork = {
      name: "one-kind",
      cron,
      findDue: async () => ["a"],
      doOne: async (_db, key) => void done.push(key),
    };
    const rest = [7, 7, 3];
    const forgets = forgetting({
      rows: async (_db, limit) => {
        const now = Math.min(limit, rest.shift() ?? 0);
        forgotten.push(now);
        return now;
      },
    });
    running.push(await startWorker(one, [work, forgets], quick));
    await askForRound(one, work.name);
    await askForRound(one, forgets.name);
    await expect.poll(() => [done, forgotten], { timeout: 10_000 }).toEqual([["a"], [7]]);
    await expect(forgets.doOne(one, "kind of a newer version")).resolves.toBeUndefined();
  });

  it("of an older version is not asked for any more", async () => {
    const [one] = processes;
    const idle = (name: string): RecurringWork => ({
      ...{ name, cron, findDue: async () => [], doOne: async () => undefined },
    });
    const scheduled = async () => {
      const boss = new PgBoss({ db: { executeSql: executeSqlOn(one) }, schema: "jobs" });
      return (await boss.getSchedules()).map(({ name }) => name);
    };
    await (await startWorker(one, [idle("older")], quick)).stop();
    expect(await scheduled()).toEqual(["older.find"]);
    await start(one, idle("newer"));
    expect(await scheduled()).toEqual(["newer.find"]);
  });

  it("under way is finished before the worker stops", async () => {
    const [one] = processes;
    const steps: string[] = [];
    const work: RecurringWork = {
      name: "finished",
      cron,
      findDue: async () => [],
      doOne: async () => {
        steps.push("begun");
        await sleep(800);
        steps.push("ended");
      },
    };
    const worker = await startWorker(one, [work], quick);
    const boss = new PgBoss({ db: { executeSql: executeSqlOn(one) }, schema: "jobs" });
    await boss.send(work.name, { key: "a" }, { singletonKey: "a" });
    await expect.poll(() => steps, { timeout: 10_000 }).toContain("begun");
    await worker.stop();
    expect(steps).toEqual(["begun", "ended"]);
  });
});
