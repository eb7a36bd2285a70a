import type { ActionField } from "@/lib/connectors/action";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { columnValue, plainText } from "./plain-text";
import { parseTemplate } from "./template";

/** A field's JSON as it was typed, or why it is none. */
export function readJson(field: ActionField, text: string) {
  try {
    // JSON.parse returns JSON.
    return { kind: "raw" as const, value: JSON.parse(text) as Json };
  } catch (error) {
    const why = error instanceof SyntaxError ? ` (${error.message})` : "";
    const cure = text.includes("{{") ? ' Write columns in quotation marks: "{{column}}" keeps its type.' : "";
    return { kind: "refused" as const, message: `“${field.label}” is not valid JSON${why}.${cure}` };
  }
}

/**
 * Fills the columns into the texts of a JSON template. A text that is one column alone becomes its value, with its type;
 * without a value it is left out, with its name. So no value can add a member, or end a text. Names are not filled.
 */
export function fillJson(template: Json | undefined, data: JsonObject): Json | undefined {
  if (typeof template === "string") return fillOne(template, data);
  if (typeof template !== "object" || template === null) return template;
  if (Array.isArray(template)) {
    return template.flatMap((each: Json): readonly Json[] => {
      const filled = fillJson(each, data);
      return filled === undefined ? [] : [filled];
    });
  }
  return Object.fromEntries(
    Object.entries(template).flatMap(([name, each]) => {
      const filled = fillJson(each, data);
      return filled === undefined ? [] : [[name, filled]];
    }),
  );
}

/**
 * Fills a list: JSON, or entries with commas between them. A comma in a column's value makes no new entry, unless the
 * column is an entry of its own.
 */
export function fillList(text: string, data: JsonObject): Json | undefined {
  const entries = listed(text);
  return entries.flatMap((entry): readonly Json[] => {
    const filled = fillOne(entry.trim(), data);
    if (filled === undefined) return [];
    const [part, ...others] = parseTemplate(entry.trim());
    const isColumn = part?.kind === "column" && others.length === 0;
    if (isColumn && typeof filled === "string") return filled.split(",");
    return isColumn && Array.isArray(filled) ? filled : [filled];
  });
}

function listed(text: string): readonly string[] {
  if (/^\s*\[/.test(text)) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed))
        return parsed.map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
    } catch {
      // Then it is text.
    }
  }
  return text.split(/[,\n]/);
}

function fillOne(text: string, data: JsonObject): Json | undefined {
  const parts = parseTemplate(text);
  const [first] = parts;
  if (first?.kind === "column" && parts.length === 1) return columnValue(data, first.column);
  return parts
    .map((part) => (part.kind === "text" ? part.text : plainText(columnValue(data, part.column))))
    .join("");
}
