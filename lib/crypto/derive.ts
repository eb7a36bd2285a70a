import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import type { Secret } from "@/lib/secret";
import { KEY_BYTES } from "./aes-gcm";

/** Every purpose of a sub-key: a closed list, so that two uses cannot share a key by accident. */
export type KeyPurpose =
  | "secret-fingerprint"
  | "equal-secrets"
  | "sign-in-guard"
  | "signed-ticket"
  | "known-device"
  | "audit-chain"
  | "set-up-token";

/** Sub-keys of master keys that the process holds anyway; derived once, since every audit event needs one. */
const derived = new WeakMap<KeyObject, Map<KeyPurpose, KeyObject>>();

/**
 * Derives a 32-byte sub-key by HKDF-SHA256 (RFC 5869): the same master and purpose always give the same key, and a
 * sub-key reveals nothing about another or the master. The master must be random (at least 32 bytes), not a password.
 */
export function deriveKey(master: KeyObject | Uint8Array, purpose: KeyPurpose): KeyObject {
  // Bytes may change under the same name; a key object never does.
  if (master instanceof Uint8Array) return deriveAnew(master, purpose);
  const known = derived.get(master) ?? new Map<KeyPurpose, KeyObject>();
  derived.set(master, known);
  const key = known.get(purpose) ?? deriveAnew(master, purpose);
  known.set(purpose, key);
  return key;
}

function deriveAnew(master: KeyObject | Uint8Array, purpose: KeyPurpose): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", master, "", `latchkey/1/${purpose}`, KEY_BYTES)));
}

/**
 * HMAC-SHA256 of a secret, 43 characters of base64url: equal exactly if the secrets are, under one key. For detecting
 * equal secrets; keep it on the server, and compare only fingerprints made under the same key.
 */
export function fingerprint(key: KeyObject, secret: Secret): string {
  return secret.use((text) => createHmac("sha256", key).update(text, "utf8").digest("base64url"));
}
