import type { Action } from "@/lib/connectors/action";
import { nameMaxLength } from "@/lib/text/name-limits";

/** A name for a new destination: "Pull request comments from Findings". */
export function suggestDestinationName({ label }: Pick<Action, "label">, input: string): string {
  const name = `${plural(label)} from ${input}`.slice(0, nameMaxLength);
  // No half of a character at the end.
  return name.replace(/[\uD800-\uDBFF]$/, "").trim();
}

/** What a destination writes in a few words, such as "Pull request comments from Findings". */
export function writingInWords(
  action: Pick<Action, "label"> | null,
  id: string,
  input: string | null,
): string {
  return `${action ? plural(action.label) : id} from ${input ?? "nothing any more"}`;
}

function plural(given: string): string {
  const label = given.replace(/ an? /, " ");
  if (/(?:[^aeiou]s|ies|tions|rights)$/i.test(label)) return label;
  if (/(?:s|x|ch|sh)$/i.test(label)) return `${label}es`;
  return /[^aeiou]y$/i.test(label) ? `${label.slice(0, -1)}ies` : `${label}s`;
}
