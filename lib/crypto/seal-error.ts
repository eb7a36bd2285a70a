const MESSAGES = {
  UNKNOWN_VERSION: "The sealed value is of a version that this program does not know.",
  UNKNOWN_ALGORITHM: "The sealed value names an algorithm that this program does not know.",
  UNKNOWN_KEY: "The sealed value names a data key that is not at hand.",
  TAMPERED: "The sealed value does not open here: it was changed, moved or re-pointed, or is an older one.",
  TRUNCATED: "The sealed value is of a length that no sealed value has.",
} as const;

/** Why a sealed value did not open. */
export type SealErrorCode = keyof typeof MESSAGES;

/** The one error of opening a sealed value. Its message depends on the code alone and contains no byte of the value. */
export class SealError extends Error {
  override readonly name = "SealError";

  constructor(readonly code: SealErrorCode) {
    super(MESSAGES[code]);
  }
}
