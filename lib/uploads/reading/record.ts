import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { storableText } from "@/lib/text/storable-text";
import { deepestLevels, longestColumnName } from "../limits";
import type { ParsedRow } from "./parsed";

/** A parsed JSON value as a record, storable, or why it is none. */
export function recordOf(line: number, value: unknown): ParsedRow {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { line, problem: 'This is no JSON object: a record looks like {"name": "value"}.' };
  }
  try {
    // JSON.parse and the stream's parser make nothing but JSON.
    return { line, data: storableObject(value as JsonObject, 1) };
  } catch (error) {
    if (error instanceof RecordProblem) return { line, problem: error.message };
    throw error;
  }
}

class RecordProblem extends Error {}

function storableObject(given: JsonObject, level: number): JsonObject {
  const entries = Object.entries(given).flatMap(([name, value]): [string, Json][] => {
    if (level === 1) refuseName(name);
    return value === undefined ? [] : [[storableText(name), storableValue(value, level + 1)]];
  });
  return Object.fromEntries(entries);
}

function storableValue(value: Json, level: number): Json {
  if (typeof value === "string") return storableText(value);
  if (typeof value === "number") {
    if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value;
    throw new RecordProblem(
      "A number is beyond 9,007,199,254,740,991 and would not be kept exactly: put it in quotation marks.",
    );
  }
  if (typeof value !== "object" || value === null) return value;
  if (level > deepestLevels)
    throw new RecordProblem(`The record is nested deeper than ${deepestLevels} levels.`);
  if (Array.isArray(value)) return value.map((each: Json) => storableValue(each, level + 1));
  return storableObject(value as JsonObject, level); // `Array.isArray` does not narrow a readonly array.
}

/** The JSON that a text is, storable; undefined for text that is none, or that would not be kept exactly. */
export function jsonIn(text: string): Json | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    // JSON.parse makes nothing but JSON.
    return storableValue(JSON.parse(text) as Json, 2);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RecordProblem) return undefined;
    throw error;
  }
}

function refuseName(name: string): void {
  const problem = nameProblem(name);
  if (problem) throw new RecordProblem(problem);
}

/** Why a text cannot be a column's name; null if it can. */
export function nameProblem(name: string): string | null {
  if (name.trim() === "") return "A column has no name.";
  return name.length > longestColumnName
    ? `A column’s name is longer than ${longestColumnName} characters.`
    : null;
}
