import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import type { Column, Stream } from "@/lib/connectors/streams";

const longestCell = 200;

/** A value in a table's cell: text as it is, all else as JSON, cut at 200 characters. */
export function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value.replace(/\s+/g, " ") : JSON.stringify(value);
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}

/** The columns to show: the stream's that hold something in the sample, or all of them. */
export function columnsOf(
  stream: Pick<Stream, "columns">,
  records: readonly JsonObject[],
): readonly Column[] {
  const filled = stream.columns.filter(({ name }) => records.some((record) => cellText(record[name]) !== ""));
  return filled.length > 0 ? filled : stream.columns;
}
