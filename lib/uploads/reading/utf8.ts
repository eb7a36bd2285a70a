import { isUtf8 } from "node:buffer";
import { type Chunks, FileRefusedError } from "./parsed";

const newline = 0x0a;

/** Passes the bytes on, without a byte-order mark; throws FileRefusedError with the line that is not UTF-8. */
export async function* utf8Only(chunks: Chunks): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  let line = 1;
  let isFirst = true;
  for await (const chunk of chunks) {
    let bytes = Buffer.concat([rest, chunk]);
    if (isFirst) {
      if (bytes.length < 4 && bytes.length > 0) {
        rest = bytes;
        continue;
      }
      refuseOtherKinds(bytes);
      if (isMark(bytes)) bytes = bytes.subarray(3);
      isFirst = false;
    }
    const whole = bytes.subarray(0, bytes.length - unfinished(bytes));
    if (!isUtf8(whole)) throw notUtf8(whole, line);
    // At most three bytes; a copy, so that the chunk is not kept for their sake.
    rest = Buffer.from(bytes.subarray(whole.length));
    line += countLines(whole);
    if (whole.length > 0) yield whole;
  }
  if (isFirst && isMark(rest)) rest = rest.subarray(3);
  if (!isUtf8(rest)) throw notUtf8(rest, line);
  if (rest.length > 0) yield rest;
}

function isMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** The number of line ends in these bytes. */
export function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** How many bytes at the end begin a character that goes on in the next chunk. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function notUtf8(bytes: Buffer, firstLine: number): FileRefusedError {
  let line = firstLine;
  let from = 0;
  for (let to = bytes.indexOf(newline); to !== -1; to = bytes.indexOf(newline, from)) {
    if (!isUtf8(bytes.subarray(from, to))) break;
    line += 1;
    from = to + 1;
  }
  return new FileRefusedError(line, "The text is not UTF-8. Save the file as UTF-8.");
}

const otherKinds: readonly (readonly [start: readonly number[], message: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], "This is a spreadsheet or another packed file. Save it as CSV."],
  [[0x1f, 0x8b], "The file is compressed. Unpack it first."],
  [[0x25, 0x50, 0x44, 0x46], "This is a PDF, not a file of records."],
  [[0x50, 0x41, 0x52, 0x31], "This is a Parquet file. Save it as NDJSON or CSV."],
  [[0xff, 0xfe], "The text is UTF-16. Save the file as UTF-8."],
  [[0xfe, 0xff], "The text is UTF-16. Save the file as UTF-8."],
];

function refuseOtherKinds(bytes: Buffer): void {
  const kind = otherKinds.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  if (kind) throw new FileRefusedError(null, kind[1]);
}
