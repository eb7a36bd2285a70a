import type { SealErrorCode } from "@/lib/crypto/seal-error";

/** The keys, and what each still seals. Holds ids and numbers only. */
export type KeysStatus = {
  /** The ids in SECRET_KEYS; the first one wraps. */
  readonly configured: readonly string[];
  /** Oldest first. */
  readonly dataKeys: readonly DataKeyStatus[];
};

/** One data key and how many stored secrets are sealed with it. */
export type DataKeyStatus = {
  readonly id: string;
  readonly wrappingKeyId: string;
  /** Null for the current one. */
  readonly retiredAt: Date | null;
  readonly secrets: number;
};

/** The primary key of a stored secret, which is also its place in the order of batches. */
export type SecretId = { readonly credentialId: string; readonly version: number };

/** A stored secret that does not open, and why; `previousOf` is the credential of a previous secret. */
export type Unopened = (
  | { readonly credentialId: string }
  | { readonly previousOf: string }
  | { readonly webhookId: string }
) & {
  readonly code: SealErrorCode;
};

/** One batch: how many it handled, which did not open, and where the next one begins; null after the last. */
export type Batch = {
  readonly handled: number;
  readonly unopened: readonly Unopened[];
  readonly next: SecretId | null;
};
