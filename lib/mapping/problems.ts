import type { Action, ActionCatalogue, ActionField, Problem } from "@/lib/connectors/action";
import type { Column } from "@/lib/connectors/streams";
import { columnsOfMapping, usedColumns } from "./columns";
import { fieldValue } from "./field-value";
import { canFit, typeWords } from "./fit";
import { readJson } from "./json-template";
import { keylessFile, mapRecord } from "./map-record";
import type { FieldMapping, WritingSettings } from "./types";

/**
 * What is wrong with a mapping whatever the records: a required field without one, a column that does not exist or
 * cannot fit, a constant that the field refuses, a match key without fields. Empty if records can be mapped. Rows of a
 * file have no keys of their own.
 */
export function problemsOfWriting(
  catalogue: ActionCatalogue,
  action: Action,
  columns: readonly Column[],
  writing: WritingSettings,
  hasRecordKeys = true,
): readonly Problem[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const problems = action.fields.flatMap((field): Problem[] => {
    const mapping = Object.hasOwn(writing.mapping, field.name) ? writing.mapping[field.name] : undefined;
    const message = mapping ? problemOf(field, mapping, byName) : unmapped(field);
    return message === null ? [] : [{ field: field.name, message }];
  });
  const message = problemOfKey(action, byName, writing, hasRecordKeys);
  if (message !== null) return [...problems, { field: null, message }];
  if (problems.length > 0 || usedColumns(writing).length > 0) return problems;
  // Without columns, all records have the same values.
  const mapped = mapRecord(catalogue, action, writing, { key: "every", data: {} });
  return mapped.ok ? [] : mapped.problems;
}

function unmapped({ isRequired, label }: ActionField): string | null {
  return isRequired ? `“${label}” is required: choose a column, a constant or a text.` : null;
}

function problemOf(
  field: ActionField,
  mapping: FieldMapping,
  columns: ReadonlyMap<string, Column>,
): string | null {
  const used = columnsOfMapping(mapping);
  const unknown = used.find((name) => !columns.has(name));
  if (unknown === "") return `“${field.label}” needs a column: choose one.`;
  if (unknown !== undefined) return `There is no column “${unknown}”: choose another one.`;
  if (mapping.from === "column") {
    const column = columns.get(mapping.column);
    return column && !canFit(field.type, column.type)
      ? `The column “${column.name}” holds ${typeWords[column.type]}, which “${field.label}” cannot take.`
      : null;
  }
  if (used.length > 0) {
    if (mapping.from !== "text" || field.type !== "json") return null;
    const json = readJson(field, mapping.text);
    return json.kind === "refused" ? json.message : null;
  }
  const value = fieldValue(field, mapping, {});
  if (value.kind === "refused") return value.message;
  if (value.kind === "value" || !field.isRequired) return null;
  return `“${field.label}” is required: its ${mapping.from} is empty.`;
}

function problemOfKey(
  action: Action,
  columns: ReadonlyMap<string, Column>,
  { matchKey, mapping }: WritingSettings,
  hasRecordKeys: boolean,
): string | null {
  if (matchKey.kind === "record") return hasRecordKeys ? null : keylessFile;
  if (matchKey.kind === "column") {
    return columns.has(matchKey.column)
      ? null
      : `There is no column “${matchKey.column}” for the match key: choose another one.`;
  }
  const known = matchKey.fields.filter((name) => action.fields.some((field) => field.name === name));
  return known.some((name) => Object.hasOwn(mapping, name))
    ? null
    : "The match key needs at least one field that is mapped.";
}
