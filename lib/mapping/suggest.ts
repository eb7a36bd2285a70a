import type { Action, ActionField } from "@/lib/connectors/action";
import type { Column } from "@/lib/connectors/streams";
import { canFit } from "./fit";
import { likeness } from "./likeness";
import type { FieldMapping, MatchKey } from "./types";

/** Names that mean the record itself, whatever it is. */
const ofTheRecord: ReadonlySet<string> = new Set(["id", "key", "slug", "name", "number", "version"]);

/**
 * The columns that fields are filled from until a person chooses: those of the same or a like name, by name, label and
 * hints of the field, whose type can fit. A hint such as "id" means the record itself, so it counts only where nothing
 * better is found, the type is the same, and no other field took the record's identity.
 */
export function suggestMapping(
  action: Action,
  columns: readonly Column[],
): Readonly<Record<string, FieldMapping>> {
  const chosen = new Map<string, string>();
  for (const field of action.fields) {
    const names = [field.name, field.label, ...field.columns.filter((hint) => !isOfTheRecord(hint))];
    const found = findColumn(names, field, columns);
    if (found) chosen.set(field.name, found);
  }
  let isIdentityTaken = false;
  for (const field of action.fields) {
    if (chosen.has(field.name) || isIdentityTaken) continue;
    const sameType = columns.filter(({ type }) => type === (field.type === "int" ? "int" : "text"));
    const found = findColumn(field.columns.filter(isOfTheRecord), field, sameType);
    if (!found) continue;
    chosen.set(field.name, found);
    isIdentityTaken = true;
  }
  return Object.fromEntries(
    action.fields.flatMap(({ name }): [string, FieldMapping][] => {
      const column = chosen.get(name);
      return column === undefined ? [] : [[name, { from: "column", column }]];
    }),
  );
}

/**
 * The match key until a person chooses: the action's own, as far as its fields are mapped. A file's records have no key,
 * so all mapped fields are theirs.
 */
export function suggestMatchKey(
  action: Action,
  mapping: Readonly<Record<string, FieldMapping>>,
  hasRecordKeys: boolean,
): MatchKey {
  if (action.matchKey === "record" && hasRecordKeys) return { kind: "record" };
  const wanted = action.matchKey === "record" ? action.fields.map(({ name }) => name) : action.matchKey;
  const mapped = wanted.filter((name) => Object.hasOwn(mapping, name));
  return { kind: "fields", fields: mapped.length > 0 || action.matchKey === "record" ? mapped : wanted };
}

function isOfTheRecord(hint: string): boolean {
  return ofTheRecord.has(likeness(hint));
}

/** The first column that is like one of the names, best name first; of several alike, one of the very name. */
function findColumn(
  names: readonly string[],
  field: ActionField,
  columns: readonly Column[],
): string | undefined {
  const fitting = columns.filter(({ type }) => canFit(field.type, type));
  for (const name of names) {
    const same = fitting.find((column) => column.name === name);
    const like = same ?? fitting.find((column) => likeness(column.name) === likeness(name));
    if (like) return like.name;
  }
  return undefined;
}
