import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DiskFullError, databaseFaultOf } from "./fault";
import { ReopeningClient } from "./reopening-client";

const folder = mkdtempSync(join(tmpdir(), "latchkey-reopening-"));
let isFull = false;
let requested = 0;
let client: ReopeningClient;

beforeAll(async () => {
  client = await ReopeningClient.open(join(folder, "database"), () => {
    requested += 1;
    if (isFull) throw new DiskFullError("full");
  });
  await client.exec("create table kept (id int primary key)");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ids(): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>("select id from kept order by id");
  return rows.map(({ id }) => id);
}

describe("the embedded database on a disk that fills up", () => {
  it("is read, refuses every write before it is begun, and writes again once there is room", async () => {
    await client.query("insert into kept values (1)");
    isFull = true;
    await expect(client.query("insert into kept values (2)")).rejects.toThrow(DiskFullError);
    await expect(client.exec("delete from kept")).rejects.toThrow(DiskFullError);
    expect(await ids()).toEqual([1]);
    isFull = false;
    await client.query("insert into kept values (2)");
    expect(await ids()).toEqual([1, 2]);
  });

  it("keeps nothing of a transaction whose later writes it refuses, and says which fault it was", async () => {
    const db = drizzle(client as Partial<PGlite> as PGlite);
    const change = db.transaction(async (tx) => {
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
    await expect(client.exec(failing)).rejects.toMatchObject({ code: "53100" });
    expect(await ids()).toEqual([1, 2]);
    await client.query("insert into kept values (5)");
    expect(await ids()).toEqual([1, 2, 5]);
    // Once to open it again, once for the insert.
    expect(requested - before).toBe(2);
  });

  it("stays open after any other refusal", async () => {
    const before = requested;
    await expect(client.query("insert into kept values (5)")).rejects.toMatchObject({ code: "23505" });
    expect(await ids()).toEqual([1, 2, 5]);
    expect(requested - before).toBe(1);
  });
});
