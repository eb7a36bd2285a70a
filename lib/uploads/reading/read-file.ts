import type { UploadFormat, UploadNotes } from "../types";
import { csvRows, type Separator, separatorOf } from "./csv";
import { jsonArrayRows } from "./json-array";
import { ndjsonRows } from "./ndjson";
import { type Chunks, FileRefusedError, type ParsedRow } from "./parsed";
import { utf8Only } from "./utf8";

/** A file that is being read. */
export type ReadFile = {
  readonly format: UploadFormat;
  readonly separator: UploadNotes["separator"];
  /** Of CSV, filled once the first rows were read: the names of all columns, also of empty ones. */
  readonly header: () => readonly string[];
  readonly rows: AsyncGenerator<readonly ParsedRow[]>;
};

/** The most bytes in which a header line must end. */
const longestHeader = 1024 * 1024;

/**
 * Recognises a file by its name and its first character, and reads it. Throws FileRefusedError for one that is not what
 * its name says.
 */
export async function readFile(name: string, chunks: Chunks): Promise<ReadFile> {
  const { start, all } = await startOf(utf8Only(chunks));
  const format = formatOf(name, start.trimStart().charAt(0));
  if (format === "ndjson") return { format, separator: null, header: () => [], rows: ndjsonRows(all) };
  if (format === "json") return { format, separator: null, header: () => [], rows: jsonArrayRows(all) };
  const separator = /\.tsv$/i.test(name) ? "\t" : separatorOf(start.split(/[\r\n]/, 1)[0] ?? "");
  let header: readonly string[] = [];
  const rows = csvRows(all, separator, (names) => {
    header = names;
  });
  return { format, separator: spoken(separator), header: () => header, rows };
}

function spoken(separator: Separator): "," | ";" | "tab" {
  return separator === "\t" ? "tab" : separator;
}

/** The text up to the end of the first line that is not blank, and all bytes, those of that text included. */
async function startOf(
  chunks: AsyncGenerator<Buffer>,
): Promise<{ start: string; all: AsyncGenerator<Buffer> }> {
  const held: Buffer[] = [];
  let start = "";
  // Trimmed first: one pattern for both would try each character of a long line as its beginning.
  while (!/[\r\n]/.test(start.trimStart()) && start.length < longestHeader) {
    const { value, done } = await chunks.next();
    if (done) break;
    held.push(value);
    // A character that is cut at the end of a chunk does not matter: separators are ASCII.
    start += value.toString("utf8");
  }
  if (start.trim() === "") throw new FileRefusedError(null, "The file is empty.");
  return { start, all: withHeld(held, chunks) };
}

async function* withHeld(held: Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  for (let first = held.shift(); first; first = held.shift()) yield first;
  yield* rest;
}

function formatOf(name: string, first: string): UploadFormat {
  const [, ending = ""] = /\.([a-z]+)$/i.exec(name) ?? [];
  switch (ending.toLowerCase()) {
    case "csv":
    case "tsv":
      if (first === "{")
        throw new FileRefusedError(null, "The name says CSV, but the file begins like JSON.");
      return "csv";
    case "ndjson":
    case "jsonl":
      if (first === "[") {
        throw new FileRefusedError(
          null,
          "The name says NDJSON, but the file begins like a JSON array: name it .json.",
        );
      }
      return "ndjson";
    case "json":
      if (first !== "[" && first !== "{")
        throw new FileRefusedError(null, "The name says JSON, but the file is none.");
      break;
  }
  if (first === "[") return "json";
  return first === "{" ? "ndjson" : "csv";
}
