import type { Json } from "@/lib/connectors/stream-reader";
import type { ColumnType } from "@/lib/connectors/streams";

const refused = /\p{Cs}|\0/gu;

/** Node.js 20 has this method; the types of ES2023 do not. */
type Checked = string & { isWellFormed(): boolean };

/** A text that databases and encoders take: U+0000 and halves of surrogate pairs become U+FFFD. */
export function storable(text: string): string {
  // With `u`, whole surrogate pairs do not match. The quick checks spare nearly all texts the search.
  return (text as Checked).isWellFormed() && !text.includes("\0") ? text : text.replace(refused, "\ufffd");
}

/** Fields that hold a secret wherever they stand. */
const secrets: ReadonlySet<string> = new Set([
  ...["secret", "password", "credentials", "token", "rawToken", "privateKey"],
]);
/** Bitbucket's own answers nest about ten levels deep; deeper nesting is an attempt to exhaust the stack. */
const deepest = 40;

/** Any value as storable JSON without secrets; undefined for what is no JSON. */
export function cleanJson(value: unknown, depth = 0): Json | undefined {
  if (typeof value === "string") return storable(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object") return undefined;
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return value.map((one: unknown) => cleanJson(one, depth + 1) ?? null);
  const clean: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (secrets.has(name)) continue;
    const cleaned = cleanJson(inner, depth + 1);
    // `__proto__` would set the prototype.
    if (cleaned !== undefined && name !== "__proto__") clean[storable(name)] = cleaned;
  }
  return clean;
}

/**
 * A value as a column of that type holds it. Undefined if it is not of that type: the caller keeps it elsewhere. Whole
 * numbers beyond 2^53 stay the text as which they were read.
 */
export function asType(value: unknown, type: ColumnType): Json | undefined {
  switch (type) {
    case "text":
      if (typeof value === "string") return storable(value);
      return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
    case "int":
      if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
      return typeof value === "string" ? wholeNumber(value) : undefined;
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "timestamp":
      return timestamp(value);
    case "text[]":
      return Array.isArray(value) && value.every((one) => typeof one === "string")
        ? value.map(storable)
        : undefined;
    case "json":
      return cleanJson(value);
  }
}

function wholeNumber(text: string): number | string | undefined {
  if (!/^-?\d{1,30}$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/** The years that ISO 8601 writes with four digits. */
const firstMs = Date.UTC(0, 0, 1) - 1900 * 31_557_600_000;
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Epoch milliseconds, or ISO text with `Z`, an offset, or `+0000` without a colon, as ISO text in UTC. */
function timestamp(value: unknown): string | undefined {
  const ms = typeof value === "number" ? value : typeof value === "string" ? msOf(value) : Number.NaN;
  return ms >= firstMs && ms <= lastMs ? new Date(ms).toISOString() : undefined;
}

/** A date of the server as milliseconds since 1970; NaN if it is none. */
export function msOf(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return Number.NaN;
  if (/^\d{10,14}$/.test(value)) return Number(value);
  if (!/^\d{4}-\d\d-\d\d/.test(value)) return Number.NaN;
  const withColon = value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2").replace(/([+-]\d\d)$/, "$1:00");
  // A date alone ends like an offset.
  const text = /T|\s/.test(value) ? withColon : value;
  return Date.parse(text);
}
