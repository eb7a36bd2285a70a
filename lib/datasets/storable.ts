import { hash } from "node:crypto";
import type { StreamRecord } from "@/lib/connectors/stream-reader";
import { storableText } from "@/lib/text/storable-text";

/** The database's index takes no longer entries; connectors keep to 500. */
const longestKey = 2_000;

/**
 * A page of records as JSON that the database stores in one statement: texts without what PostgreSQL refuses, a hash
 * of all that may change, and of equal keys the last one, as if they had come one after the other.
 */
export function storablePage(records: readonly StreamRecord[]): {
  readonly json: string;
  readonly count: number;
} {
  const byKey = new Map<string, string>();
  for (const { key, ...record } of records) {
    const clean = storableText(key);
    if (clean === "" || (clean.length > longestKey / 3 && Buffer.byteLength(clean) > longestKey)) {
      throw new Error(`a record's key has ${Buffer.byteLength(clean)} bytes`);
    }
    // Deleted first, so that the last one also takes the last place.
    byKey.delete(clean);
    byKey.set(clean, fieldsOf(record));
  }
  const rows = [...byKey].map(
    ([key, fields], index) => `{"place":${index + 1},"key":${JSON.stringify(key)},${fields}}`,
  );
  return { json: `[${rows.join()}]`, count: rows.length };
}

/** The fields of a record besides its key, as JSON between braces. */
function fieldsOf({ group, parent, data }: Omit<StreamRecord, "key">): string {
  const fields = { group_id: group, parent, data: inOrder(data) };
  const json = JSON.stringify(fields);
  // JSON escapes what PostgreSQL refuses; few texts have it, so the others are not searched.
  const text = (refusedEscape.test(json) ? JSON.stringify(cleaned(fields)) : json).slice(1, -1);
  return `"hash":"${hash("sha256", text).slice(0, 32)}",${text}`;
}

/** Names in one order, as jsonb has them: a server that sends them in another order has changed nothing. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const given = value as Readonly<Record<string, unknown>>; // Any object but an array is one of JSON.
  const names = sortedNames(given);
  // Without a prototype, "__proto__" is a name like any other; others are written faster with one.
  const copy: Record<string, unknown> = names.includes("__proto__") ? Object.create(null) : {};
  for (const name of names) copy[name] = inOrder(given[name]);
  return copy;
}

/** The records of a page have the same names, so these are sorted once: that took a quarter of the time of a page. */
const sortedBefore = new Map<string, readonly string[]>();
const mostSorted = 500;

function sortedNames(given: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(given);
  const key = names.join("\0");
  const known = sortedBefore.get(key);
  // Names of another list have the same key and number only if one contains the separator; such are not kept.
  if (known?.length === names.length) return known;
  const sorted = names.sort();
  if (names.some((name) => name.includes("\0"))) return sorted;
  if (sortedBefore.size >= mostSorted) sortedBefore.clear();
  sortedBefore.set(key, sorted);
  return sorted;
}

const refusedEscape = /\\u(?:0000|d[89a-f])/;
function cleaned(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(cleaned);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [storableText(name), cleaned(part)]));
}
