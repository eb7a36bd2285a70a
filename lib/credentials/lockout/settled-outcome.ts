import type { CheckOutcome } from "@/lib/connectors/types";

/** An outcome as JSON can hold it: the picture's bytes are separate, in base64. */
export type SettledOutcome = { readonly outcome: CheckOutcome; readonly image: string | null };

/** An outcome as stored for the attempts that wait for it, in any process. */
export function settledOutcomeOf(outcome: CheckOutcome): SettledOutcome {
  if (outcome.kind === "failed" || outcome.avatar === null) return { outcome, image: null };
  const { mediaType, image } = outcome.avatar;
  const avatar = { mediaType, image: new Uint8Array() };
  return { outcome: { ...outcome, avatar }, image: Buffer.from(image).toString("base64") };
}

/** The inverse of `settledOutcomeOf`. */
export function outcomeOf({ outcome, image }: SettledOutcome): CheckOutcome {
  if (outcome.kind === "failed" || outcome.avatar === null || image === null) return outcome;
  return { ...outcome, avatar: { ...outcome.avatar, image: new Uint8Array(Buffer.from(image, "base64")) } };
}
