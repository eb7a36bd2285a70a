import "server-only";
import { setTimeout } from "node:timers/promises";
import { poolOf } from "@/lib/db/driver";
import { databaseFaultOf } from "@/lib/db/fault";
import type { Db } from "@/lib/db/types";

type Rows = { rows: unknown[]; rowCount: number };

/** How often a statement is tried in all, and the pause between attempts. */
const attempts = 3;
const waitMs = 250;

/**
 * The database as pg-boss expects it: one SQL text, with values, or perhaps several statements without; resolves to
 * rows. A statement whose connection is lost runs again: pg-boss marks a job as done without awaiting it, so no code
 * would catch the failure. Its statements may be repeated: a job that was taken twice expires and is handed out
 * again.
 */
export function executeSqlOn(db: Db): (text: string, values?: unknown[]) => Promise<Rows> {
  const pool = poolOf(db);
  return async (text, values) => {
    const { rows, rowCount } = await again(() => pool.query(text, values));
    return { rows, rowCount: rowCount ?? 0 };
  };
}

async function again<T>(run: () => Promise<T>, left = attempts - 1): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (left === 0 || databaseFaultOf(error) !== "unavailable") throw error;
    await setTimeout(waitMs);
    return again(run, left - 1);
  }
}
