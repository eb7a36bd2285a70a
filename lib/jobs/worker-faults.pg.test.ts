import { drizzle } from "drizzle-orm/node-postgres";
import PgBoss from "pg-boss";
import { describe, expect, it, onTestFinished } from "vitest";
import * as schema from "@/drizzle/schema";
import { limitedPool } from "@/lib/db/postgres";
import { endConnections, ownServerDatabase } from "@/lib/testing/server-database";
import { executeSqlOn } from "./execute-sql";
import type { RecurringWork } from "./recurring-work";
import { startWorker } from "./worker";

describe("background work", () => {
  it("50 background work goes on after every connection to the database was killed, again and again", async () => {
    const url = await ownServerDatabase();
    const db = drizzle(limitedPool(url), { schema, casing: "snake_case" });
    const done: string[] = [];
    let wanted = "nothing yet";
    const work: RecurringWork = {
      name: "through-faults",
      cron: "0 0 1 1 *",
      findDue: async () => [wanted],
      doOne: async (_db, key) => {
        done.push(key);
      },
    };
    const worker = await startWorker(db, [work], { pollSeconds: 0.5, expireSeconds: 2, maintainSeconds: 1 });
    onTestFinished(() => worker.stop());
    const askForRound = async () => {
      const boss = new PgBoss({ db: { executeSql: executeSqlOn(db) }, schema: "jobs" });
      await boss.send(`${work.name}.find`, {});
      return done;
    };
    for (wanted of ["first", "second", "third"]) {
      await endConnections(url);
      await expect.poll(askForRound, { timeout: 30_000, interval: 500 }).toContain(wanted);
    }
  });
});
