import "server-only";
import { authorizationHeader, namedAccountOf, secretOf } from "@/lib/connectors/sign-in";
import type { SignIn } from "@/lib/connectors/types";
import { parseJson } from "./safe-json";
import { headerOf, mayBeJson, type ServerAnswer, writtenAccountName } from "./server-answer";

/** True if a text contains the secret that was sent. */
export type Tells = (text: string) => boolean;

/** A shorter secret occurs in ordinary words by chance: then only the secret as a whole text counts. */
const shortest = 4;

/**
 * Recognises a sign-in's secret in untrusted text: as it is, as Basic sends it, and in base64, hexadecimal and URL
 * encoding, ignoring case, spaces and invisible characters. Ignores the secret where the user name, which is not
 * secret, contains it. This guards against echoes; a hostile server can always encode the secret in its own way.
 */
export function echoOf(signIn: SignIn): Tells {
  return tellsOf(searched(signIn));
}

function searched(signIn: SignIn): string[] {
  const openly = bare(namedAccountOf(signIn) ?? "");
  return spellingsOf(signIn).filter((spelling) => spelling !== "" && !openly.includes(spelling));
}

function tellsOf(spellings: readonly string[]): Tells {
  const holds = (text: string) =>
    spellings.some((spelling) => (spelling.length < shortest ? text === spelling : text.includes(spelling)));
  return (text) => holds(bare(text)) || (text.includes("%") && holds(bare(decoded(text))));
}

/** Recognises a secret in pages of records. */
export type RecordEcho = {
  /**
   * A quick test for a whole page: true if it may contain the secret, so that it must be searched text by text. It reads
   * the bytes once, resolves the escapes of JSON and URLs, and ignores case, spaces and what is not ASCII; letters of
   * other widths are left to the slow search.
   */
  readonly mayTell: (body: Uint8Array) => boolean;
  readonly tells: Tells;
};

/**
 * Like `echoOf`, for what users want to read. A password that is short or a mere word occurs in records by chance: "main"
 * would take every branch of that name away. Of such a password, only the encoded forms count.
 */
export function echoInRecords(signIn: SignIn): RecordEcho {
  const plain = secretOf(signIn).use(bare);
  const isWord = plain.length < 8 || /^[\p{L}\p{M}]+$/u.test(plain);
  const spellings = searched(signIn).filter((spelling) => !isWord || spelling !== plain);
  const needles = spellings.map((spelling) => reduced(new TextEncoder().encode(spelling), {}));
  const isIn = (page: Buffer) => needles.some((needle) => page.includes(needle));
  return {
    tells: tellsOf(spellings),
    mayTell: (body) => {
      const page = reduced(body, { resolvesJson: true });
      // A percent sign may also be just that, right before the secret.
      return (
        isIn(page) ||
        (page.includes(percent) && isIn(reduced(body, { resolvesJson: true, resolvesUrls: true })))
      );
    },
  };
}

type Resolving = { readonly resolvesJson?: true; readonly resolvesUrls?: true };

const [backslash, percent, slash, letterU] = [0x5c, 0x25, 0x2f, 0x75];

/** What each byte counts as: visible ASCII in lower case, and nothing else. */
const countedAs = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte <= 0x20 || byte >= 0x7f) return 0;
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
});

/** The visible ASCII characters of a body in lower case, with escapes resolved. */
function reduced(body: Uint8Array, { resolvesJson, resolvesUrls }: Resolving): Buffer {
  const kept = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    let byte = body[at] ?? 0;
    if (resolvesJson && byte === backslash && at + 1 < body.length) {
      const next = body[at + 1] ?? 0;
      if (next === letterU && at + 5 < body.length) {
        const high = hexAt(body, at + 2);
        byte = high === 0 ? hexAt(body, at + 4) : -1;
        at += 5;
      } else {
        byte = next === backslash || next === slash || next === 0x22 ? next : 0;
        at += 1;
      }
    } else if (resolvesUrls && byte === percent && at + 2 < body.length) {
      const decodedByte = hexAt(body, at + 1);
      if (decodedByte >= 0) {
        byte = decodedByte;
        at += 2;
      }
    }
    // Looked up, and written even if it does not count: that halves the time of a page.
    const counted = countedAs[byte] ?? 0;
    kept[length] = counted;
    if (counted !== 0) length += 1;
  }
  return kept.subarray(0, length);
}

/** Two hexadecimal digits as a number; -1 if they are none. */
function hexAt(body: Uint8Array, at: number): number {
  const high = hexDigit(body[at] ?? 0);
  const low = hexDigit(body[at + 1] ?? 0);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function spellingsOf(signIn: SignIn): string[] {
  const basicToken = withoutEnd(authorizationHeader(signIn).replace(/^\w+ /, ""));
  return secretOf(signIn).use((secret) => {
    const bytes = Buffer.from(secret);
    const encoded = [bytes.toString("base64"), bytes.toString("base64url")].map(withoutEnd);
    // The key without its prefix counts, too: older keys had none.
    return [secret, secret.replace(/^BBDC-/, ""), ...encoded, bytes.toString("hex"), basicToken].map(bare);
  });
}

/**
 * An answer without any part that contains the secret, of everything that is stored or shown: account name, redirect
 * target, texts and numbers in JSON (replaced by null), or the whole of any other body. Error answers keep their
 * texts, which are only matched.
 */
export function withoutEcho(answer: ServerAnswer, tells: Tells): ServerAnswer {
  const shown = (name: string) => /^(?:x-ausername|location)$/i.test(name);
  const tellsAny = tells(writtenAccountName(answer)) || tells(headerOf(answer, "location"));
  const headers = tellsAny ? new Map([...answer.headers].filter(([name]) => !shown(name))) : answer.headers;
  const isGood = answer.status >= 200 && answer.status <= 299;
  return { status: answer.status, headers, body: isGood ? bodyWithoutEcho(answer, tells) : answer.body };
}

/** Like `withoutEcho`, for answers of which the words of refusals are kept and shown, too. */
export function allWithoutEcho(answer: ServerAnswer, tells: Tells): ServerAnswer {
  return { ...withoutEcho(answer, tells), body: bodyWithoutEcho(answer, tells) };
}

function bodyWithoutEcho(answer: ServerAnswer, tells: Tells): Uint8Array {
  const json = mayBeJson(answer) ? parseJson(answer.body) : undefined;
  if (json === undefined)
    return tells(new TextDecoder().decode(answer.body)) ? new Uint8Array() : answer.body;
  let isEcho = false;
  const text = JSON.stringify(json, (_key, value: unknown) => {
    if ((typeof value !== "string" && typeof value !== "number") || !tells(String(value))) return value;
    isEcho = true;
    return null;
  });
  return isEcho ? new TextEncoder().encode(text) : answer.body;
}

/** The last characters of base64 depend on what follows. */
function withoutEnd(base64: string): string {
  return base64.replace(/=+$/, "").slice(0, -1);
}

function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{C}\p{Z}\s]+/gu, "")
    .toLowerCase();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
