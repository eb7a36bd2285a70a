import { Readable } from "node:stream";
import { CsvError, type Info, parse } from "csv-parse";
import type { Json } from "@/lib/connectors/stream-reader";
import { grouped } from "@/lib/text/count-of";
import { storableText } from "@/lib/text/storable-text";
import { largestRecordBytes, mostColumns } from "../limits";
import { tooLargeRecord } from "./ndjson";
import { type Chunks, FileRefusedError, type ParsedRow } from "./parsed";
import { nameProblem } from "./record";

export type Separator = "," | ";" | "\t";

/** Few enough that a slow database holds little, many enough that steps between rows do not count. */
const rowsPerStep = 500;

/**
 * Reads CSV with a header line. Empty cells are no values. A row with another number of cells than the header does not
 * end the reading; a quotation mark at a wrong place does. Yields first the header.
 */
export async function* csvRows(
  chunks: Chunks,
  separator: Separator,
  onHeader: (names: readonly string[]) => void,
): AsyncGenerator<readonly ParsedRow[]> {
  // Noted while the parser runs ahead: at an error it drops the records that nobody has read yet.
  let ended = 0;
  const parser = parse({
    on_record: (record: string[], { lines }) => {
      ended = lines;
      return record;
    },
    delimiter: separator,
    record_delimiter: ["\r\n", "\n", "\r"],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: largestRecordBytes,
  });
  const source = Readable.from(chunks, { objectMode: false });
  // `pipe` does not carry errors on.
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  const lines = new Lines();
  let names: readonly string[] | null = null;
  let rows: ParsedRow[] = [];
  try {
    // The parser's own types know no records with `info`.
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      const line = lines.startOf(info);
      if (names === null) {
        names = headerOf(line, record);
        onHeader(names);
        continue;
      }
      rows.push(rowOf(line, names, record));
      if (rows.length < rowsPerStep) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? refusalOf(error, ended + 1) : error;
  } finally {
    source.destroy();
  }
  if (rows.length > 0) yield rows;
}

/** Finds where a record begins: the parser tells the line that it ends in. */
class Lines {
  private ended = 0;
  private empty = 0;

  startOf({ lines, empty_lines: empty }: Info): number {
    const start = this.ended + 1 + empty - this.empty;
    [this.ended, this.empty] = [lines, empty];
    return start;
  }
}

function headerOf(line: number, cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => storableText(cell).trim());
  if (names.length > mostColumns) {
    throw new FileRefusedError(
      line,
      `The header has ${grouped(names.length)} columns, more than ${mostColumns}.`,
    );
  }
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name === "") throw new FileRefusedError(line, `Column ${index + 1} of the header has no name.`);
    const problem = nameProblem(name);
    if (problem) throw new FileRefusedError(line, problem);
    if (seen.has(name))
      throw new FileRefusedError(line, `The header has the column “${name.slice(0, 60)}” twice.`);
    seen.add(name);
  }
  return names;
}

function rowOf(line: number, names: readonly string[], cells: readonly string[]): ParsedRow {
  if (cells.length !== names.length) {
    return { line, problem: `The row has ${cells.length} cells, the header ${names.length}.` };
  }
  const entries = names.flatMap((name, index): [string, Json][] => {
    const cell = cells[index] ?? "";
    return cell === "" ? [] : [[name, storableText(cell)]];
  });
  return { line, data: Object.fromEntries(entries) };
}

function refusalOf(error: CsvError, line: number): FileRefusedError {
  const words: Readonly<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: "A quotation mark is opened here and never closed.",
    CSV_MAX_RECORD_SIZE: tooLargeRecord,
    CSV_INVALID_CLOSING_QUOTE: "A closing quotation mark is followed by other text.",
    INVALID_OPENING_QUOTE:
      "A quotation mark stands within a cell: write it twice, and the cell in quotation marks.",
  };
  return new FileRefusedError(line, words[error.code] ?? "This is no CSV.");
}

/** What stands between the cells of a header: of comma, semicolon and tab the most frequent one outside quotes. */
export function separatorOf(header: string): Separator {
  const plain = header.replace(/"[^"]*"?/g, "");
  const count = (separator: Separator) => plain.split(separator).length - 1;
  const [best] = ([",", ";", "\t"] as const).toSorted((one, other) => count(other) - count(one));
  return best ?? ",";
}
