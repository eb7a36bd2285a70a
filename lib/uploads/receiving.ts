import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { uploads } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import type { UploadFormat, UploadRefusal } from "./types";

/** A row of a file: its number from 1, and where it begins. */
export type UploadRow = { readonly number: number; readonly line: number; readonly data: JsonObject };

/** Begins to take a file. Until it is complete, nobody finds it. */
export async function beginUpload(
  db: Db,
  actor: Actor,
  { name, format }: { readonly name: string; readonly format: UploadFormat },
): Promise<string> {
  const id = crypto.randomUUID();
  await db.insert(uploads).values({ id, ownerId: actor.userId, name, format, bytes: 0 });
  return id;
}

/** Stores rows of a file that is being received; throws if it was forgotten meanwhile. */
export async function storeUploadRows(
  db: Db,
  actor: Actor,
  uploadId: string,
  rows: readonly UploadRow[],
): Promise<void> {
  const json = JSON.stringify(rows);
  const [counted] = await rowsOf(
    db,
    sql`with receiving as (
        select id from ${uploads} where id = ${uploadId} and owner_id = ${actor.userId}
          and completed_at is null and refusal is null
      ), stored as (
        insert into upload_rows (upload_id, number, line, data)
        select receiving.id, given.number, given.line, given.data
        from receiving, jsonb_to_recordset(${json}::jsonb) as given (number int, line int, data jsonb)
        returning 1
      ) select count(*)::int as stored from stored`,
  );
  if (Number(counted?.stored) !== rows.length) throw uploadGone();
}

/** Keeps why a file was refused, and nothing of what it held. */
export async function refuseUpload(
  db: Db,
  actor: Actor,
  uploadId: string,
  refusal: UploadRefusal,
): Promise<void> {
  // First the reason, so that no row is stored after the deletion.
  const own = await db
    .update(uploads)
    .set({ refusal })
    .where(receivedBy(actor, uploadId))
    .returning({ id: uploads.id });
  if (own.length > 0) await deleteRows(db, uploadId);
}

/** Forgets a file that broke off. */
export async function dropUpload(db: Db, actor: Actor, uploadId: string): Promise<void> {
  const mine = and(eq(uploads.id, uploadId), eq(uploads.ownerId, actor.userId), isNull(uploads.completedAt));
  const [found] = await db.select({ id: uploads.id }).from(uploads).where(mine);
  if (!found) return;
  await deleteRows(db, uploadId);
  await db.delete(uploads).where(mine);
}

/** The most rows of one statement, which on a server has a few seconds. */
const rowsPerStatement = 10_000;

async function deleteRows(db: Db, uploadId: string): Promise<void> {
  for (;;) {
    const [row] = await rowsOf(
      db,
      sql`with gone as (
          delete from upload_rows where upload_id = ${uploadId} and number in (
            select number from upload_rows where upload_id = ${uploadId} limit ${rowsPerStatement})
          returning 1
        ) select count(*)::int as gone from gone`,
    );
    if (Number(row?.gone) < rowsPerStatement) return;
  }
}

/** The condition that the actor is sending this file now. */
export function receivedBy(actor: Actor, uploadId: string) {
  return and(
    eq(uploads.id, uploadId),
    eq(uploads.ownerId, actor.userId),
    isNull(uploads.completedAt),
    isNull(uploads.refusal),
  );
}

/** CONFLICT: the file was forgotten while it was being received. */
export function uploadGone(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "The upload took too long and was forgotten. Try again.",
  });
}
