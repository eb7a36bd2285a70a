import { readingsOf } from "./pasted-text";

/**
 * The shape of a Bitbucket API key; no other file knows it. Current keys begin with `BBDC-`, then 40 to 50
 * characters, nearly always 44 (secret-scanning example in Atlassian's REST documentation; trufflehog PR 4883). Those
 * 44, and older keys as a whole, are base64 of 12 digits (the key's id, not secret by itself), a colon and 20 random
 * bytes (`RestRawAccessToken`, https://developer.atlassian.com/server/bitbucket/rest/).
 */
const randomBytes = 20;
const idDigits = 12;
/** With fewer digits, text that is no key would match. */
const fewestDigits = 6;

/** A key-shaped piece of a text. `isWhole` is false if characters are missing, changed or glued to it. */
export type KeyPiece = {
  readonly text: string;
  readonly at: number;
  readonly id: string | null;
  readonly isWhole: boolean;
};

/** The API keys in a text. `username` is the name before the key, as in `jane:KEY`. */
export type KeyReading =
  | { readonly kind: "none" | "incomplete" | "several" }
  | {
      readonly kind: "key";
      readonly key: string;
      readonly id: string | null;
      readonly username: string | null;
    };

const prefixed = /BBDC-([A-Za-z0-9+/@_-]*={0,2})/gi;
/** Two groups of three digits in base64: every key begins with them, and hardly anything else does. */
const digitsInBase64 = /(?:[MNO][DTjz][A-Za-z0-9]{2}){2}/g;
const longestBody = 80;

/**
 * Finds the API key in a pasted text: `Bearer KEY`, `"KEY"`, `jane:KEY`, `TOKEN=KEY`, a curl command, also with
 * invisible characters or URL-encoded. Pure, never throws; also for text of any length.
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

/** True for text with an API key or a recognisable part of one: it must not be searched for, stored, logged or shown. */
export function holdsApiKey(text: string): boolean {
  return readApiKey(text).kind !== "none";
}

/** True for text that consists of one whole API key of either shape; ignores surrounding space. */
export function looksLikeApiKey(text: string): boolean {
  const reading = readApiKey(text);
  return reading.kind === "key" && reading.key === text.trim();
}

/** A key's id, which is not secret by itself: the digits before the colon. Null if the key does not contain it. */
export function apiKeyId(text: string): string | null {
  const reading = readApiKey(text);
  return reading.kind === "key" ? reading.id : null;
}

/**
 * True for text that is more likely a key than a name or a password: long, one word, letters of both cases and
 * digits. For places where no other reading makes sense, in case Atlassian changes the shape of its keys.
 */
export function mayBeApiKey(text: string): boolean {
  const key = text.trim();
  if (holdsApiKey(key)) return true;
  return /^[A-Za-z0-9+/_=-]{32,255}$/.test(key) && /[A-Z]/.test(key) && /[a-z]/.test(key) && /\d/.test(key);
}

/** A text with every API key and every part of one replaced by `[API key]`; other text is unchanged. */
export function maskApiKeys(text: string): string {
  if (!holdsApiKey(text)) return text;
  const masked = keyPieces(text).reduceRight(
    (rest, piece) => `${rest.slice(0, piece.at)}[API key]${rest.slice(piece.at + piece.text.length)}`,
    text,
  );
  // An encoded key, or one with invisible characters, cannot be cut out: the whole text is replaced.
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
  // Text after a key of the usual length, as in "KEY@bitbucket", does not belong to it.
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
  // "BBDC-" without its first letters, or with text glued to it.
  const isCut = isWordCharacter(text[at - 1]) || /(?:^|[^A-Za-z0-9])(?:BDC|DC|C)-$/.test(text.slice(0, at));
  const isWhole = isComplete && !isCut && !/[A-Za-z0-9+]/.test(run[length] ?? "");
  return { text: isWhole ? run.slice(0, length) : run, at, id, isWhole };
}

/**
 * The decoded text of base64 that begins with a key's digits, and how many of its characters belong to the key; null
 * for anything else.
 */
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

/** True for a key split by white space, such as a line break in an e-mail. */
function hasBrokenKey(text: string): boolean {
  return readingsOf(text).some((reading) => {
    const joined = reading.replace(/\s+/g, "");
    return joined !== reading && keyPieces(joined).some(({ id }) => id !== null);
  });
}

/** Words that label a key, and are not a name. */
const label =
  /(?:^|[-_.])(?:authorization|bearer|token|key|apikey|api|pat|password|passwd|pass|pw|secret|auth)(?:$|[-_.])/i;

function nameBefore(text: string): string | null {
  const name = /(?:^|[\s"'`=/])([^\s:"'`=/]+):["'`]?$/u.exec(text)?.[1] ?? null;
  return name === null || label.test(name) ? null : name;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9]/.test(character);
}
