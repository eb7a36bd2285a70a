import type { Db } from "@/lib/db/types";

/** Work that comes up again and again: what is due is looked for, and each piece becomes a job of its own. */
export type RecurringWork = {
  readonly name: string;
  /** When it is looked for, as cron says it, in UTC; at most once a minute. */
  readonly cron: string;
  /** The keys of what is due, claimed for this round. */
  readonly findDue: (db: Db) => Promise<string[]>;
  /** May run a second time when a worker was killed, so it must do no harm twice. */
  readonly doOne: (db: Db, key: string) => Promise<void>;
};
