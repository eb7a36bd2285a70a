import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { exportColumns } from "@/lib/audit/export";
import { withRollback } from "@/lib/db/testing";

it("the columns of an export are the names of a table's columns without quotes", () =>
  withRollback(async (db) => {
    const list = exportColumns.join(" text, ");
    await db.execute(sql.raw(`create temp table exported (${list} text)`));
    const rows = await db.select({ at: sql`occurred_at` }).from(sql`exported`);
    expect(rows).toEqual([]);
  }));
