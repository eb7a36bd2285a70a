import { undoEscapes } from "./around-address";

/** Invisible characters: controls, zero-width and direction marks, fillers and variation selectors. */
const unseen = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0`;
const unseenAnywhere = new RegExp(`[${unseen}]+`, "gu");
const aroundText = new RegExp(`^[\\s${unseen}]+|[\\s${unseen}]+$`, "gu");
/** Hyphens and dashes that word processors use in place of a plain one. */
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/gu;
/** The length of a name, a colon and a key in base64. */
const longBase64 = /[A-Za-z0-9+/_-]{56,}={0,2}/g;
/** Longer texts are read up to here; no request carries more. */
const longestRead = 100_000;

/** A name or key without the space and invisible characters around it that are pasted along. */
export function trimUnseen(text: string): string {
  return text.replace(aroundText, "");
}

/** True if a text begins or ends with space or an invisible character. */
export function hasUnseenAround(text: string): boolean {
  return trimUnseen(text) !== text;
}

/**
 * The possible readings of a pasted text, the likeliest first: without invisible characters, with plain letters and
 * dashes and without the escapes of URLs, HTML and JSON; unchanged; and what its base64 decodes to, as in an
 * `Authorization: Basic` header.
 */
export function readingsOf(text: string): readonly string[] {
  const readings = [plainOf(text.slice(0, longestRead))];
  // A URL can be nested in a parameter of another one.
  for (let depth = 0; depth < 3; depth += 1) {
    const [last = ""] = readings;
    const decoded = plainOf(decodePercent(undoEscapes(last)));
    if (decoded === last) break;
    readings.unshift(decoded);
  }
  const [decoded = ""] = readings;
  // In a URL, a plus stands for a space.
  for (const [token] of `${decoded} ${decoded.replaceAll("+", " ")}`.matchAll(longBase64)) {
    readings.push(decodeBase64(token));
  }
  return readings;
}

function plainOf(text: string): string {
  return text.normalize("NFKC").replace(dashes, "-").replace(unseenAnywhere, keepBreaks);
}

// A line break separates words; all other invisible characters occur within one.
function keepBreaks(characters: string): string {
  return /[\t\n\v\f\r\u2028\u2029]/.test(characters) ? "\n" : "";
}

function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** What base64 decodes to, if printable ASCII; else empty. */
export function decodeBase64(base64: string): string {
  try {
    const text = atob(base64.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/"));
    return /^[\x20-\x7e]*$/.test(text) ? text : "";
  } catch {
    return "";
  }
}
