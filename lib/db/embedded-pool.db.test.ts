import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedPool, embeddedPool } from "./embedded-pool";
import { DiskFullError, databaseFaultOf } from "./fault";

const folder = mkdtempSync(join(tmpdir(), "latchkey-embedded-"));
const path = join(folder, "database");
let isFull = false;
let requested = 0;
let pool: EmbeddedPool;

beforeAll(async () => {
  pool = embeddedPool({ path }, () => {
    requested += 1;
    if (isFull) throw new DiskFullError("full");
  });
  await pool.query("create table kept (id int primary key, text text)");
});
afterAll(async () => {
  await pool.end();
  rmSync(folder, { recursive: true, force: true });
});

async function ids(): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>("select id from kept order by id");
  return rows.map(({ id }) => id);
}

describe("the embedded database on a disk that fills up", () => {
  it("is read, refuses every write before it is begun, and writes again once there is room", async () => {
    await pool.query("insert into kept values (1)");
    isFull = true;
    await expect(pool.query("insert into kept values ($1)", [2])).rejects.toThrow(DiskFullError);
    await expect(pool.query({ text: "delete from kept" })).rejects.toThrow(DiskFullError);
    expect(await ids()).toEqual([1]);
    isFull = false;
    await pool.query("insert into kept values ($1)", [2]);
    expect(await ids()).toEqual([1, 2]);
  });

  it("keeps nothing of a transaction whose later writes it refuses, and says which fault it was", async () => {
    const change = drizzle(pool).transaction(async (tx) => {
      await tx.execute(sql`insert into kept values (3)`);
      isFull = true;
      await tx.execute(sql`insert into kept values (4)`);
    });
    const failure = await change.catch((error: unknown) => error);
    isFull = false;
    expect(databaseFaultOf(failure)).toBe("full");
    expect(await ids()).toEqual([1, 2]);
  });

  it("is opened anew, with all that was saved, after PostgreSQL itself met the end of the disk", async () => {
    const before = requested;
    const failing = "do $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$";
    await expect(pool.query(failing)).rejects.toMatchObject({ code: "53100" });
    expect(await ids()).toEqual([1, 2]);
    await pool.query("insert into kept values (5)");
    expect(await ids()).toEqual([1, 2, 5]);
    // Once to open it again, once for the insert.
    expect(requested - before).toBe(2);
  });

  it("is not opened without room, says so, and opens once there is some", async () => {
    const other = embeddedPool({ path: join(folder, "other") }, () => {
      if (isFull) throw new DiskFullError("full");
    });
    isFull = true;
    await expect(other.query("select 1")).rejects.toThrow(DiskFullError);
    isFull = false;
    expect((await other.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await other.end();
  });

  it("stays open after any other refusal", async () => {
    const before = requested;
    await expect(pool.query("insert into kept values (5)")).rejects.toMatchObject({ code: "23505" });
    expect(await ids()).toEqual([1, 2, 5]);
    expect(requested - before).toBe(1);
  });
});

describe("the embedded database in its thread", () => {
  it("does not hold up the thread that asks", async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await pool.query("select count(*) from generate_series(1, 3000000)");
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });

  it("answers after each kind of error: in the text, in a value, in a transaction", async () => {
    await expect(pool.query("select from from $1", [1])).rejects.toMatchObject({ code: "42601" });
    await expect(pool.query("select $1::int", ["x"])).rejects.toMatchObject({ code: "22P02" });
    const db = drizzle(pool);
    const failing = db.transaction(async (tx) => {
      await tx.execute(sql`insert into kept values (6)`);
      await tx.execute(sql`select 1 / 0`);
    });
    await expect(failing).rejects.toMatchObject({ cause: { code: "22012" } });
    expect(await ids()).toEqual([1, 2, 5]);
  });

  it("takes and gives long values, many statements at once, and several in one text", async () => {
    const text = "ä".repeat(3_000_000);
    const { rows } = await pool.query<{ text: string }>("select $1::text as text", [text]);
    expect(rows[0]?.text === text).toBe(true);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => pool.query("select $1::int as n", [n])),
    );
    expect(answers.map(({ rows: [row] }) => row.n)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    await pool.query("create table a (id int); create table b (id int); drop table a, b");
  });

  it.each([
    ["select 1"],
    // Longer than a page pauses between its queries.
    ["select pg_sleep(0.008)"],
  ])("answers all queries of a page before the next piece of background work: %s", async (asked) => {
    const order: string[] = [];
    const work = async () => {
      order.push("work");
      await pool.query("select pg_sleep(0.02)");
    };
    const working = Promise.all(Array.from({ length: 20 }, () => pool.inBackground(work)));
    for (let query = 0; query < 6; query += 1) {
      await pool.query(asked);
      order.push("query");
    }
    await working;
    const first = order.indexOf("query");
    expect(order.slice(first, first + 6)).toEqual(Array.from({ length: 6 }, () => "query"));
    expect(order.slice(0, first).length).toBeLessThanOrEqual(2);
  });

  it("knows a page's statements from those of background jobs, and of what they start", async () => {
    const own = embeddedPool({});
    await own.asBackground(async () => {
      await own.query("select 1");
      await Promise.all([own.query("select 2"), own.inBackground(() => own.query("select 3"))]);
    });
    expect(own.isInUse()).toBe(false);
    await own.query("select 4");
    expect(own.isInUse()).toBe(true);
    await own.end();
  });

  it("does background work in the end, however many pages are made", async () => {
    let isDone = false;
    const working = pool.inBackground(async () => {
      await pool.query("select 1");
      isDone = true;
    });
    while (!isDone) await pool.query("select 1");
    await working;
  });

  it("keeps what was saved over being closed and opened", async () => {
    await pool.end();
    // Nothing writes to the folder any more: whoever copies it finds it whole.
    expect(existsSync(join(path, "postmaster.pid"))).toBe(false);
    pool = embeddedPool({ path });
    expect(await ids()).toEqual([1, 2, 5]);
  });

  it("says why a folder cannot be opened", async () => {
    const broken = embeddedPool({ path: join("/dev/null", "database") });
    await expect(broken.query("select 1")).rejects.toThrow(/ENOTDIR|not a directory|exist/i);
    await broken.end();
  });
});
