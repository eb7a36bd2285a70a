import "server-only";
import { bookkeep } from "@/lib/audit/change";
import type { RecurringWork } from "@/lib/jobs/recurring-work";
import { endingsDue, tellEnding } from "./telling/endings";

/** The rest comes an hour later. */
const perRound = 1_000;

/** Tells of keys and certificates that end soon. Hourly, so that a message comes within the day that it names. */
export const tellEndings: RecurringWork = {
  name: "endings",
  cron: "7 * * * *",
  findDue: async (db) => (await endingsDue(db, perRound)).map(({ id }) => id),
  doOne: (db, id) =>
    bookkeep<void>(db, async (tx) => {
      await tellEnding(tx, id);
      return { result: undefined, told: [] };
    }),
};
