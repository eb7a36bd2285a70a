import { JSONParser, TokenType } from "@streamparser/json";
import { largestRecordBytes } from "../limits";
import { tooLargeRecord } from "./ndjson";
import { type Chunks, FileRefusedError, type ParsedRow } from "./parsed";
import { recordOf } from "./record";
import { countLines } from "./utf8";

const opening: ReadonlySet<TokenType> = new Set([TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET]);
const closing: ReadonlySet<TokenType> = new Set([TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET]);

/** Reads a JSON array of objects, one at a time. What is no JSON ends the reading. */
export async function* jsonArrayRows(chunks: Chunks): AsyncGenerator<readonly ParsedRow[]> {
  const parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  const place = new Place();
  let rows: ParsedRow[] = [];
  let depth = 0;
  // Where the current record begins.
  let start = { line: 1, at: 0 };
  parser.onToken = ({ token, offset }) => {
    if (depth === 0 && token !== TokenType.LEFT_BRACKET) {
      throw new FileRefusedError(1, "This is no JSON array.");
    }
    if (depth === 1 && token !== TokenType.COMMA) start = { line: place.lineOf(offset), at: offset };
    if (opening.has(token)) depth += 1;
    if (closing.has(token)) depth -= 1;
    if (depth === 1 && offset - start.at > largestRecordBytes) {
      throw new FileRefusedError(start.line, tooLargeRecord);
    }
  };
  parser.onValue = ({ value }) => {
    rows.push(recordOf(start.line, value));
  };
  for await (const given of chunks) {
    const chunk = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    place.enter(chunk);
    if (parser.isEnded) refuseText(chunk, 0, place);
    else write(parser, chunk, place, () => start);
    place.leave();
    if (rows.length > 0) yield rows;
    rows = [];
    // Without its end in sight it would be held in memory.
    if (depth > 1 && place.bytes - start.at > largestRecordBytes) {
      throw new FileRefusedError(start.line, tooLargeRecord);
    }
  }
  if (!parser.isEnded) throw new FileRefusedError(place.line, "The array does not end: the file is cut off.");
}

function write(
  parser: JSONParser,
  chunk: Buffer,
  place: Place,
  startOf: () => { readonly line: number; readonly at: number },
): void {
  try {
    parser.write(chunk);
  } catch (error) {
    if (error instanceof FileRefusedError) throw error;
    // Of the array's last token, its closing bracket.
    const start = startOf();
    if (parser.isEnded) refuseText(chunk, Math.max(0, start.at + 1 - place.bytes), place);
    throw new FileRefusedError(start.line, "This is no JSON.");
  }
}

/** Nothing but blanks may follow the array. */
function refuseText(chunk: Buffer, from: number, place: Place): void {
  const blanks = /^[ \t\r\n]*/.exec(chunk.toString("latin1", from))?.[0].length ?? 0;
  if (from + blanks === chunk.length) return;
  throw new FileRefusedError(place.lineOf(place.bytes + from + blanks), "Text follows the array’s end.");
}

/** Lines of the places in a file, which are asked for in their order. */
class Place {
  /** The line that the counted bytes end in. */
  line = 1;
  /** How many bytes came before the current chunk, then with it. */
  bytes = 0;
  private chunk: Buffer = Buffer.alloc(0);
  private counted = 0;

  enter(chunk: Buffer): void {
    this.chunk = chunk;
    this.counted = 0;
  }

  lineOf(offset: number): number {
    const to = offset - this.bytes;
    if (to > this.counted) {
      this.line += countLines(this.chunk.subarray(this.counted, to));
      this.counted = to;
    }
    return this.line;
  }

  leave(): void {
    this.lineOf(this.bytes + this.chunk.length);
    this.bytes += this.chunk.length;
    this.chunk = Buffer.alloc(0);
  }
}
