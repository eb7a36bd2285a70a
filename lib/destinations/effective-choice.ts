import type { Action, ActionField } from "@/lib/connectors/action";
import type { Column } from "@/lib/connectors/streams";
import { fittingWriting } from "@/lib/endpoints/read-writing";
import type { ChosenMapping, WritingChoice } from "@/lib/endpoints/writing-address";
import { usedColumns } from "@/lib/mapping/columns";
import { suggestMapping } from "@/lib/mapping/suggest";

/** Names the action and input that a mapping was made for: with others, what does not fit is suggested anew. */
export function madeFor({ action, input }: WritingChoice): string {
  return `${action}.${input?.id.slice(0, 8) ?? ""}`;
}

/**
 * The choice with a mapping for every field of the action: what the address says, else what the columns suggest. A
 * mapping that was made for another action or input counts only where it says something that fits.
 */
export function effectiveChoice(
  action: Action,
  typed: WritingChoice,
  columns: readonly Column[],
  previously: string | null,
): WritingChoice {
  const suggested = suggestMapping(action, columns);
  const choice = fittingWriting(action, typed);
  const isLaw = previously === null || previously === madeFor(typed);
  const known = new Set(columns.map(({ name }) => name));
  const mapping: Record<string, ChosenMapping> = {};
  for (const field of action.fields) {
    const said = choice.mapping[field.name];
    const stays = said !== undefined && (isLaw || fits(said, known));
    mapping[field.name] = stays ? said : (suggested[field.name] ?? blank(field, columns));
  }
  const isKeyGone = !isLaw && choice.matchKey.startsWith("column.") && !known.has(choice.matchKey.slice(7));
  return { ...choice, mapping, matchKey: isKeyGone ? "" : choice.matchKey };
}

// What a field has until a person chooses, where no column is like it.
function blank(field: ActionField, columns: readonly Column[]): ChosenMapping {
  if (!field.isRequired) return null;
  const isOfConstants = field.type === "choice" || field.type === "bool" || columns.length === 0;
  return isOfConstants ? { from: "constant", value: "" } : { from: "column", column: "" };
}

function fits(mapping: ChosenMapping, columns: ReadonlySet<string>): boolean {
  if (mapping === null || mapping.from === "constant") return mapping !== null && mapping.value !== "";
  if (mapping.from === "text" && mapping.text === "") return false;
  const used = usedColumns({
    action: "",
    mapping: { it: mapping },
    matchKey: { kind: "record" },
    allows: [],
  });
  return used.every((column) => columns.has(column));
}
