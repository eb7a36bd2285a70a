import { spellOutHost } from "@/lib/text/punycode";

const edges =
  /^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/gu;
/** RFC 5321 "dot-string", with the letters of RFC 6531; quoted names are not supported. */
const atom = String.raw`[\p{L}\p{M}\p{N}!#$%&'*+/=?^_\x60{|}~-]+`;
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`, "u");
const writtenDomain = /^[\p{L}\p{M}\p{N}.。．｡-]+$/u;
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const domainName = new RegExp(`^(?:${label}\\.)+(?!\\d+$)${label}$`);

const longestLocalPart = 64;
const longestEmail = 254;

/** An email address in its stored spelling, or the error for its field. */
export type ReadEmail =
  | { readonly ok: true; readonly email: string }
  | { readonly ok: false; readonly message: string };

/**
 * Reads a typed or pasted email address: drops `mailto:` and surrounding space, lower-cases it, and converts a domain
 * in other letters to its `xn--` spelling, so both spellings are one account. Allows what RFC 5321 and 6531 allow
 * without quotes (`jane&joe@x.io`, `o'neil+tag@x.museum`). Pure, never throws, browser-safe.
 */
export function readEmail(typed: string): ReadEmail {
  const text = typed
    .replace(edges, "")
    .replace(/^mailto:/i, "")
    .normalize("NFC");
  if (text === "") return refuse("Enter an email address.");
  // Checked before any work on the text; its length in bytes can only be greater.
  if (text.length > longestEmail) return tooLong();
  const at = text.lastIndexOf("@");
  if (at < 0) return refuse("Enter an email address such as jane@example.com. This has no @.");
  const local = text.slice(0, at).toLowerCase().normalize("NFC");
  const domain = asciiDomain(text.slice(at + 1));
  if (!localPart.test(local)) {
    return refuse(
      "Enter an email address such as jane@example.com. Before the @ is something that cannot be there.",
    );
  }
  if (domain === null) {
    return refuse(
      "Enter an email address such as jane@example.com. After the @ goes a domain with a dot in it.",
    );
  }
  const email = `${local}@${domain}`;
  return bytesOf(local) > longestLocalPart || bytesOf(email) > longestEmail ? tooLong() : { ok: true, email };
}

function asciiDomain(written: string): string | null {
  if (!writtenDomain.test(written)) return null;
  try {
    const { hostname } = new URL(`http://${written}`);
    return domainName.test(hostname) && spellsLetters(hostname) ? hostname : null;
  } catch {
    return null;
  }
}

/** True if each `xn--` label decodes to letters: Node.js 20 refuses any other by itself, Node.js 24 does not. */
function spellsLetters(hostname: string): boolean {
  const spelled = spellOutHost(hostname);
  return writtenDomain.test(spelled) && !/(?:^|\.)xn--/.test(spelled);
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

const refuse = (message: string): ReadEmail => ({ ok: false, message });

function tooLong(): ReadEmail {
  return refuse(
    `An email address has at most ${longestEmail} characters, and at most ${longestLocalPart} of them before the @.`,
  );
}
