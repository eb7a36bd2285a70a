import type { SecretPlace } from "@/lib/credentials/secrets/store";
import { SealError, type SealErrorCode } from "@/lib/crypto/seal-error";
import type { SecretId } from "./types";

/** A stored secret with all that it is bound to, as one statement has read them. */
export type StoredSecret = { readonly place: SecretPlace; readonly sealed: Buffer };

/** The code of a SealError; any other error is thrown again. */
export function sealErrorCode(error: unknown): SealErrorCode {
  if (error instanceof SealError) return error.code;
  throw error;
}

/** The last secret's id, after which the next batch begins. */
export function lastOf(secrets: readonly StoredSecret[]): SecretId | null {
  return secrets.at(-1)?.place ?? null;
}
