/** Space, invisible characters, and the quotes and brackets of any script. */
const blank = String.raw`\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff`;
const quote = String.raw`"'\x60´＂＇<>\p{Pi}\p{Pf}\p{Ps}\p{Pe}`;
const before = new RegExp(`^[${blank}${quote}]+`, "u");
const after = new RegExp(`(?:[${blank}${quote},;!…。、，；！？؟،।]|(?<=[${quote}])\\.)+$`, "u");

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/**
 * Undoes how programs write an address into other text: HTML entities, escaped slashes of JSON, full-width `：／／`, a
 * space inside `https:// host`. Changes no other text.
 */
export function undoEscapes(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, readEntity)
    .replaceAll("\\/", "/")
    .replace(/(https?)[:：][/／]{2}/gi, "$1://")
    .replace(/(https?) ?: ?\/\/ *(?=[\p{L}\p{N}-]+\.[\p{L}\p{N}])/giu, "$1://");
}

function readEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Removes what surrounds a pasted text: space, quotes and brackets of any language, the end of a sentence. */
export function unwrapText(text: string): string {
  if (/^\s*\[[0-9a-f:.]+\]/i.test(text)) return withoutFullStop(text.trim());
  const opened = text.replace(before, "");
  const bare = opened.replace(after, "");
  // The closing bracket of an IPv6 host belongs to the host.
  const isOpen = /^(?:\w+:\/+)?[^/]*\[[0-9a-f:.]+$/i.test(bare) && opened[bare.length] === "]";
  return withoutFullStop(withoutEmphasis(isOpen ? `${bare}]` : bare));
}

/** A dot after a path ends a sentence; after a host it is the DNS root, and "/.." is a path. */
function withoutFullStop(text: string): string {
  const beginning = /^\w+:\/+/.exec(text)?.[0] ?? "";
  const rest = text.slice(beginning.length);
  return beginning + rest.replace(/^([^/?#]+\/[^?#]*[^./:])[.:]+$/su, "$1");
}

function withoutEmphasis(text: string): string {
  const marks = /^([*_~]{1,3})(.+)\1$/s.exec(text);
  return marks?.[2] === undefined ? text : unwrapText(marks[2]);
}
