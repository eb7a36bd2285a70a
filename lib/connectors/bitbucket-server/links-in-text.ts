import { embeddingHosts } from "./link-wrappers";

/** The links in a text, in order; `isBroken` if a space or an invisible character cuts one of them. */
export type LinksInText = { readonly links: readonly string[]; readonly isBroken: boolean };

// Characters that end a link inside other text; brackets and quotes of any script are among them.
const ending = String.raw`\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"'\x60´<>|\\^,;{}\p{Pi}\p{Pf}\p{Ps}\p{Pe}、，；：！？…؟،`;
const part = `(?:(?!https?://)[^${ending}?#])`;
const host = String.raw`(?:${part}*@)?(?:\[[0-9a-f:.]+\])?`;
const linkPattern = new RegExp(
  [
    `https?://(?:${embeddingHosts})/[^\\s"'<>()|\\]]+`,
    `(?:https?:/{1,3})+${host}${part}*(?:[?#][^${ending}]*)?`,
    `ssh://${host}${part}*`,
    String.raw`(?<![\w.@:/-])(?:git@[\p{L}\p{N}._-]+:|[\w.-]+@[\p{L}\p{N}._-]+:(?=[^\s:]*(?:/|\.git)))[^${ending}?#]+`,
  ].join("|"),
  "giu",
);
const schemeWord = /^(?:https?:\/*)+(?:(?:https?|ssh|git|ftp|clone)(?::|\/|$)|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: no text that people paste has them, only tricks
const control = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/;
/** A header line below an address: a pasted request, or an attempt at header injection. */
const headerLine = /^\s*\n(?:[a-z]+-[a-z-]+|host|cookie|location): /i;
const invisible = String.raw`\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff`;

/**
 * Finds `http(s)://`, `ssh://` and scp-like links in prose, markup, configuration and commands; percent-encoded ones
 * (`cloneUrl=https%3A%2F%2F…`) only if the text has no others. Pure; never throws.
 */
export function linksInText(text: string): LinksInText {
  const plain = findLinks(text);
  if (plain.links.length > 0 || plain.isBroken || !/https?%3A%2F%2F|ssh%3A%2F%2F/i.test(text)) return plain;
  return findLinks(text.replace(/(?:https?|ssh)%3A%2F%2F[^\s&"'<>]*/gi, decodeOrKeep));
}

function findLinks(text: string): LinksInText {
  if (control.test(text)) return { links: [], isBroken: true };
  const links: string[] = [];
  for (const match of text.matchAll(linkPattern)) {
    const link = trimEnd(match[0], text.slice(0, match.index));
    if (schemeWord.test(link)) continue;
    if (isCut(link, text.slice(match.index + match[0].length))) return { links: [], isBroken: true };
    links.push(link);
  }
  return { links, isBroken: false };
}

/** Removes the punctuation and emphasis of the surrounding sentence from a link's end. */
function trimEnd(link: string, textBefore: string): string {
  const mark = /[*_~]$/.exec(textBefore)?.[0];
  const ends = mark === undefined ? /[.:!?。।*]+$/u : new RegExp(`[.:!?。।*${mark}]+$`, "u");
  return link.replace(ends, "").replace(/(?<=[a-z\d]\.[a-z]{2,})[。।].*$/iu, "");
}

/** True if the following text may belong to the link, so that its host could be incomplete. */
function isCut(link: string, rest: string): boolean {
  if (new RegExp(`^[${invisible}]+[\\p{L}\\p{N}.:/@-]`, "u").test(rest)) return true;
  if (headerLine.test(rest)) return true;
  if (/^\\(?![nrtu"'\s]|$)/.test(rest)) return true;
  const authority = /^(?:\w+:\/*)+([^/?#]*)$/.exec(link)?.[1];
  if (authority === undefined) return isCutPath(link, rest);
  const hasDot = authority.replace(/:\d*$/, "").includes(".") || authority.startsWith("[");
  if (/^\s+[./:][\p{L}\p{N}]/u.test(rest)) return true;
  // A password may contain a character that ends a link; the user name would then be taken for the host.
  const run = /^\s?[^\s]*/.exec(rest)?.[0] ?? "";
  if ((authority.includes(":") || !hasDot) && run.includes("@")) return true;
  return !hasDot && /^\s+[\p{L}\p{N}-]+\.[\p{L}\p{N}]/u.test(rest);
}

/** A single word after a path and a space is ambiguous: it may belong to the path. */
function isCutPath(link: string, rest: string): boolean {
  return !/[?#]/.test(link) && /^[^/]*\/\/[^/]*\/[^/]+$/.test(link) && /^ [\p{L}\p{N}_-]+$/u.test(rest);
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
