import type { ActionField } from "@/lib/connectors/action";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { fillJson, fillList, readJson } from "./json-template";
import { fillPath } from "./path-text";
import { columnValue, plainText } from "./plain-text";
import { parseTemplate } from "./template";
import type { FieldMapping } from "./types";
import { type Converted, convert } from "./values";

/** The value of a field for one record, by its mapping. */
export function fieldValue(field: ActionField, mapping: FieldMapping, data: JsonObject): Converted {
  const raw = rawValue(field, mapping, data);
  return raw.kind === "refused" ? raw : convert(field, raw.value);
}

/** A mapping's value as text, whatever the field allows: for the match key of a record that is refused. */
export function roughText(mapping: FieldMapping, data: JsonObject): string {
  if (mapping.from === "column") return plainText(columnValue(data, mapping.column));
  return mapping.from === "constant" ? mapping.value : fillText(mapping.text, data);
}

type Raw =
  | { readonly kind: "raw"; readonly value: Json | undefined }
  | { readonly kind: "refused"; readonly message: string };

function rawValue(field: ActionField, mapping: FieldMapping, data: JsonObject): Raw {
  if (mapping.from === "column") {
    const value = columnValue(data, mapping.column);
    if (field.type !== "path" || value === undefined) return { kind: "raw", value };
    return fillPath(field, [{ kind: "column", column: mapping.column }], data, "whole");
  }
  if (mapping.from === "constant") {
    if (field.type === "json" && mapping.value.trim() !== "") return readJson(field, mapping.value);
    return { kind: "raw", value: mapping.value };
  }
  if (field.type === "json") {
    const template = mapping.text.trim() === "" ? null : readJson(field, mapping.text);
    if (template === null) return { kind: "raw", value: undefined };
    return template.kind === "refused" ? template : { kind: "raw", value: fillJson(template.value, data) };
  }
  if (field.type === "list") return { kind: "raw", value: fillList(mapping.text, data) };
  if (field.type === "path") return fillPath(field, parseTemplate(mapping.text), data, "part");
  return { kind: "raw", value: fillText(mapping.text, data) };
}

/** The text with its columns filled in; empty if it has columns and all of them are empty. */
function fillText(text: string, data: JsonObject): string {
  const parts = parseTemplate(text);
  const values = parts.map((part) =>
    part.kind === "column" ? plainText(columnValue(data, part.column)) : null,
  );
  if (values.some((value) => value !== null) && values.every((value) => !value)) return "";
  return parts.map((part, index) => (part.kind === "text" ? part.text : values[index])).join("");
}
