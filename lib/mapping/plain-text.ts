import type { Json } from "@/lib/connectors/stream-reader";

/**
 * A column's value as text: integers as digits, a list of texts with commas, other JSON as JSON. Empty if there is none.
 */
export function plainText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  // 1e21 is the first whole number that `String` writes with an exponent.
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value).toString() : String(value);
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string")) {
    return value.join(", ");
  }
  return JSON.stringify(value);
}

/** A record's value of that column; undefined if it has none. Names such as "constructor" are columns like any other. */
export function columnValue(data: { readonly [name: string]: Json | undefined }, column: string) {
  const value = Object.hasOwn(data, column) ? data[column] : undefined;
  return value === null || value === "" ? undefined : value;
}

/** A value as a message quotes it: short. */
export function quoted(text: string): string {
  const [start, isCut] = text.length > 60 ? [text.slice(0, 59), true] : [text, false];
  return `“${start}${isCut ? "…" : ""}”`;
}
