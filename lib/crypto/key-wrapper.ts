import type { KeyObject } from "node:crypto";

/** A data key as stored, and the id of the key that unwraps it. */
export interface WrappedKey {
  readonly wrappingKeyId: string;
  readonly bytes: Buffer;
}

/** What a wrapped key is bound to; it unwraps in no other context. */
export interface WrapContext {
  readonly dataKeyId: string;
}

/**
 * Wraps data keys under keys that it does not expose. Asynchronous, to allow Vault Transit or a cloud KMS; so never
 * call it inside a transaction.
 */
export interface KeyWrapper {
  /** The id of the key that `wrap` uses now. */
  currentKeyId(): string;
  wrap(dataKey: KeyObject, context: WrapContext): Promise<WrappedKey>;
  /** Throws WrappingKeyError if the key is missing or does not unwrap these bytes. */
  unwrap(wrapped: WrappedKey, context: WrapContext): Promise<KeyObject>;
}

/** MISSING: no key of that id is configured. REFUSED: one is, but it does not unwrap these bytes. */
export type WrappingKeyErrorCode = "WRAPPING_KEY_MISSING" | "WRAPPING_KEY_REFUSED";

/** Why a data key did not unwrap; names key ids, never key material. */
export class WrappingKeyError extends Error {
  override readonly name = "WrappingKeyError";

  constructor(
    readonly code: WrappingKeyErrorCode,
    readonly wantedKeyId: string,
    readonly configuredKeyIds: readonly string[],
  ) {
    const configured = configuredKeyIds.join(", ");
    super(
      code === "WRAPPING_KEY_MISSING"
        ? `A data key is wrapped by the key "${wantedKeyId}", which is not configured. Configured: ${configured}.`
        : `The configured key "${wantedKeyId}" does not open the data key that was wrapped by a key of that id: ` +
            `it is another key, or the stored bytes were changed. Configured: ${configured}.`,
    );
  }
}

/** By name, not by class: Next bundles a page and the start hook separately, so each may have its own class. */
export function isWrappingKeyError(error: unknown): error is WrappingKeyError {
  return error instanceof Error && error.name === "WrappingKeyError";
}
