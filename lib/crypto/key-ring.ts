import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { decrypt, encrypt, KEY_BYTES, NONCE_BYTES, TAG_BYTES } from "./aes-gcm";
import { type KeyWrapper, type WrapContext, type WrappedKey, WrappingKeyError } from "./key-wrapper";
import { lengthPrefixed } from "./length-prefixed";

const WRAP_VERSION = 1;
const WRAPPED_BYTES = 1 + NONCE_BYTES + TAG_BYTES + KEY_BYTES;

/** Short on purpose: a key pasted in place of its id is longer, so it is never taken for an id and echoed. */
const KEY_ID = /^[A-Za-z0-9._-]{1,16}$/;

/** A ring, or every problem of the text in plain words. */
export type KeyRingParse = { ok: true; ring: KeyRing } | { ok: false; problems: string[] };

type EntryParse = { id: string; key: KeyObject } | { problem: string };

/** Wrapping keys in this process's memory: the first wraps, all of them unwrap. Made by `parseKeyRing`. */
export class KeyRing implements KeyWrapper {
  readonly #currentKeyId: string;
  readonly #keys: ReadonlyMap<string, KeyObject>;

  constructor(current: { id: string; key: KeyObject }, older: readonly { id: string; key: KeyObject }[]) {
    this.#currentKeyId = current.id;
    this.#keys = new Map([current, ...older].map(({ id, key }) => [id, key]));
  }

  currentKeyId(): string {
    return this.#currentKeyId;
  }

  /** Every key's id; the first one wraps. */
  keyIds(): string[] {
    return [...this.#keys.keys()];
  }

  async wrap(dataKey: KeyObject, context: WrapContext): Promise<WrappedKey> {
    const wrappingKeyId = this.#currentKeyId;
    const aad = wrapAad(context.dataKeyId, wrappingKeyId);
    const box = encrypt(this.#keyOf(wrappingKeyId), dataKey.export(), aad);
    return { wrappingKeyId, bytes: Buffer.concat([Buffer.of(WRAP_VERSION), box]) };
  }

  async unwrap(wrapped: WrappedKey, context: WrapContext): Promise<KeyObject> {
    const { wrappingKeyId, bytes } = wrapped;
    const key = this.#keyOf(wrappingKeyId);
    if (bytes.length !== WRAPPED_BYTES || bytes[0] !== WRAP_VERSION) throw this.#refusal(wrappingKeyId);
    const dataKey = decrypt(key, bytes.subarray(1), wrapAad(context.dataKeyId, wrappingKeyId));
    if (!dataKey) throw this.#refusal(wrappingKeyId);
    return createSecretKey(dataKey);
  }

  #keyOf(id: string): KeyObject {
    const key = this.#keys.get(id);
    if (!key) throw new WrappingKeyError("WRAPPING_KEY_MISSING", id, [...this.#keys.keys()]);
    return key;
  }

  #refusal(id: string): WrappingKeyError {
    return new WrappingKeyError("WRAPPING_KEY_REFUSED", id, [...this.#keys.keys()]);
  }
}

/**
 * Reads `k2:<base64, 32 bytes>,k1:<…>`: the first key wraps, the rest only unwrap. Spaces and line ends around
 * entries are ignored. A problem completes the sentence "SECRET_KEYS …", names an entry by place or key id and never
 * repeats a character of a key.
 */
export function parseKeyRing(text: string): KeyRingParse {
  if (text.trim() === "") return { ok: false, problems: ["is empty: at least one key is needed"] };

  const parses = text.split(",").map((entry, index) => parseEntry(entry.trim(), index + 1));
  const entries = parses.filter((parse) => "key" in parse);
  const problems = parses.flatMap((parse) => ("problem" in parse ? [parse.problem] : []));
  problems.push(...duplicates(entries));

  const [current, ...older] = entries;
  if (problems.length > 0 || !current) return { ok: false, problems };
  return { ok: true, ring: new KeyRing(current, older) };
}

/** Generates the text of a ring with one random key `k1`, for the embedded mode; the text is as secret as what it protects. */
export function generateKeyRingText(): string {
  return `k1:${randomBytes(KEY_BYTES).toString("base64")}`;
}

/** Binds both ids, so that neither a row's wrapped key nor its wrapping key id can be swapped for another's. */
function wrapAad(dataKeyId: string, wrappingKeyId: string): Buffer {
  return lengthPrefixed(["latchkey data key", String(WRAP_VERSION), dataKeyId, wrappingKeyId]);
}

function parseEntry(entry: string, place: number): EntryParse {
  if (entry === "") return { problem: `entry ${place} is empty: is there a comma too many?` };
  const colon = entry.indexOf(":");
  if (colon < 0) return { problem: `entry ${place} has no key id: write it as id:base64` };
  const id = entry.slice(0, colon);
  if (!KEY_ID.test(id)) {
    return {
      problem: `entry ${place} has a key id that is not 1 to 16 letters, digits, dots, dashes or underscores`,
    };
  }
  const encoded = entry.slice(colon + 1);
  const bytes = Buffer.from(encoded, "base64");
  // Node skips characters that are not base64; only encoding the bytes again shows that every character counted.
  if (bytes.toString("base64") !== encoded)
    return { problem: `key "${id}" is not base64 (with its padding)` };
  if (bytes.length !== KEY_BYTES) {
    return { problem: `key "${id}" is ${bytes.length} bytes long: exactly ${KEY_BYTES} are needed` };
  }
  return { id, key: createSecretKey(bytes) };
}

/** One key under two ids is refused, too: it would look like a rotation that changed nothing. */
function duplicates(entries: readonly { id: string; key: KeyObject }[]): string[] {
  return entries.flatMap((entry, index) => {
    const earlier = entries.slice(0, index);
    if (earlier.some(({ id }) => id === entry.id)) return [`key id "${entry.id}" appears more than once`];
    const twin = earlier.find(({ key }) => key.equals(entry.key));
    return twin ? [`keys "${twin.id}" and "${entry.id}" are the same key`] : [];
  });
}
