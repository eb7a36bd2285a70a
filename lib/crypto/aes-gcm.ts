import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";

/** 96 bits: the length for which GCM needs no extra hashing of the nonce (NIST SP 800-38D, 5.2.1.1). */
export const NONCE_BYTES = 12;

/** Stated for both directions: without it, Node accepts a tag cut to 4 bytes, which can be guessed. */
export const TAG_BYTES = 16;

/** Length of a key in bytes. */
export const KEY_BYTES = 32;

/**
 * Encrypts under a fresh random nonce; returns nonce (12 bytes), tag (16) and ciphertext concatenated. Random nonces
 * are safe up to 2^32 messages per key (NIST SP 800-38D, 8.3).
 */
export function encrypt(key: KeyObject, plaintext: Uint8Array, aad: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

/**
 * Decrypts what `encrypt` returned; null if key, bytes or AAD differ from those of the encryption, or bytes are
 * missing. No plaintext leaves this function before the tag is verified.
 */
export function decrypt(key: KeyObject, box: Uint8Array, aad: Uint8Array): Buffer | null {
  const nonce = box.subarray(0, NONCE_BYTES);
  const tag = box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(aad);
    decipher.setAuthTag(tag);
    const plaintext = decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    // OpenSSL says only "unable to authenticate data": there is no cause to report, and more detail would help a forger.
    return null;
  }
}
