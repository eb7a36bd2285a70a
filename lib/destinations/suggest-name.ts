import type { Action } from "@/lib/connectors/action";
import { cut, isNamedAfter } from "@/lib/endpoints/suggest-name";

/**
 * A name for a new destination: "Pull request comments from Findings". Records that are named after what is written go "to"
 * the server, so that nothing is called "Tags from Tags".
 */
export function suggestDestinationName(
  { label }: Pick<Action, "label">,
  input: string,
  server: string,
): string {
  const what = plural(label);
  return cut(isNamedAfter(input, what) ? `${input} to ${server}` : `${what} from ${input}`);
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
