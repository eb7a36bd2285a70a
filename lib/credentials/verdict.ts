import type { CheckOutcome, FailureReason } from "@/lib/bitbucket/types";
import type { CredentialStatus, Findings, Verdict } from "./types";

// Reasons that are about the secret or its account; all others say nothing of the credential.
const verdicts: Partial<Record<FailureReason, Verdict>> = {
  SECRET_REJECTED: "rejected",
  CREDENTIAL_IGNORED: "rejected",
  BASIC_SWITCHED_OFF: "rejected",
  ACCOUNT_LOCKED: "locked",
  NOT_PERMITTED: "restricted",
};

/** What one check proves of the secret that it used. */
export function verdictOf(outcome: CheckOutcome): Verdict {
  if (outcome.kind === "failed") return verdicts[outcome.reason] ?? "nothing";
  return outcome.warnings.includes("NOTHING_READABLE") ? "restricted" : "verified";
}

/** The status that the newest telling check gives; no such check leaves the credential unproven. */
export function statusOf(verdict: Verdict | null): CredentialStatus {
  return verdict === null || verdict === "nothing" ? "unproven" : verdict;
}

/** The part of an outcome that is kept as it is. */
export function findingsOf(outcome: CheckOutcome): Findings {
  const verified = outcome.kind === "verified";
  return {
    access: verified ? outcome.access : null,
    warnings: verified ? outcome.warnings : [],
    rungs: outcome.rungs,
  };
}
