import { createHash } from "node:crypto";
import type { Json } from "@/lib/connectors/stream-reader";
import { storable } from "./values";

/** Databases limit what an index holds. */
export const longestKey = 500;

/**
 * The canonical text of a primary key: its values joined by "/". Only the last may contain a slash as it is. A text that
 * is too long ends in a digest of the whole.
 */
export function keyText(parts: readonly (Json | undefined)[]): string {
  let text = "";
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    const one = part === undefined || part === null ? "" : String(part);
    if (index > 0) text += "/";
    text += typeof part === "number" || index === parts.length - 1 ? one : escaped(one);
  }
  return shortened(storable(text));
}

/** The key of a record without one: a digest of its text, whatever the order of its fields. */
export function keyOfWhole(record: Json): string {
  return digestOf(canonical(record));
}

function shortened(text: string): string {
  if (text.length <= longestKey) return text;
  const digest = digestOf(text);
  // Cutting may halve a surrogate pair.
  return `${storable(text.slice(0, longestKey - digest.length - 1))}~${digest}`;
}

function escaped(text: string): string {
  return /[%/]/.test(text) ? text.replace(/%/g, "%25").replace(/\//g, "%2F") : text;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}

function canonical(value: Json | undefined): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map((one: Json) => canonical(one)).join(",")}]`;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(",")}}`;
}
