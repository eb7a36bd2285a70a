import type { Verdict } from "@/drizzle/schema";
import type { FailureInWords } from "@/lib/connectors/failures";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import type { CheckOutcome, FailureReason } from "@/lib/connectors/types";
import { detailsOf } from "./details";
import type { CheckRecord, CredentialStatus, SignInMethod } from "./types";

// Reasons that are about the secret or its account; all others say nothing of the credential.
const verdicts: Partial<Record<FailureReason, Verdict>> = {
  SECRET_REJECTED: "rejected",
  PASSWORD_EXPIRED: "rejected",
  ACCOUNT_DEACTIVATED: "rejected",
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
export function checkRecordOf(outcome: CheckOutcome): CheckRecord {
  const { steps } = outcome;
  if (outcome.kind === "verified") {
    return { access: outcome.access, warnings: outcome.warnings, steps, details: detailsOf(outcome) };
  }
  return {
    access: null,
    warnings: [],
    steps,
    details: null,
    ...leftOpen(outcome),
  };
}

type LeftOpen = Pick<
  CheckRecord,
  "certificateReason" | "certificateDate" | "addressCause" | "retryAfterSeconds"
>;

/** What a failure's code leaves open, without what is not there. */
function leftOpen({
  certificateReason,
  certificateDate,
  addressCause,
  retryAfterSeconds,
}: LeftOpen): LeftOpen {
  return {
    ...(certificateReason === undefined ? {} : { certificateReason }),
    ...(certificateDate === undefined ? {} : { certificateDate }),
    ...(addressCause === undefined ? {} : { addressCause }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** What a check's words depend on, of the credential that was checked. */
export type CheckedCredential = { readonly kind: ConnectorKind; readonly method: SignInMethod };

/** Why a check that was kept had failed, in the words that were said at the time; null when it had not. */
export function failureInWords(
  reason: FailureReason | null,
  record: CheckRecord,
  { kind, method }: CheckedCredential,
): FailureInWords | null {
  const { steps } = record;
  const step = steps.find(({ state }) => state === "failed")?.name;
  if (reason === null || step === undefined) return null;
  const { title, cure, whose } = connectorOf(kind).describeFailure(
    { kind: "failed", step, reason, steps, ...leftOpen(record) },
    { scheme: method === "password" ? "basic" : "bearer", keyInUsernameField: false },
  );
  return { title, cure, whose };
}
