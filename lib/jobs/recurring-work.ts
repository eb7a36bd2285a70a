import type { Db } from "@/lib/db/types";

/** Recurring work: each round finds what is due, and each key becomes a job of its own. */
export type RecurringWork = {
  readonly name: string;
  /** When rounds run, in cron syntax and UTC; at most once a minute. */
  readonly cron: string;
  /** The keys that are due, claimed for this round. */
  readonly findDue: (db: Db) => Promise<string[]>;
  /** May run twice if a worker was killed, so it must be safe to repeat. */
  readonly doOne: (db: Db, key: string) => Promise<void>;
};
