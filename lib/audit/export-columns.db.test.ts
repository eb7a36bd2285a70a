import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { withRollback } from "@/lib/testing/database";
import { exportColumns } from "./export";

it("the columns of an export are the names of a table's columns without quotes", () =>
  withRollback(async (db) => {
    const list = exportColumns.join(" text, ");
    await db.execute(sql.raw(`create temp table exported (${list} text)`));
    const rows = await db.select({ at: sql`occurred_at` }).from(sql`exported`);
    expect(rows).toEqual([]);
  }));
