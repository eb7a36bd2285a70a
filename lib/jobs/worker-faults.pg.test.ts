import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import PgBoss from "pg-boss";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import * as schema from "@/drizzle/schema";
import { limitedPool } from "@/lib/db/postgres";
import { cloneTestDatabase } from "@/lib/testing/database-kinds";
import { executeSqlOn } from "./execute-sql";
import type { RecurringWork } from "./recurring-work";
import { startWorker } from "./worker";

async function ownServerDatabase(): Promise<string> {
  const template = inject("template");
  if (template.kind !== "server") throw new Error("these tests need a server");
  return cloneTestDatabase(template.url);
}

async function endConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await client.end();
}

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
      // The first statement on a killed connection fails; the next one has a new connection.
      await boss.send(`${work.name}.find`, {}).catch(() => null);
      return done;
    };
    for (wanted of ["first", "second", "third"]) {
      await endConnections(url);
      await expect.poll(askForRound, { timeout: 30_000, interval: 500 }).toContain(wanted);
    }
  });
});
