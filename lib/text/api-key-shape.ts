import { readingsOf } from "./pasted-text";

/**
 * What a Bitbucket API key looks like; the one place that knows. Today's begin with `BBDC-`, then 40 to 50 characters,
 * nearly always 44 (secret-scanning example in Atlassian's REST documentation; trufflehog PR 4883). Those 44, and older
 * keys as a whole, are base64 of 12 digits (the key's id, no secret by itself), a colon and 20 random bytes
 * (`RestRawAccessToken`, https://developer.atlassian.com/server/bitbucket/rest/).
 */
const randomBytes = 20;
const idDigits = 12;
/** Fewer would be read into text that is no key. */
const fewestDigits = 6;

/** A key-shaped piece of a text. `isWhole` is false where characters are missing, changed or glued to it. */
export type KeyPiece = {
  readonly text: string;
  readonly at: number;
  readonly id: string | null;
  readonly isWhole: boolean;
};

/** What a text says about API keys. `username` is the name that stands before the key, as in `jane:KEY`. */
export type KeyReading =
  | { readonly kind: "none" | "incomplete" | "several" }
  | {
      readonly kind: "key";
      readonly key: string;
      readonly id: string | null;
      readonly username: string | null;
    };

const prefixed = /BBDC-([A-Za-z0-9+/@_-]*={0,2})/gi;
/** Two groups of three digits in base64: every key has them at its beginning, and hardly anything else does. */
const digitsInBase64 = /(?:[MNO][DTjz][A-Za-z0-9]{2}){2}/g;
const longestBody = 80;

/**
 * Finds the API key in whatever was pasted: `Bearer KEY`, `"KEY"`, `jane:KEY`, `TOKEN=KEY`, a curl command, with
 * invisible characters in it or encoded as in an address. Pure, never throws; also for text of any length.
 */
export function readApiKey(text: string): KeyReading {
  let isPartial = false;
  for (const reading of readingsOf(text)) {
    const pieces = keyPieces(reading);
    const keys = new Set(pieces.map((piece) => piece.text));
    const [first] = pieces;
    if (first === undefined) continue;
    if (pieces.some(({ isWhole }) => !isWhole)) isPartial = true;
    else if (keys.size > 1) return { kind: "several" };
    else {
      return { kind: "key", key: first.text, id: first.id, username: nameBefore(reading.slice(0, first.at)) };
    }
  }
  if (isPartial || hasBrokenKey(text)) return { kind: "incomplete" };
  return { kind: "none" };
}

/** True for text that holds an API key or a part of one that can be known: it may not be looked up, kept, logged or shown. */
export function holdsApiKey(text: string): boolean {
  return readApiKey(text).kind !== "none";
}

/** True for text that is a whole API key of either shape and nothing else; space around it is forgiven. */
export function looksLikeApiKey(text: string): boolean {
  const reading = readApiKey(text);
  return reading.kind === "key" && reading.key === text.trim();
}

/** The id of a key, which is no secret by itself: the digits before the colon. Null where the key does not tell it. */
export function apiKeyId(text: string): string | null {
  const reading = readApiKey(text);
  return reading.kind === "key" ? reading.id : null;
}

/**
 * True for text that is more likely a key than a name or a password: long, one word, letters of both cases and digits.
 * For places where nothing else would make sense, should Atlassian change the shape of its keys.
 */
export function mayBeApiKey(text: string): boolean {
  const key = text.trim();
  if (holdsApiKey(key)) return true;
  return /^[A-Za-z0-9+/_=-]{32,255}$/.test(key) && /[A-Z]/.test(key) && /[a-z]/.test(key) && /\d/.test(key);
}

/** A text with every API key and every part of one replaced by `[API key]`; other text comes back as it is. */
export function maskApiKeys(text: string): string {
  if (!holdsApiKey(text)) return text;
  const masked = keyPieces(text).reduceRight(
    (rest, piece) => `${rest.slice(0, piece.at)}[API key]${rest.slice(piece.at + piece.text.length)}`,
    text,
  );
  // One that is encoded, or has invisible characters in it: nothing of the text is worth the risk.
  return holdsApiKey(masked) ? "[API key]" : masked;
}

/** The key-shaped pieces of a text as it stands, in order. */
export function keyPieces(text: string): readonly KeyPiece[] {
  const today = [...text.matchAll(prefixed)].flatMap((match) => todaysKey(text, match) ?? []);
  const isTaken = (at: number) => today.some((piece) => at >= piece.at && at < piece.at + piece.text.length);
  const older: KeyPiece[] = [];
  for (const { index } of text.matchAll(digitsInBase64)) {
    const last = older.at(-1);
    if (isTaken(index) || (last && index < last.at + last.text.length)) continue;
    const piece = olderKey(text, index);
    if (piece) older.push(piece);
  }
  return [...today, ...older].sort((one, other) => one.at - other.at);
}

