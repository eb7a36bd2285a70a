import type { ActionField, FieldType } from "@/lib/connectors/action";
import type { Json } from "@/lib/connectors/stream-reader";
import { countOf, grouped } from "@/lib/text/count-of";
import { storableText } from "@/lib/text/storable-text";
import { readInstant } from "./instant";
import { likeness } from "./likeness";
import { plainText, quoted } from "./plain-text";
import { refusedText } from "./text-limits";

/** A value of a field, that there is none, or why it is refused. */
export type Converted =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly message: string };

/** What a field makes of a value of any type, within the field's limits. */
export function convert(field: ActionField, given: Json | undefined): Converted {
  if (given === undefined || given === null || given === "") return none;
  return converters[field.type](field, given);
}

type Converter = (field: ActionField, given: Exclude<Json, null>) => Converted;

const converters: Readonly<Record<FieldType, Converter>> = {
  text: (field, given) => {
    const text = storableText(plainText(given)).trim();
    if (/[\r\n]/.test(text)) {
      const lines = text.split(/\r\n|\r|\n/).length;
      return refused(`“${field.label}” must be one line, but has ${countOf(lines, "line")}.`);
    }
    return textWithin(field, text);
  },
  lines: (field, given) => {
    const text = storableText(plainText(given));
    return text.trim() === "" ? none : textWithin(field, text);
  },
  path: (field, given) => textWithin(field, storableText(plainText(given)).trim()),
  int: (field, given) => {
    const number = typeof given === "number" ? given : readDigits(plainText(given));
    if (number === null) return none;
    if (!Number.isSafeInteger(number)) {
      return refused(`“${field.label}” must be a whole number, not ${quoted(plainText(given))}.`);
    }
    const { least, most } = field;
    if (least !== null && number < least) {
      return refused(`“${field.label}” must be at least ${grouped(least)}, not ${number}.`);
    }
    if (most !== null && number > most) {
      return refused(`“${field.label}” must be at most ${grouped(most)}, not ${number}.`);
    }
    // Of -0, JSON makes 0, and so must the hash.
    return accepted(number === 0 ? 0 : number);
  },
  bool: (field, given) => {
    const text = plainText(given).trim().toLowerCase();
    if (text === "") return none;
    if (["true", "1", "yes"].includes(text)) return accepted(true);
    if (["false", "0", "no"].includes(text)) return accepted(false);
    return refused(`“${field.label}” must be true or false, not ${quoted(plainText(given))}.`);
  },
  choice: (field, given) => {
    const text = plainText(given).trim();
    if (text === "") return none;
    const choices = field.choices ?? [];
    const wanted = likeness(text);
    const found = choices.find((each) => each === text) ?? choices.find((each) => likeness(each) === wanted);
    if (found !== undefined) return accepted(found);
    return refused(`“${field.label}” must be one of ${choices.join(", ")}, not ${quoted(text)}.`);
  },
  timestamp: (field, given) => {
    const text = plainText(given).trim();
    if (text === "") return none;
    const at = typeof given === "number" ? given : readInstant(text);
    if (at === null || !Number.isSafeInteger(at)) {
      return refused(`“${field.label}” must be a time such as 2026-11-29T08:30:00Z, not ${quoted(text)}.`);
    }
    return accepted(at);
  },
  list: (field, given) => {
    const entries = entriesOf(given);
    if (entries === null) return refused(`“${field.label}” must be a list of texts.`);
    const texts = [...new Set(entries.map((each) => storableText(each).trim()))].filter(Boolean);
    if (texts.length === 0) return none;
    const kept: string[] = [];
    for (const text of texts) {
      const one = textWithin(field, text);
      if (one.kind === "refused") return one;
      if (one.kind === "value" && typeof one.value === "string") kept.push(one.value);
    }
    return accepted(kept);
  },
  json: (field, given) => {
    const value = typeof given === "string" ? parsedIfJson(given) : given;
    if (isDeeper(value, deepest)) {
      return refused(`“${field.label}” is nested deeper than ${deepest} levels.`);
    }
    return accepted(storableJson(value));
  },
};

/** Deeper nesting is an attempt to exhaust the stack. */
const deepest = 100;

function isDeeper(value: Json | undefined, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

const none: Converted = { kind: "none" };

function accepted(value: Json): Converted {
  return { kind: "value", value };
}

function refused(message: string): Converted {
  return { kind: "refused", message };
}

function textWithin(field: ActionField, text: string): Converted {
  if (text === "") return none;
  const limited = refusedText(field, text);
  return limited.ok ? accepted(limited.text) : refused(limited.message);
}

/** The number that a text is; null for a blank one, NaN for one that is none. */
function readDigits(text: string): number | null {
  const digits = text.trim();
  if (digits === "") return null;
  return /^[+-]?\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

/** The entries of a list, of JSON text, or of text with commas; null for what holds more than texts. */
function entriesOf(given: Exclude<Json, null>): readonly string[] | null {
  const value = typeof given === "string" ? parsedIfJson(given) : given;
  if (typeof value === "string") return value.split(/[,\n]/);
  if (!Array.isArray(value)) return typeof value === "object" ? null : [plainText(value)];
  const entries = value.map((each: Json) => nameIn(each) ?? each);
  return entries.every((each) => each === null || typeof each !== "object") ? entries.map(plainText) : null;
}

/** Of an object, such as a reviewer in a data set, its name; undefined if it has none. */
function nameIn(entry: Json): string | undefined {
  if (typeof entry !== "object" || entry === null || !("name" in entry)) return undefined;
  return typeof entry.name === "string" ? entry.name : undefined;
}

/** What a text is as JSON, if it is a list or an object; else the text. */
function parsedIfJson(text: string): Json {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    // JSON.parse returns JSON.
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** JSON as PostgreSQL stores it. */
function storableJson(value: Json): Json {
  if (typeof value === "string") return storableText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => storableJson(each));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === undefined ? [] : [[storableText(name), storableJson(each)]],
    ),
  );
}
