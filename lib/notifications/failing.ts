import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

/** An address at which nothing has arrived for so long is stopped. */
const failingDays = 5;

/** When an address began to fail, after one more failure: a later one does not change it. */
export function failingFrom(failingSince: AnyPgColumn): SQL {
  return sql`coalesce(${failingSince}, clock_timestamp())`;
}

/** True of an address that has failed for so long, without a message that arrived, that it is to be stopped. */
export function hasFailedTooLong(failingSince: AnyPgColumn): SQL {
  return sql`${failingSince} <= clock_timestamp() - ${failingDays} * interval '1 day'`;
}
