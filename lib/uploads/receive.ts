import "server-only";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import { grouped } from "@/lib/text/count-of";
import { ColumnsFound } from "./columns-found";
import { largestFileBytes, mostBadLines, mostColumns, mostRecords } from "./limits";
import { completeUpload } from "./mutations";
import { type Chunks, FileRefusedError } from "./reading/parsed";
import { type ReadFile, readFile } from "./reading/read-file";
import { beginUpload, dropUpload, refuseUpload, storeUploadRows, type UploadRow } from "./receiving";
import type { UploadRefusal } from "./types";

/** A file that was taken or refused, by its id. */
export type Received = { readonly ok: boolean; readonly id: string };

/** Enough for one statement. */
const batchRows = 1_000;
const batchBytes = 1024 * 1024;

/**
 * Takes a file while it arrives: whole, or not at all. A file that is not what it should be is refused, with its bad
 * lines; if the connection or the database fails, nothing of it stays, and the error is thrown.
 */
export async function receiveUpload(db: Db, actor: Actor, name: string, chunks: Chunks): Promise<Received> {
  const size = { bytes: 0 };
  let id: string | null = null;
  try {
    const file = await readFile(name, limited(chunks, size));
    id = await beginUpload(db, actor, { name, format: file.format });
    const found = await takeRows(db, actor, id, file);
    await completeUpload(db, actor, id, { bytes: size.bytes, ...found });
    return { ok: true, id };
  } catch (error) {
    if (error instanceof FileRefusedError || error instanceof BadLinesError) {
      id ??= await beginUpload(db, actor, { name, format: "csv" });
      await refuseUpload(db, actor, id, refusalOf(error));
      return { ok: false, id };
    }
    const left = id;
    // The failure may be the database's own; then the hourly job forgets what is left.
    if (left !== null) {
      await dropUpload(db, actor, left).catch((fault: unknown) =>
        log().warn({ err: fault, uploadId: left }, "a broken upload was left to the hourly job"),
      );
    }
    throw error;
  }
}

class BadLinesError extends Error {
  constructor(
    readonly lines: UploadRefusal["lines"],
    readonly isCutShort: boolean,
  ) {
    super("the file has bad lines");
  }
}

async function takeRows(db: Db, actor: Actor, id: string, file: ReadFile) {
  const found = new ColumnsFound(file.format);
  const bad: { line: number; message: string }[] = [];
  let records = 0;
  let batch: UploadRow[] = [];
  let bytes = 0;
  const store = async () => {
    // After the first bad line the rest is only looked at.
    if (batch.length > 0 && bad.length === 0) await storeUploadRows(db, actor, id, batch);
    [batch, bytes] = [[], 0];
  };
  for await (const rows of linesNamed(file.rows, bad)) {
    found.addHeader(file.header());
    for (const row of rows) {
      if ("problem" in row) {
        bad.push({ line: row.line, message: row.problem });
        if (bad.length >= mostBadLines) throw new BadLinesError(bad, true);
        continue;
      }
      records += 1;
      found.add(row.data);
      if (records > mostRecords) throw tooMany(row.line, grouped(mostRecords), "records");
      if (found.count > mostColumns) throw tooMany(row.line, String(mostColumns), "columns");
      batch.push({ number: records, ...row });
      bytes += roughSize(row.data);
      if (batch.length >= batchRows || bytes >= batchBytes) await store();
    }
  }
  await store();
  if (bad.length > 0) throw new BadLinesError(bad, false);
  if (records === 0) throw new FileRefusedError(null, "The file has no records.");
  const notes = { separator: file.separator, formulas: found.formulas };
  return { records, columns: found.columns, notes };
}

/** The rows; a fault that ends the reading is named after the bad lines before it. */
async function* linesNamed(rows: ReadFile["rows"], bad: UploadRefusal["lines"]): ReadFile["rows"] {
  try {
    yield* rows;
  } catch (error) {
    if (!(error instanceof FileRefusedError) || error.line === null || bad.length === 0) throw error;
    throw new BadLinesError([...bad, { line: error.line, message: error.message }], true);
  }
}

function tooMany(line: number, most: string, what: string): FileRefusedError {
  return new FileRefusedError(line, `The file has more than ${most} ${what}.`);
}

/** Close enough to keep a statement small: most of a record is its texts. */
function roughSize(data: UploadRow["data"]): number {
  let size = 0;
  for (const name in data) {
    const value = data[name];
    size += name.length + 8;
    if (typeof value === "string") size += value.length;
    else if (typeof value === "object" && value !== null) size += JSON.stringify(value).length;
  }
  return size;
}

/** Counts the bytes, and refuses the file once there are too many. */
async function* limited(chunks: Chunks, size: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    size.bytes += chunk.length;
    if (size.bytes > largestFileBytes) throw new FileRefusedError(null, "The file is larger than 200 MB.");
    yield chunk;
  }
}

function refusalOf(error: FileRefusedError | BadLinesError): UploadRefusal {
  if (error instanceof BadLinesError) {
    const { lines, isCutShort } = error;
    const count = lines.length === 1 ? "1 line is bad" : `${lines.length} lines are bad`;
    return { message: `${count}${isCutShort ? "; the rest was not read" : ""}. Nothing was kept.`, lines };
  }
  if (error.line === null) return { message: `${error.message} Nothing was kept.`, lines: [] };
  return {
    message: "The file could not be read further. Nothing was kept.",
    lines: [{ line: error.line, message: error.message }],
  };
}
