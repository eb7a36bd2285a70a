import { largestRecordBytes } from "../limits";
import { type Chunks, FileRefusedError, type ParsedRow } from "./parsed";
import { recordOf } from "./record";

const newline = 0x0a;
export const tooLargeRecord = "The record is larger than 1 MB.";

/** Reads one JSON object a line; blank lines do not count. A bad line does not end the reading. */
export async function* ndjsonRows(chunks: Chunks): AsyncGenerator<readonly ParsedRow[]> {
  let parts: Buffer[] = [];
  let held = 0;
  let line = 1;
  for await (const given of chunks) {
    const chunk = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    const rows: ParsedRow[] = [];
    let from = 0;
    for (let to = chunk.indexOf(newline); to !== -1; to = chunk.indexOf(newline, from)) {
      parts.push(chunk.subarray(from, to));
      const row = rowOf(line, Buffer.concat(parts));
      if (row) rows.push(row);
      [parts, held] = [[], 0];
      line += 1;
      from = to + 1;
    }
    if (from < chunk.length) parts.push(Buffer.from(chunk.subarray(from)));
    held += chunk.length - from;
    if (rows.length > 0) yield rows;
    // Without an end of line in sight it would be held in memory.
    if (held > largestRecordBytes + 2) throw new FileRefusedError(line, tooLargeRecord);
  }
  const row = rowOf(line, Buffer.concat(parts));
  if (row) yield [row];
}

function rowOf(line: number, bytes: Buffer): ParsedRow | null {
  if (bytes.length > largestRecordBytes) return { line, problem: tooLargeRecord };
  const text = bytes.toString("utf8").trim();
  if (text === "") return null;
  try {
    return recordOf(line, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return { line, problem: "This is no JSON." };
    throw error;
  }
}
