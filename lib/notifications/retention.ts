import "server-only";
import { inArray, type SQL, sql } from "drizzle-orm";
import { messageSends, messages, serverOutages } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** As long as notices are kept. */
const keptDays = 365;
/** How long the delivery log goes back. */
const logKeptDays = 30;

/** Deletes at most `limit` messages that are older than a year, read or not, and returns how many. */
export async function forgetOldMessages(db: Db, limit: number): Promise<number> {
  const old = db
    .select({ id: messages.id })
    .from(messages)
    .where(isOld(sql`${messages.createdAt}`))
    .orderBy(messages.createdAt)
    .limit(limit);
  const gone = await db.delete(messages).where(inArray(messages.id, old)).returning({ id: messages.id });
  return gone.length;
}

/** Deletes at most `limit` outages that ended more than a year ago, and returns how many. */
export async function forgetOldOutages(db: Db, limit: number): Promise<number> {
  const old = db
    .select({ id: serverOutages.id })
    .from(serverOutages)
    .where(isOld(sql`${serverOutages.closedAt}`))
    .orderBy(serverOutages.closedAt)
    .limit(limit);
  const gone = await db
    .delete(serverOutages)
    .where(inArray(serverOutages.id, old))
    .returning({ id: serverOutages.id });
  return gone.length;
}

/** Deletes at most `limit` sends that are older than 30 days, with their attempts, and returns how many. */
export async function forgetOldSends(db: Db, limit: number): Promise<number> {
  const old = db
    .select({ id: messageSends.id })
    .from(messageSends)
    .where(sql`${messageSends.createdAt} < now() - ${logKeptDays} * interval '1 day'`)
    .orderBy(messageSends.createdAt)
    .limit(limit);
  const gone = await db
    .delete(messageSends)
    .where(inArray(messageSends.id, old))
    .returning({ id: messageSends.id });
  return gone.length;
}

function isOld(at: SQL): SQL {
  // An index is not searched for what clock_timestamp() returns.
  return sql`${at} < now() - ${keptDays} * interval '1 day'`;
}
