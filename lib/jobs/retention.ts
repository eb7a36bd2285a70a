import "server-only";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import type { RecurringWork } from "./recurring-work";

/** Deletes at most `limit` rows of one kind in one statement, and returns how many. Safe to repeat, and to run twice at once. */
export type Forget = (db: Db, limit: number) => Promise<number>;

/** Few enough for a fast statement; with as many statements, more than an hour brings. */
const perStatement = 500;
const statementsPerRound = 20;

/** Deletes old rows once an hour: each kind is a job of its own, so only one process at a time does it. */
export function forgetting(kinds: Readonly<Record<string, Forget>>): RecurringWork {
  return {
    name: "forget",
    cron: "17 * * * *",
    findDue: async () => Object.keys(kinds),
    doOne: async (db, kind) => {
      const forget = kinds[kind];
      // Absent if a newer version that runs beside this one requested the kind.
      const rows = forget ? await forgetInSteps(db, forget) : 0;
      if (rows > 0) log().info({ kind, rows }, "old rows were forgotten");
    },
  };
}

/** Deletes old rows, as far as one round goes; the rest is for the next one. Returns how many rows. */
export async function forgetInSteps(
  db: Db,
  forget: Forget,
  { limit = perStatement, statements = statementsPerRound } = {},
): Promise<number> {
  let rows = 0;
  for (let done = 0; done < statements; done += 1) {
    const now = await forget(db, limit);
    rows += now;
    if (now < limit) break;
  }
  return rows;
}
