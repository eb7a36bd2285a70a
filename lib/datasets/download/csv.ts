import type { Column } from "@/lib/connectors/streams";
import { ownColumns } from "@/lib/datasets/columns";
import type { StoredRecord } from "@/lib/datasets/types";
import { textOf, valuesOf } from "./cells";

// Where spreadsheets begin a cell: at the start; and where a cell's own quotes do not count, because the file is split at
// semicolons, as in many countries, or tabs, also after each of these and in each line of the text.
const risky =
  /(?<=^|;)(?=[\t\r])|(?<=^|[;\t\n]|\r(?!\n))(?='|(?:["']|[^\S\r\n])*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/g;
const guard = /(?<=^|[;\t\n]|\r(?!\n))'/g;

/**
 * Text that no spreadsheet takes for a formula: an apostrophe stands before what could begin one. It also stands before
 * an apostrophe of the text's own, so that `withoutGuard` gives back exactly the text.
 */
export function formulaSafe(text: string): string {
  return text.replaceAll(risky, "'");
}

/** The text before `formulaSafe`. */
export function withoutGuard(text: string): string {
  return text.replaceAll(guard, "");
}

/** The first line of a CSV file: names of columns, always the same for a stream. */
export function csvHead(columns: readonly Column[]): string {
  return csvRow([...ownColumns, ...columns].map(({ name }) => csvCell(name, true)));
}

/** A record as a line of RFC 4180. Null is empty, an empty text is `""`. */
export function csvLine(record: StoredRecord, columns: readonly Column[]): string {
  const values = valuesOf(record);
  return csvRow(
    [...ownColumns, ...columns].map((column) => {
      const value = values[column.name];
      const text = textOf(value, column);
      // Numbers stay numbers, negative ones too.
      return text === null ? "" : csvCell(text, typeof value !== "number");
    }),
  );
}

/** A text or number as a cell of RFC 4180; a text is made safe for spreadsheets. */
export function csvCell(text: string, isText: boolean): string {
  const safe = isText ? formulaSafe(text) : text;
  return safe === "" || /[",;\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of RFC 4180. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.join()}\r\n`;
}
