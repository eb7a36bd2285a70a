import type { Column } from "@/lib/connectors/streams";
import type { StoredRecord } from "@/lib/datasets/types";

/** Our own three values of a record, by the names of their columns. */
export function ownValues({ key, seq, deletedAt }: StoredRecord) {
  return { _key: key, _seq: seq, _deleted_at: deletedAt?.toISOString() ?? null };
}

/** A record's values by column: those of its data, and our own three. */
export function valuesOf(record: StoredRecord): Readonly<Record<string, unknown>> {
  // Stored by us, as an object; the parsed one is nobody else's, so it is not copied.
  const values = JSON.parse(record.json) as Record<string, unknown>;
  return Object.assign(values, ownValues(record));
}

/** A value that a column's type promises, or text, whatever the server has sent; null if there is none. */
export function textOf(value: unknown, { type }: Column): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && type !== "json") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}
