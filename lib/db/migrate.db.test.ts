import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { describe, expect, it } from "vitest";
import * as schema from "@/drizzle/schema";
import { migrateDatabase } from "./migrate";

async function emptyDatabase() {
  return drizzle(await PGlite.create(), { schema, casing: "snake_case" });
}

describe("migrating", () => {
  it("a second time changes nothing", async () => {
    const db = await emptyDatabase();
    await migrateDatabase(db);
    const before = await db.execute(sql`select count(*) from drizzle.__drizzle_migrations`);
    await migrateDatabase(db);
    expect((await db.execute(sql`select count(*) from drizzle.__drizzle_migrations`)).rows).toEqual(
      before.rows,
    );
  });

  it("51 a database that a newer Latchkey set up is refused, and nothing in it is touched", async () => {
    const db = await emptyDatabase();
    await migrateDatabase(db);
    const later = Date.now() + 1e11;
    await db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${later})`,
    );
    await expect(migrateDatabase(db)).rejects.toThrow("newer Latchkey");
  });
});
