import "server-only";
import { and, inArray, isNotNull, isNull, lt, notExists, or, sql } from "drizzle-orm";
import { endpoints, uploads } from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";

/** No upload takes longer: a request has half an hour to arrive. */
const receivedWithin = sql`clock_timestamp() - interval '1 hour'`;
const unusedFor = sql`clock_timestamp() - interval '1 day'`;

/** In larger steps than other kinds, because a file has up to a million rows. */
const rowsPerStatement = 20_000;

/**
 * Forgets files that no destination uses for a day, refusals of that age, and what a broken upload left. A file's rows
 * go before it does, a step at a time; returns `limit` while there may be more.
 */
export async function forgetUnusedUploads(db: Db, limit: number): Promise<number> {
  await giveUpUnused(db, limit);
  const ended = and(isNull(uploads.completedAt), lt(uploads.createdAt, receivedWithin));
  const leftovers = db
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(ended, isNull(uploads.refusal)));
  const [row] = await rowsOf(
    db,
    sql`with gone as (delete from upload_rows where ctid = any(array(
        select ctid from upload_rows where upload_id in ${leftovers} limit ${rowsPerStatement})) returning 1)
      select count(*)::int as gone from gone`,
  );
  if (Number(row?.gone) >= rowsPerStatement) return limit;
  const old = db
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(ended, or(isNull(uploads.refusal), lt(uploads.createdAt, unusedFor))))
    .limit(limit);
  return (await db.delete(uploads).where(inArray(uploads.id, old)).returning({ id: uploads.id })).length;
}

/** Takes the completion from unused files, so that nobody finds them while their rows go. */
async function giveUpUnused(db: Db, limit: number): Promise<void> {
  await db.transaction(async (tx) => {
    const isUsed = tx
      .select({ one: sql`1` })
      .from(endpoints)
      .where(sql`${endpoints.inputUploadId} = ${uploads.id}`);
    const unused = and(isNotNull(uploads.completedAt), lt(uploads.createdAt, unusedFor), notExists(isUsed));
    const found = await tx
      .select({ id: uploads.id })
      .from(uploads)
      .where(unused)
      .limit(limit)
      // One that an endpoint is about to use is locked by it.
      .for("update", { skipLocked: true });
    const ids = found.map(({ id }) => id);
    if (ids.length === 0) return;
    // Asked again after the lock, because an endpoint may have begun to use it just before.
    await tx
      .update(uploads)
      .set({ completedAt: null })
      .where(and(inArray(uploads.id, ids), unused));
  });
}
