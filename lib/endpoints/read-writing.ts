import { isDeepStrictEqual } from "node:util";
import type { Action } from "@/lib/connectors/action";
import { findAction } from "@/lib/connectors/action-catalogues";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { suggestMatchKey } from "@/lib/mapping/suggest";
import type { FieldMapping, MatchKey, WritingSettings } from "@/lib/mapping/types";
import { isFreeOfKeys, keyRefused } from "@/lib/text/key-guard";
import type { Scheduled } from "./schedule";
import {
  columnKeyToken,
  columnOfKey,
  type InputRef,
  longestAddress,
  mappingFields,
  matchKeys,
  tooLongForAddress,
  type WritingChoice,
  writingAddress,
} from "./writing-address";

/** What a destination writes and where its records come from, or why not: at each field, and in one sentence. */
export type ReadWriting =
  | { readonly ok: true; readonly writing: WritingSettings; readonly input: InputRef }
  | { readonly ok: false; readonly fieldErrors: Readonly<Record<string, string>>; readonly message: string };

/**
 * Validates a choice as far as that is possible without the columns of its input. Mappings of another action's fields,
 * left over from an earlier choice, do not count.
 */
export function writingOf(connector: ConnectorKind, choice: WritingChoice): ReadWriting {
  const action = findAction(connector, choice.action);
  const errors: Record<string, string> = {};
  if (!action) errors.action = "Choose what to write.";
  if (!choice.input) errors[choice.inputKind] = inputMissing[choice.inputKind];
  if (!action || !choice.input) return refusal(errors);
  const fitting = fittingWriting(action, choice);
  for (const [name, mapping] of Object.entries(fitting.mapping)) {
    // Mappings are stored unencrypted and shown to others.
    if (!isFreeOfKeys(textIn(mapping))) errors[valueField(name, mapping)] = keyRefused;
  }
  if (writingAddress(fitting).toString().length > longestAddress)
    errors[longestField(fitting) ?? "key"] = `This text is too long. ${tooLongForAddress}`;
  const matchKey = matchKeyOf(action, fitting);
  if (!matchKey) errors.key = "Choose what makes two records the same one.";
  if (!matchKey || Object.keys(errors).length > 0) return refusal(errors);
  const mapping = mappingOf(fitting);
  return {
    ok: true,
    writing: { action: action.id, mapping, matchKey, allows: fitting.allows },
    input: choice.input,
  };
}

/** What decides over the schedules of a destination. */
export function scheduledOf(
  connector: ConnectorKind,
  { writing, input }: { readonly writing: WritingSettings; readonly input: InputRef | null },
): Scheduled {
  const action = findAction(connector, writing.action);
  return { hasSource: input?.kind === "source", dangerous: action?.danger ? action.label : null };
}

/** The choice without what belongs to other actions. */
export function fittingWriting(action: Action, choice: WritingChoice): WritingChoice {
  const own = new Set(action.fields.map(({ name }) => name));
  return {
    ...choice,
    mapping: Object.fromEntries(Object.entries(choice.mapping).filter(([name]) => own.has(name))),
    allows: choice.allows.filter((danger) => danger === action.danger),
  };
}

/** The choice that stored settings come from. */
export function choiceOf(
  action: Action | null,
  writing: WritingSettings,
  input: InputRef | null,
): WritingChoice {
  const unsent = Object.fromEntries((action?.fields ?? []).map(({ name }) => [name, null]));
  return {
    action: writing.action,
    inputKind: input?.kind ?? "source",
    input,
    mapping: { ...unsent, ...writing.mapping },
    matchKey: tokenOf(action, writing, input?.kind === "source"),
    allows: writing.allows,
  };
}

/** The name of the control that holds a field's value. */
export function valueField(name: string, mapping: FieldMapping | null): string {
  const names = mappingFields(name);
  if (mapping?.from === "column") return names.column;
  if (mapping?.from === "constant") return names.constant;
  return mapping?.from === "text" ? names.text : names.from;
}

const inputMissing = {
  source: "Choose a data set. Its records are what is written.",
  upload: "Upload a file. Its records are what is written.",
};

/** The match key of a choice; null for a column that is not named. */
function matchKeyOf(action: Action, choice: WritingChoice): MatchKey | null {
  const column = columnOfKey(choice.matchKey);
  if (column !== null) return column === "" ? null : { kind: "column", column };
  const mapping = mappingOf(choice);
  const hasRecordKeys = choice.inputKind === "source";
  if (choice.matchKey === matchKeys.record && hasRecordKeys) return { kind: "record" };
  if (choice.matchKey !== matchKeys.mapped) return suggestMatchKey(action, mapping, hasRecordKeys);
  return { kind: "fields", fields: mappedFields(action, mapping) };
}

/** The fields that are sent. */
function mappingOf({ mapping }: WritingChoice): Readonly<Record<string, FieldMapping>> {
  const sent: Record<string, FieldMapping> = {};
  for (const [name, chosen] of Object.entries(mapping)) if (chosen) sent[name] = chosen;
  return sent;
}

function mappedFields(action: Action, mapping: Readonly<Record<string, FieldMapping>>): string[] {
  return action.fields.map(({ name }) => name).filter((name) => Object.hasOwn(mapping, name));
}

/** The value of the select *Match key* for a stored match key. */
function tokenOf(
  action: Action | null,
  { matchKey, mapping }: WritingSettings,
  hasRecordKeys: boolean,
): string {
  if (matchKey.kind === "column") return columnKeyToken(matchKey.column);
  if (matchKey.kind === "record" || !action) return matchKeys.record;
  const isSuggested = isDeepStrictEqual(suggestMatchKey(action, mapping, hasRecordKeys), matchKey);
  const isAll = isDeepStrictEqual(mappedFields(action, mapping), matchKey.fields);
  return isAll && !isSuggested ? matchKeys.mapped : matchKeys.suggested;
}

function textIn(mapping: FieldMapping | null): string {
  if (mapping?.from === "constant") return mapping.value;
  return mapping?.from === "text" ? mapping.text : "";
}

function longestField({ mapping }: WritingChoice): string | null {
  const [longest] = Object.entries(mapping).sort(
    ([, one], [, other]) => textIn(other).length - textIn(one).length,
  );
  return longest ? valueField(...longest) : null;
}

function refusal(fieldErrors: Record<string, string>): ReadWriting {
  const [first = "Choose what to write."] = Object.values(fieldErrors);
  return { ok: false, fieldErrors, message: `${first} Go back to the step Data.` };
}
