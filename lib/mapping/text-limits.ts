import type { ActionField } from "@/lib/connectors/action";
import { grouped } from "@/lib/text/count-of";
import { shortenedByHash } from "./hash";

/** A text as the field takes it, shortened where the field says so, or why it is refused. */
export function refusedText(
  { label, shortest, longest, pattern, isShortened }: ActionField,
  given: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string } {
  const text = isShortened && longest !== null ? shortenedByHash(given, longest) : given;
  if (longest !== null && text.length > longest) {
    return refused(`“${label}” is longer than ${grouped(longest)} characters: ${grouped(text.length)}.`);
  }
  if (shortest !== null && text.length < shortest) {
    return refused(`“${label}” is shorter than ${grouped(shortest)} characters: ${grouped(text.length)}.`);
  }
  if (pattern && !wholly(pattern.source).test(text)) return refused(pattern.words);
  return { ok: true, text };
}

function refused(message: string) {
  return { ok: false as const, message };
}

const compiled = new Map<string, RegExp>();

/** Sources come from the catalogues alone, so that the map stays small. */
function wholly(source: string): RegExp {
  const known = compiled.get(source) ?? new RegExp(`^(?:${source})$`, "u");
  compiled.set(source, known);
  return known;
}
