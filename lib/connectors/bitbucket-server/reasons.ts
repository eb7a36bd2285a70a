import type { FailureDescription } from "@/lib/connectors/failures";
import type { FailedOutcome, FailureReason, SignInShape } from "@/lib/connectors/types";
import { addressWords } from "./address-words";
import { wordsOfCertificate } from "./certificate-words";
import { withOutcome } from "./front-proxy-words";
import { failureWords } from "./reason-words";

/** Failures that say nothing about the credential and may pass: the user may store it unproven. */
const passing: ReadonlySet<FailureReason> = new Set([
  "NAME_UNKNOWN",
  "UNREACHABLE",
  "TIMED_OUT",
  "PROXY_UNREACHABLE",
  "PROXY_SILENT",
  "PROXY_NO_WAY",
  "STARTING",
  "MAINTENANCE",
  "RATE_LIMITED",
  "SERVER_ERROR",
  "DIRECTORY_UNREACHABLE",
]);

/** True only for failures that say nothing about the credential and pass by themselves. */
export function mayStoreUnchecked(reason: FailureReason): boolean {
  return passing.has(reason);
}

/**
 * The texts for a failed check: what was found, what to do, who has to act and which field it concerns. Takes the
 * shape of the sign-in, since refused keys and refused passwords need different instructions. Contains no secret, and
 * no untrusted text but a base URL to which the server redirected. Pure and browser-safe.
 */
export function describeFailure(outcome: FailedOutcome, shape: SignInShape): FailureDescription {
  const { reason } = outcome;
  const store = mayStoreUnchecked(reason);
  if (reason === "SECRET_REJECTED") return { ...rejectedWords(shape), mayStoreUnchecked: store };
  if (reason === "CERTIFICATE_REFUSED") {
    const words = wordsOfCertificate(outcome.certificateReason ?? "other", outcome.certificateDate);
    return { ...words, mayStoreUnchecked: store };
  }
  if (reason === "ADDRESS_NOT_ALLOWED" && outcome.addressCause !== undefined) {
    return { ...addressWords[outcome.addressCause], field: "baseUrl", mayStoreUnchecked: store };
  }
  if (reason === "NOT_SENT_AGAIN") {
    return { ...notSentAgainWords(shape, outcome.refusedSecondsAgo), mayStoreUnchecked: store };
  }
  if (reason === "BASIC_SWITCHED_OFF" && shape.scheme === "bearer") {
    return { ...failureWords.FRONT_REFUSES, ...keyTakenForPassword, mayStoreUnchecked: store };
  }
  const words = withOutcome(failureWords[reason], outcome);
  const cure = reason === "RATE_LIMITED" ? rateLimitCure(outcome.retryAfterSeconds) : words.cure;
  return { ...words, cure, field: words.field, mayStoreUnchecked: store };
}

/** A user who entered a key is not told to create one. */
const keyTakenForPassword = {
  title: "The API key was taken for a password",
  cure: "The server takes no passwords, and something in front of it changes how the portal signs in. Ask your network's administrator to let the portal's requests through as they are.",
};

function rejectedWords(shape: SignInShape): Omit<FailureDescription, "mayStoreUnchecked"> {
  if (shape.scheme === "basic") {
    return {
      title: "User name or password is not right",
      cure: `${spaceWords(shape)}Check both and try once more. Too many failed attempts lock the account, so after a second one sign in to Bitbucket in the browser first. If you sign in there with two steps or through your company, use an API key instead.`,
      whose: "you",
      field: "password",
    };
  }
  return {
    title: "The API key was not accepted",
    cure: "It may have expired, been revoked or been copied in part; Bitbucket does not say which. Make a new API key in Bitbucket and paste all of it.",
    whose: "you",
    field: shape.keyInUsernameField ? "username" : "password",
  };
}

function notSentAgainWords(
  shape: SignInShape,
  refusedSecondsAgo: number | undefined,
): Omit<FailureDescription, "mayStoreUnchecked"> {
  const when = refusedSecondsAgo === undefined ? "before" : `${spanOf(Math.max(1, refusedSecondsAgo))} ago`;
  const words = failureWords.NOT_SENT_AGAIN;
  if (shape.scheme === "basic") {
    return {
      ...words,
      title: `This user name and password were refused ${when}`,
      cure: `${spaceWords(shape)}They have not been sent again, because a few failed attempts lock an account. Correct them; if the server would accept them now, press Try again to send them once.`,
    };
  }
  return {
    ...words,
    title: `This API key was refused ${when}`,
    cure: "It has not been sent again. Make a new API key in Bitbucket and paste all of it; if the server would accept this one now, press Try again to send it once.",
    field: shape.keyInUsernameField ? "username" : "password",
  };
}

function spaceWords({ spaceAroundPassword }: SignInShape): string {
  return spaceAroundPassword
    ? "The password begins or ends with a space or an invisible character; take that away if it was pasted by accident. "
    : "";
}

function rateLimitCure(seconds: number | undefined): string {
  return `The server asks to wait. Try again in ${spanOf(seconds ?? 5)}.`;
}

function spanOf(seconds: number): string {
  if (seconds < 90) return `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} minutes`;
  return `${Math.ceil(seconds / 3600)} hours`;
}
