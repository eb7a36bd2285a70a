import type { SecretPlace } from "@/lib/credentials/secrets/store";
import type { NamedSignIn } from "@/lib/credentials/secrets/types";
import { SealError, type SealErrorCode } from "@/lib/crypto/seal-error";
import type { SecretId } from "./types";

/** A stored secret with everything that it is bound to, and what it signs in as, read in one statement. */
export type StoredSecret = {
  readonly place: SecretPlace;
  readonly named: NamedSignIn;
  readonly sealed: Buffer;
};

/** The code of a SealError; rethrows any other error. */
export function sealErrorCode(error: unknown): SealErrorCode {
  if (error instanceof SealError) return error.code;
  throw error;
}

/** The last secret's id, after which the next batch begins. */
export function lastOf(secrets: readonly StoredSecret[]): SecretId | null {
  return secrets.at(-1)?.place ?? null;
}
