const refused = /[\0\p{Cs}]/gu;

/** Text as PostgreSQL stores it: NUL and half surrogate pairs, which it refuses, become U+FFFD. */
export function storableText(text: string): string {
  // The quick checks spare nearly all texts the search.
  const isClean = (text as Checked).isWellFormed() && !text.includes("\0");
  return isClean ? text : text.replaceAll(refused, "\uFFFD");
}

/** Node.js 20 has this method; the types of ES2023 do not. */
type Checked = string & { isWellFormed(): boolean };
