import { createHash } from "node:crypto";
import type { Json } from "@/lib/connectors/stream-reader";

/** SHA-256 of a text, in hexadecimal. For the server and its pages: browsers lack `node:crypto`. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** JSON with the names of every object in one order, so that equal values have equal texts. */
export function canonicalJson(value: Json | undefined): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  if (isList(value)) return `[${value.map((each) => canonicalJson(each)).join()}]`;
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join()}}`;
}

/** A text of at most `longest` characters: the end of a longer one is replaced by a hash of the whole. */
export function shortenedByHash(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const digest = digestOf(text).slice(0, 12);
  const kept = text.slice(0, Math.max(0, longest - digest.length - 1));
  // Cutting may halve a surrogate pair.
  const whole = /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
  return whole === "" ? digest.slice(0, longest) : `${whole}-${digest}`;
}

// `Array.isArray` does not narrow a readonly array.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
