import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import type { Column, ColumnType } from "@/lib/connectors/streams";
import { readInstant } from "@/lib/mapping/instant";
import { jsonIn } from "./reading/record";
import type { UploadFormat } from "./types";

/** Where a spreadsheet would begin a formula. A number with its sign is none. */
const formula = /^["'\s]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/;
const signedNumber = /^[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?%?$/;

/** Finds the columns of a file, their types over all records, and how many texts begin like a formula. */
export class ColumnsFound {
  formulas = 0;
  private readonly types = new Map<string, ColumnType | null>();

  constructor(private readonly format: UploadFormat) {}

  /** Notes names that stand in a header, also if all their cells are empty. */
  addHeader(names: readonly string[]): void {
    for (const name of names) if (!this.types.has(name)) this.types.set(name, null);
  }

  add(data: JsonObject): void {
    for (const name in data) {
      const value = data[name];
      const known = this.types.get(name);
      if (value === undefined || value === null) {
        if (known === undefined) this.types.set(name, null);
        continue;
      }
      if (typeof value === "string" && formula.test(value) && !signedNumber.test(value.trim()))
        this.formulas += 1;
      // Once a column is text, nothing changes that.
      if (known === "text") continue;
      const found = this.format === "csv" ? typeOfCell(String(value)) : typeOfJson(value);
      if (known !== found) this.types.set(name, known ? both(known, found) : found);
    }
  }

  get count(): number {
    return this.types.size;
  }

  get columns(): readonly Column[] {
    return [...this.types].map(([name, type]) => ({ name, type: type ?? "text" }));
  }
}

function both(one: ColumnType, other: ColumnType): ColumnType {
  const lists = (type: ColumnType) => type === "json" || type === "text[]";
  return lists(one) && lists(other) ? "json" : "text";
}

/** A moment with its zone; a time without one is left as text, because nothing says where it was. */
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

function typeOfText(text: string): "timestamp" | "text" {
  return instant.test(text) && readInstant(text) !== null ? "timestamp" : "text";
}

function typeOfCell(text: string): ColumnType {
  // Zeros in front belong to a number that is a name, such as "007".
  if (/^-?(?:0|[1-9]\d{0,15})$/.test(text)) return Number.isSafeInteger(Number(text)) ? "int" : "text";
  if (/^(?:true|false)$/i.test(text)) return "bool";
  if (jsonIn(text) !== undefined) return "json";
  return typeOfText(text);
}

function typeOfJson(value: Exclude<Json, null>): ColumnType {
  if (typeof value === "string") return typeOfText(value);
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "text";
  return Array.isArray(value) && value.every((each) => typeof each === "string") ? "text[]" : "json";
}

/** A stored record with its values in the types that the whole file has shown. */
export function typedRow(data: JsonObject, columns: readonly Column[], format: UploadFormat): JsonObject {
  const typed = columns.flatMap(({ name, type }): [string, Json][] => {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value === undefined || value === null) return [];
    return [[name, typeof value === "string" ? typedText(value, type, format) : value]];
  });
  return Object.fromEntries(typed);
}

function typedText(text: string, type: ColumnType, format: UploadFormat): Json {
  if (type === "timestamp") {
    const at = readInstant(text);
    return at === null ? text : new Date(at).toISOString();
  }
  if (format !== "csv") return text;
  if (type === "int") return Number(text);
  if (type === "bool") return text.toLowerCase() === "true";
  return type === "json" ? (jsonIn(text) ?? text) : text;
}
