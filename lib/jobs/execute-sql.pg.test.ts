import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import * as schema from "@/drizzle/schema";
import { limitedPool } from "@/lib/db/postgres";
import { endConnections, ownServerDatabase } from "@/lib/testing/server-database";
import { executeSqlOn } from "./execute-sql";

async function openOwnDatabase() {
  const url = await ownServerDatabase();
  const pool = limitedPool(url);
  onTestFinished(() => pool.end());
  return { url, pool, executeSql: executeSqlOn(drizzle(pool, { schema, casing: "snake_case" })) };
}

async function untilRunning(url: string, marker: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const running = async () => {
    const { rowCount } = await client.query(
      "select 1 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like $1",
      [`%${marker}%`],
    );
    return rowCount;
  };
  await expect.poll(running).toBe(1);
  await client.end();
}

describe("a statement of the job queue", () => {
  it("is run again when its connection was killed under it", async () => {
    const { url, executeSql } = await openOwnDatabase();
    const answer = executeSql("select 'killed under it' as answer, pg_sleep(1)");
    await untilRunning(url, "killed under it");
    await endConnections(url);
    await expect(answer).resolves.toMatchObject({ rows: [{ answer: "killed under it" }], rowCount: 1 });
  });

  it("is run again when every idle connection was killed before it", async () => {
    const { url, pool, executeSql } = await openOwnDatabase();
    await Promise.all(Array.from({ length: 10 }, () => pool.query("select pg_sleep(0.1)")));
    await endConnections(url);
    await expect(executeSql("select 1 as answer")).resolves.toMatchObject({ rows: [{ answer: 1 }] });
  });

  it("is not run again when the statement itself is wrong", async () => {
    const { pool, executeSql } = await openOwnDatabase();
    await pool.query("create sequence tries");
    await expect(executeSql("select 1 / (nextval('tries') * 0)")).rejects.toMatchObject({ code: "22012" });
    const { rows } = await pool.query("select last_value::int as tries from tries");
    expect(rows).toEqual([{ tries: 1 }]);
  });
});
