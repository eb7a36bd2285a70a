import "server-only";
import { and, asc, eq, gt, inArray, isNotNull, lte, type SQL } from "drizzle-orm";
import { uploadRows, uploads } from "@/drizzle/schema";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Db, Tx } from "@/lib/db/types";
import { typedRow } from "./columns-found";
import type { Upload } from "./types";

/** A row of a file, its values in the types of its columns. */
export type TypedRow = { readonly number: number; readonly line: number; readonly data: JsonObject };

/** The file with that id, whoever owns it; null if it is gone. For callers who found an endpoint that uses it. */
export async function findUploadInput(db: Db | Tx, id: string): Promise<Upload | null> {
  return storedFile(db, eq(uploads.id, id));
}

/** Which rows of a file: at most `limit`, after a number and up to one. */
type RowRange = {
  readonly uploadId: string;
  readonly after: number;
  readonly until?: number;
  readonly limit: number;
};

/** The rows of a file in its order. For callers who found the file, and the engine. */
export async function readUploadRows(
  db: Db | Tx,
  { uploadId, after, until, limit }: RowRange,
): Promise<readonly TypedRow[]> {
  const upTo = until === undefined ? undefined : lte(uploadRows.number, until);
  return typedRows(db, uploadId, and(gt(uploadRows.number, after), upTo), limit);
}

/** The rows of a file with these numbers. For callers who found the file, and the engine. */
export async function uploadRowsNumbered(
  db: Db | Tx,
  uploadId: string,
  numbers: readonly number[],
): Promise<readonly TypedRow[]> {
  return typedRows(db, uploadId, inArray(uploadRows.number, [...numbers]), numbers.length);
}

async function typedRows(
  db: Db | Tx,
  uploadId: string,
  which: SQL | undefined,
  limit: number,
): Promise<readonly TypedRow[]> {
  const upload = await findUploadInput(db, uploadId);
  if (!upload) return [];
  const rows = await db
    .select({ number: uploadRows.number, line: uploadRows.line, data: uploadRows.data })
    .from(uploadRows)
    .where(and(eq(uploadRows.uploadId, uploadId), which))
    .orderBy(asc(uploadRows.number))
    .limit(limit);
  return rows.map((row) => ({ ...row, data: typedRow(row.data, upload.columns, upload.format) }));
}

/** The first complete file that the condition holds for. */
export async function storedFile(db: Db | Tx, which: SQL | undefined): Promise<Upload | null> {
  const [row] = await db
    .select({
      id: uploads.id,
      name: uploads.name,
      format: uploads.format,
      bytes: uploads.bytes,
      records: uploads.records,
      columns: uploads.columns,
      notes: uploads.notes,
      createdAt: uploads.createdAt,
    })
    .from(uploads)
    .where(and(which, isNotNull(uploads.completedAt)));
  return row ? { ...row, notes: row.notes ?? { separator: null, formulas: 0 } } : null;
}