function todaysKey(text: string, match: RegExpMatchArray): KeyPiece | null {
  const [whole, run = ""] = match;
  const at = match.index ?? 0;
  const prefix = whole.slice(0, whole.length - run.length);
  const isExact = prefix === "BBDC-" && !isWordCharacter(text[at - 1]);
  const payload = payloadOf(run);
  if (payload) {
    const { length, id, isComplete } = payload;
    const isWhole = isExact && isComplete && !/[A-Za-z0-9+]/.test(run[length] ?? "");
    return { text: prefix + (isWhole ? run.slice(0, length) : run), at, id, isWhole };
  }
  // What follows a key of the usual length, as in "KEY@bitbucket", is no part of it.
  const body = run.length > 50 ? (/^([A-Za-z0-9+/]{44})[@/]/.exec(run)?.[1] ?? run) : run;
  const isLong = prefix === "BBDC-" && body.length >= 40 && /[A-Z0-9]/.test(body);
  if (isLong) return { text: prefix + body, at, id: null, isWhole: isExact && body.length <= 50 };
  return isDense(run) ? { text: whole, at, id: null, isWhole: false } : null;
}

function olderKey(text: string, at: number): KeyPiece | null {
  const run = /^[A-Za-z0-9+/]*={0,2}/.exec(text.slice(at, at + longestBody))?.[0] ?? "";
  const payload = payloadOf(run);
  if (!payload?.hasColon) return null;
  const { length, id, isComplete } = payload;
  // "BBDC-" with its first letters missing, or something glued to it.
  const isCut = isWordCharacter(text[at - 1]) || /(?:^|[^A-Za-z0-9])(?:BDC|DC|C)-$/.test(text.slice(0, at));
  const isWhole = isComplete && !isCut && !/[A-Za-z0-9+]/.test(run[length] ?? "");
  return { text: isWhole ? run.slice(0, length) : run, at, id, isWhole };
}

/** What base64 that begins with a key's digits holds, and how many of its characters belong to the key; null for all else. */
function payloadOf(run: string) {
  const base64 = /^[A-Za-z0-9+/]*/.exec(run.slice(0, longestBody))?.[0] ?? "";
  const bytes = decodeStart(base64);
  const digits = /^\d*/.exec(bytes)?.[0] ?? "";
  const hasColon = bytes[digits.length] === ":";
  if (digits.length < fewestDigits || (!hasColon && digits.length < idDigits)) return null;
  const byteLength = digits.length + 1 + randomBytes;
  const unpadded = Math.ceil((byteLength * 8) / 6);
  const padding = /^=*/.exec(run.slice(unpadded))?.[0].length ?? 0;
  const isComplete = hasColon && digits.length >= idDigits && bytes.length >= byteLength;
  return { id: isComplete ? digits : null, hasColon, isComplete, length: unpadded + padding };
}

function decodeStart(base64: string): string {
  const cut = base64.length % 4 === 1 ? base64.slice(0, -1) : base64;
  return atob(cut);
}

/** Part of a random text: twenty characters without a break, of both cases and with digits, or many in one case. */
function isDense(run: string): boolean {
  const stretch = /[A-Za-z0-9+/]{20,}/.exec(run)?.[0] ?? "";
  if (!/[A-Za-z]/.test(stretch)) return false;
  if (/[A-Z]/.test(stretch) && /[a-z]/.test(stretch)) return /\d/.test(stretch);
  return stretch.length >= 30 && (stretch.match(/\d/g) ?? []).length >= 3;
}

/** A key that white space parts, as a line break in an e-mail does. */
function hasBrokenKey(text: string): boolean {
  return readingsOf(text).some((reading) => {
    const joined = reading.replace(/\s+/g, "");
    return joined !== reading && keyPieces(joined).some(({ id }) => id !== null);
  });
}

/** Words that say what a key is, and are nobody's name. */
const label =
  /(?:^|[-_.])(?:authorization|bearer|token|key|apikey|api|pat|password|passwd|pass|pw|secret|auth)(?:$|[-_.])/i;

function nameBefore(text: string): string | null {
  const name = /(?:^|[\s"'`=/])([^\s:"'`=/]+):["'`]?$/u.exec(text)?.[1] ?? null;
  return name === null || label.test(name) ? null : name;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9]/.test(character);
}
