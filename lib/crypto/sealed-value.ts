import { Secret } from "@/lib/secret";
import { decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from "./aes-gcm";
import type { DataKey } from "./data-key";
import { lengthPrefixed } from "./length-prefixed";
import { SealError } from "./seal-error";

// Layout: version (1 byte), algorithm (1), data-key id (16), nonce (12), tag (16), ciphertext (a multiple of 64).
const VERSION = 1;
const AES_256_GCM = 1;
const KEY_ID_AT = 2;
const KEY_ID_BYTES = 16;
const BOX_AT = KEY_ID_AT + KEY_ID_BYTES;
const CIPHERTEXT_AT = BOX_AT + NONCE_BYTES + TAG_BYTES;
const PAD_STEP_BYTES = 64;
const PAD_MARK = 0x80;

/** The only context in which a sealed value opens; a value moved, replayed or re-pointed does not. */
export interface SealContext {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
  readonly ownerId: string;
  readonly field: string;
  /** Origin of the base URL that may receive the secret, as in `URL.origin`; empty if no server ever does. */
  readonly origin: string;
  /** Counts the replacements of the secret, so that an older sealed value does not open. */
  readonly secretVersion: number;
}

/**
 * Encrypts a secret so that it opens only with the same data key and context. Reveals the length in 64-byte steps
 * only; equal secrets give different values. Throws TypeError for an invalid origin or data-key id: a caller's error.
 */
export function seal(dataKey: DataKey, plaintext: Secret, context: SealContext): Buffer {
  if (context.origin !== "" && !isOrigin(context.origin)) {
    throw new TypeError("SealContext.origin is not the origin of a URL.");
  }
  const keyId = Buffer.from(dataKey.id.replaceAll("-", ""), "hex");
  if (keyId.length !== KEY_ID_BYTES) throw new TypeError("The id of the data key is not a UUID.");

  const box = encrypt(dataKey.key, plaintext.use(pad), sealAad(dataKey.id, context));
  return Buffer.concat([Buffer.of(VERSION, AES_256_GCM), keyId, box]);
}

/** Opens what `seal` returned. Throws SealError, and nothing else, for any other bytes. */
export function open(dataKey: DataKey, sealed: Uint8Array, context: SealContext): Secret {
  if (sealedWith(sealed) !== dataKey.id) throw new SealError("UNKNOWN_KEY");
  const padded = decrypt(dataKey.key, sealed.subarray(BOX_AT), sealAad(dataKey.id, context));
  if (!padded) throw new SealError("TAMPERED");
  return Secret.of(unpad(padded));
}

/**
 * Reads the id of the data key (a lower-case UUID) without opening the value. The id is verified only when the value
 * opens. Throws SealError for an unknown version or algorithm and for an impossible length.
 */
export function sealedWith(sealed: Uint8Array): string {
  const [version, algorithm] = sealed;
  if (version === undefined || algorithm === undefined) throw new SealError("TRUNCATED");
  if (version !== VERSION) throw new SealError("UNKNOWN_VERSION");
  if (algorithm !== AES_256_GCM) throw new SealError("UNKNOWN_ALGORITHM");
  const ciphertextBytes = sealed.length - CIPHERTEXT_AT;
  if (ciphertextBytes <= 0 || ciphertextBytes % PAD_STEP_BYTES !== 0) throw new SealError("TRUNCATED");

  const hex = Buffer.from(sealed.subarray(KEY_ID_AT, BOX_AT)).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Version and algorithm are bound, too, so a later format cannot pass for this one. */
function sealAad(dataKeyId: string, context: SealContext): Buffer {
  return lengthPrefixed([
    "latchkey sealed value",
    String(VERSION),
    String(AES_256_GCM),
    context.table,
    context.column,
    context.rowId,
    context.ownerId,
    context.field,
    context.origin,
    String(context.secretVersion),
    dataKeyId,
  ]);
}

/** ISO/IEC 7816-4: one mark byte, then zeros. A text that itself ends in mark or zeros stays distinct. */
function pad(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  const padded = Buffer.alloc((Math.floor(bytes.length / PAD_STEP_BYTES) + 1) * PAD_STEP_BYTES);
  bytes.copy(padded);
  padded[bytes.length] = PAD_MARK;
  return padded;
}

function unpad(padded: Buffer): string {
  const end = padded.lastIndexOf(PAD_MARK);
  // Authenticated bytes always hold the mark; another padding must not pass as an empty secret.
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new SealError("TAMPERED");
  return padded.toString("utf8", 0, end);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
