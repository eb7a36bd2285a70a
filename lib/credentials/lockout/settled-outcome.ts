import type { CheckOutcome } from "@/lib/connectors/types";

/** An outcome as JSON can hold it: the bytes of a picture apart, in base64. */
export type SettledOutcome = { readonly outcome: CheckOutcome; readonly image: string | null };

/** An outcome for those who waited for it, in whichever process. */
export function settledOutcomeOf(outcome: CheckOutcome): SettledOutcome {
  if (outcome.kind === "failed" || outcome.avatar === null) return { outcome, image: null };
  const { mediaType, image } = outcome.avatar;
  const avatar = { mediaType, image: new Uint8Array() };
  return { outcome: { ...outcome, avatar }, image: Buffer.from(image).toString("base64") };
}

/** The outcome from which `settledOutcomeOf` made it. */
export function outcomeOf({ outcome, image }: SettledOutcome): CheckOutcome {
  if (outcome.kind === "failed" || outcome.avatar === null || image === null) return outcome;
  return { ...outcome, avatar: { ...outcome.avatar, image: new Uint8Array(Buffer.from(image, "base64")) } };
}
