import { createSecretKey, type KeyObject, randomBytes, randomUUID } from "node:crypto";
import { KEY_BYTES } from "./aes-gcm";

/** One unwrapped data key. The bytes are in a KeyObject, which logs and JSON print empty. */
export interface DataKey {
  /** Lower-case UUID; every value sealed with the key contains it. */
  readonly id: string;
  readonly key: KeyObject;
}

/** Generates a random 32-byte data key with its own id. */
export function generateDataKey(): DataKey {
  return { id: randomUUID(), key: createSecretKey(randomBytes(KEY_BYTES)) };
}
