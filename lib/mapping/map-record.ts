import type { Action, ActionCatalogue, ActionField, Problem, Values } from "@/lib/connectors/action";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { fieldValue } from "./field-value";
import { canonicalJson, digestOf } from "./hash";
import { matchKeyOf } from "./match-key";
import type { FieldMapping, WritingSettings } from "./types";

/** A record as input: a data set's, or a row of a file. */
export type MappableRecord = {
  readonly key: string;
  readonly data: JsonObject;
  /** False for rows of files, whose key is only their number. */
  readonly matchable?: boolean;
};

/** What is sent for a record, or why nothing can be. `hash` is that of the values, in hexadecimal. */
export type Mapped =
  | {
      readonly ok: true;
      readonly values: Values;
      readonly matchKey: string;
      readonly target: string;
      readonly hash: string;
    }
  | { readonly ok: false; readonly matchKey: string; readonly problems: readonly Problem[] };

/** Why the match key of a file's records cannot be the record's own. */
export const keylessFile =
  "A file’s records have no key of their own: choose a column or fields as the match key.";

/** The values of an action for one record. Wizard, dry run and run all use it, so that their complaints are the same. */
export function mapRecord(
  catalogue: ActionCatalogue,
  action: Action,
  writing: WritingSettings,
  record: MappableRecord,
): Mapped {
  const problems: Problem[] = [];
  const entries: [string, Json][] = [];
  for (const field of action.fields) {
    const mapping = Object.hasOwn(writing.mapping, field.name) ? writing.mapping[field.name] : undefined;
    const converted = mapping ? fieldValue(field, mapping, record.data) : ({ kind: "none" } as const);
    if (converted.kind === "value") entries.push([field.name, converted.value]);
    if (converted.kind === "refused") problems.push({ field: field.name, message: converted.message });
    if (converted.kind === "none" && field.isRequired) {
      problems.push({ field: field.name, message: missing(field, mapping) });
    }
  }
  const values: Values = Object.fromEntries(entries);
  const matchKey = matchKeyOf(action, writing, record, values);
  if (matchKey === "") problems.push({ field: null, message: withoutKey(writing, record) });
  // The connector judges values that are whole.
  if (problems.length === 0) problems.push(...catalogue.refuseValues(action.id, values));
  if (problems.length > 0) return { ok: false, matchKey, problems };
  return {
    ok: true,
    values,
    matchKey,
    target: catalogue.targetOf(action.id, values),
    hash: digestOf(canonicalJson(values)),
  };
}

function missing({ label }: ActionField, mapping: FieldMapping | undefined): string {
  if (!mapping) return `“${label}” is required, but not mapped.`;
  if (mapping.from === "column")
    return `“${label}” is required, but the column “${mapping.column}” is empty here.`;
  return mapping.from === "constant"
    ? `“${label}” is required, but its constant is empty.`
    : `“${label}” is required, but its text is empty here.`;
}

function withoutKey({ matchKey }: WritingSettings, record: MappableRecord): string {
  if (matchKey.kind === "column") return `The match key, the column “${matchKey.column}”, is empty here.`;
  if (matchKey.kind === "fields") return "The match key’s fields are all empty here.";
  return record.matchable === false ? keylessFile : "The record has no key.";
}
