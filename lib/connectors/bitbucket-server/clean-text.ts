import { maskApiKeys } from "@/lib/text/api-key-shape";

/** Control, direction, zero-width and private characters: they move or hide the text around them. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]+/gu;

/**
 * Makes untrusted text safe to store and show as data: no invisible characters, at most `maximum` code points, no API
 * key. Null if nothing is left. Callers still escape it for HTML, logs and CSV.
 */
export function cleanText(text: string, maximum: number): string | null {
  // Cut first, so that a megabyte of name is not searched.
  const clean = text
    .slice(0, maximum * 4)
    .replace(unseen, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const cut = Array.from(clean).slice(0, maximum).join("").trimEnd();
  return cut === "" ? null : maskApiKeys(cut);
}
