import { maskApiKeys } from "@/lib/text/api-key-shape";

/** Controls, direction marks, zero-width and private characters: they move or hide what stands around them. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]+/gu;

/**
 * Makes text from outside fit to be stored and shown as data: no invisible characters, no more than `maximum` code
 * points, no API key. Null when nothing is left. Escaping for HTML, logs and CSV remains the task of those who write them.
 */
export function cleanText(text: string, maximum: number): string | null {
  // Cut first: a megabyte of name need not be searched.
  const clean = text
    .slice(0, maximum * 4)
    .replace(unseen, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const cut = Array.from(clean).slice(0, maximum).join("").trimEnd();
  return cut === "" ? null : maskApiKeys(cut);
}
