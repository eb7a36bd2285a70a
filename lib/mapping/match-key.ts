import type { Action, Values } from "@/lib/connectors/action";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { storableText } from "@/lib/text/storable-text";
import { roughText } from "./field-value";
import { canonicalJson, digestOf } from "./hash";
import { columnValue, plainText } from "./plain-text";
import type { WritingSettings } from "./types";

/** Databases limit what an index holds. */
const longestKey = 500;

/**
 * The match key in words, at most 500 characters; empty if the record has none. Values are joined with "/", and only the
 * last may contain one as it is. Fields without a value in `values` count as their mapping gives them.
 */
export function matchKeyOf(
  action: Action,
  { matchKey, mapping }: WritingSettings,
  record: { readonly key: string; readonly data: JsonObject; readonly matchable?: boolean },
  values: Values,
): string {
  if (matchKey.kind === "record") return record.matchable === false ? "" : shortened(record.key);
  if (matchKey.kind === "column") return shortened(plainText(columnValue(record.data, matchKey.column)));
  const names = matchKey.fields.filter((name) => action.fields.some((field) => field.name === name));
  const texts = names.map((name) => {
    const mapped = mapping[name];
    if (Object.hasOwn(values, name)) return keyPart(values[name]);
    return mapped ? roughText(mapped, record.data) : "";
  });
  if (texts.every((text) => text === "")) return "";
  return shortened(texts.map((text, index) => (index < texts.length - 1 ? escaped(text) : text)).join("/"));
}

function keyPart(value: Json | undefined): string {
  return typeof value === "object" && value !== null ? canonicalJson(value) : plainText(value);
}

function escaped(text: string): string {
  return text.replace(/%/g, "%25").replace(/\//g, "%2F");
}

function shortened(given: string): string {
  const text = storableText(given);
  if (text.length <= longestKey) return text;
  const digest = digestOf(text).slice(0, 40);
  // Cutting may halve a surrogate pair.
  return `${storableText(text.slice(0, longestKey - digest.length - 1))}~${digest}`;
}
