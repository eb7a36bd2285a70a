import type { Action } from "@/lib/connectors/action";
import type { Column } from "@/lib/connectors/streams";
import { columnKeyToken, matchKeys, type WritingChoice } from "@/lib/endpoints/writing-address";
import { suggestMatchKey } from "@/lib/mapping/suggest";
import type { FieldMapping } from "@/lib/mapping/types";
import type { KeyOption } from "./types";

/** The values of the select *Match key*: what the action suggests first. */
export function keyOptions(
  action: Action,
  choice: WritingChoice,
  columns: readonly Column[],
): readonly KeyOption[] {
  const mapping: Record<string, FieldMapping> = {};
  for (const [name, chosen] of Object.entries(choice.mapping)) if (chosen) mapping[name] = chosen;
  const hasRecordKeys = choice.inputKind === "source";
  const suggested = suggestMatchKey(action, mapping, hasRecordKeys);
  const labels = new Map(action.fields.map(({ name, label }) => [name, label]));
  const named = (names: readonly string[]) => names.map((name) => labels.get(name) ?? name).join(", ");
  const mapped = action.fields.map(({ name }) => name).filter((name) => Object.hasOwn(mapping, name));
  const isRecord = suggested.kind === "record";
  const fields = suggested.kind === "fields" ? suggested.fields : [];
  const recordKey = { value: matchKeys.record, label: "The record’s own key" };
  return [
    ...(isRecord ? [recordKey] : []),
    ...(fields.length > 0 ? [{ value: matchKeys.suggested, label: named(fields) }] : []),
    ...(mapped.length > 0 && mapped.join() !== fields.join()
      ? [{ value: matchKeys.mapped, label: `All that is sent: ${named(mapped)}` }]
      : []),
    ...(hasRecordKeys && !isRecord ? [recordKey] : []),
    ...columns.map(({ name }) => ({ value: columnKeyToken(name), label: `Column ${name}` })),
  ];
}
