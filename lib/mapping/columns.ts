import { columnsOfTemplate } from "./template";
import type { FieldMapping, WritingSettings } from "./types";

/** The columns that a mapping reads, each once, in the mapping's order; last that of the match key. */
export function usedColumns({ mapping, matchKey }: WritingSettings): readonly string[] {
  const columns = Object.values(mapping).flatMap(columnsOfMapping);
  return [...new Set(matchKey.kind === "column" ? [...columns, matchKey.column] : columns)];
}

/** The columns that one field's mapping reads. */
export function columnsOfMapping(mapping: FieldMapping): readonly string[] {
  if (mapping.from === "column") return [mapping.column];
  return mapping.from === "text" ? columnsOfTemplate(mapping.text) : [];
}
