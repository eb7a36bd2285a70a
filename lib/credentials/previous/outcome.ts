import type { CheckOutcome } from "@/lib/connectors/types";

/** True if the server refused the secret as wrong: it does not say whether it has expired, was revoked or changed. */
export function isDead(outcome: CheckOutcome): boolean {
  return outcome.kind === "failed" && outcome.reason === "SECRET_REJECTED";
}

/** True if the server accepted the secret, even of an account that may do nothing. */
export function worksStill(outcome: CheckOutcome): boolean {
  return outcome.kind === "verified" || outcome.reason === "NOT_PERMITTED";
}

/** True if a check has shown whether the secret still works. */
export function isDecided(outcome: CheckOutcome): boolean {
  return isDead(outcome) || worksStill(outcome);
}
