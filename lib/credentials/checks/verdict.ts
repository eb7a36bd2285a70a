import type { Verdict } from "@/drizzle/schema";
import type { FailureInWords } from "@/lib/connectors/failures";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import type { CheckOutcome, FailureReason } from "@/lib/connectors/types";
import { detailsOf } from "./details";
import { type FailureReader, forReader } from "./for-reader";
import type { CheckRecord, CredentialStatus, SignInMethod } from "./types";

// Reasons that concern the secret or its account; all others say nothing about the credential.
const verdicts: Partial<Record<FailureReason, Verdict>> = {
  SECRET_REJECTED: "rejected",
  PASSWORD_EXPIRED: "rejected",
  ACCOUNT_DEACTIVATED: "rejected",
  CREDENTIAL_IGNORED: "rejected",
  BASIC_SWITCHED_OFF: "rejected",
  ACCOUNT_LOCKED: "locked",
  NOT_PERMITTED: "restricted",
};

/** What a check says about the secret it used. */
export function verdictOf(outcome: CheckOutcome): Verdict {
  if (outcome.kind === "failed") return verdicts[outcome.reason] ?? "nothing";
  return outcome.warnings.includes("NOTHING_READABLE") ? "restricted" : "verified";
}

/** The status that follows from the latest check's verdict; "unproven" without one. */
export function statusOf(verdict: Verdict | null): CredentialStatus {
  return verdict === null || verdict === "nothing" ? "unproven" : verdict;
}

/** The part of an outcome that is stored. */
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

/** The details of a failure that are present. */
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

/** What the failure texts of a credential depend on, with the reader. */
export type CheckedCredential = FailureReader & {
  readonly kind: ConnectorKind;
  readonly method: SignInMethod;
};

/** The texts for a stored check's failure, for this reader; null when the check passed. */
export function failureInWords(
  reason: FailureReason | null,
  record: CheckRecord,
  { kind, method, ...reader }: CheckedCredential,
): FailureInWords | null {
  const { steps } = record;
  const step = steps.find(({ state }) => state === "failed")?.name;
  if (reason === null || step === undefined) return null;
  const described = connectorOf(kind).describeFailure(
    { kind: "failed", step, reason, steps, ...leftOpen(record) },
    { scheme: method === "password" ? "basic" : "bearer", keyInUsernameField: false },
  );
  const { title, cure, whose } = forReader(described, reason, reader);
  return { title, cure, whose };
}
