import type { FieldType } from "@/lib/connectors/action";
import type { ColumnType } from "@/lib/connectors/streams";

// A text can hold anything, such as digits or JSON.
const fitting: Readonly<Record<FieldType, readonly ColumnType[]>> = {
  text: ["text", "int", "bool", "timestamp"],
  lines: ["text", "int", "bool", "timestamp", "text[]", "json"],
  path: ["text", "int", "bool", "timestamp"],
  int: ["int", "text"],
  bool: ["bool", "int", "text"],
  choice: ["text", "bool", "int"],
  timestamp: ["timestamp", "int", "text"],
  list: ["text[]", "text", "int", "json"],
  json: ["json", "text[]", "text", "int", "bool", "timestamp"],
};

/** True if some value of such a column can become one of such a field. */
export function canFit(field: FieldType, column: ColumnType): boolean {
  return fitting[field].includes(column);
}

/** A column type in a message. */
export const typeWords: Readonly<Record<ColumnType, string>> = {
  text: "text",
  int: "whole numbers",
  bool: "true or false",
  timestamp: "times",
  json: "JSON",
  "text[]": "lists",
};
