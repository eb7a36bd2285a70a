import { followLink } from "@/lib/connectors/base-url";
import type { AnswerMeaning } from "@/lib/connectors/stream-reader";
import type { FailureReason } from "@/lib/connectors/types";
import { readRefusal } from "../answer";
import { cleanText } from "../clean-text";
import type { Sent } from "../meaning";
import { pageKindOf } from "../page-kind";
import { readRetryAfter } from "../retry-after";
import {
  accountNameOf,
  errorsOf,
  hasOwnErrors,
  headerOf,
  mayBeJson,
  type ServerAnswer,
  type ServerError,
  saysJson,
} from "../server-answer";
import { speakerOf } from "../whose-answer";
import { parsePage } from "./page-json";

/** `unclear`: nobody is named, so another request must tell whether the credential still signs in. */
export type PageMeaning = AnswerMeaning | { readonly kind: "unclear"; readonly ifSignedIn: AnswerMeaning };

/** What an answer to a request for records means. Pure; never throws. `tells`: whether a text holds the secret. */
export function meaningOf(
  answer: ServerAnswer,
  sent: Sent,
  tells: (text: string) => boolean = () => false,
): PageMeaning {
  const { status } = answer;
  if (status >= 200 && status <= 299) return readGood(answer);
  // Before anything else: the bodies of these are often pages of a proxy.
  if (status === 429) return { kind: "wait", seconds: waitOf(answer, sent) ?? 5, why: "rate-limit" };
  if (status === 503) {
    const seconds = waitOf(answer, sent);
    return seconds === null
      ? { kind: "retry", reason: "STARTING" }
      : { kind: "wait", seconds, why: "starting" };
  }
  if (status >= 500 && status !== 511) return { kind: "retry", reason: "SERVER_ERROR" };
  if (status === 408 || status === 425) return { kind: "retry", reason: "TIMED_OUT" };
  if (status === 401 || status === 403) return readDenied(answer, sent);
  if (status === 404) return readMissing(answer);
  if (status >= 300 && status <= 399) {
    return isNewAddress(answer, sent) ? { kind: "skip", reason: "gone" } : failed(answer, sent, tells);
  }
  if (status === 400 && errorsOf(answer).some(saysNoSuchThing)) return { kind: "nothing" };
  return failed(answer, sent, tells);
}

function readGood(answer: ServerAnswer): PageMeaning {
  const isNamed = accountNameOf(answer) !== null;
  const meaning = readBody(answer);
  return isNamed || (meaning.kind !== "body" && meaning.kind !== "nothing")
    ? meaning
    : { kind: "unclear", ifSignedIn: meaning };
}

function readBody(answer: ServerAnswer): AnswerMeaning {
  if (answer.status === 204) return { kind: "nothing" };
  const body = mayBeJson(answer) ? parsePage(answer.body) : undefined;
  if (body !== undefined) return { kind: "body", body };
  const page = saysJson(answer) ? null : pageKindOf(answer);
  if (page === null) return { kind: "retry", reason: "ANSWER_UNREADABLE" };
  return { kind: "failed", reason: reasonOfPage[page] };
}

const reasonOfPage = {
  "sign-in": "SIGN_IN_PAGE",
  block: "FRONT_REFUSES",
  other: "NOT_BITBUCKET",
} as const satisfies Record<string, FailureReason>;

/** Refusals of the credential itself; after one, nothing is sent until it is replaced. */
const ofCredential: ReadonlySet<FailureReason> = new Set([
  "SECRET_REJECTED",
  "PASSWORD_EXPIRED",
  "ACCOUNT_DEACTIVATED",
  "ACCOUNT_LOCKED",
  "BASIC_SWITCHED_OFF",
  "CREDENTIAL_IGNORED",
]);

/** Bitbucket answers 401 both for a missing right and for a refused credential. */
function readDenied(answer: ServerAnswer, sent: Sent): PageMeaning {
  const { reason, accountName } = readRefusal(answer, sent);
  if (reason === "NOT_PERMITTED") {
    const skip = { kind: "skip", reason: "no-right" } as const;
    if (accountName !== undefined) return skip;
    const names = errorsOf(answer).map(({ exceptionName }) => exceptionName);
    // The same words as for a missing right; only the exception's name tells that nobody is signed in.
    if (names.some((name) => /AuthenticationRequired/i.test(name))) {
      return { kind: "refused", reason: "CREDENTIAL_IGNORED" };
    }
    return { kind: "unclear", ifSignedIn: skip };
  }
  if (ofCredential.has(reason)) return { kind: "refused", reason };
  return reason === "DIRECTORY_UNREACHABLE" ? { kind: "retry", reason } : { kind: "failed", reason };
}

/** With a list of errors, the thing does not exist; without, the route does not exist on this version. */
function readMissing(answer: ServerAnswer): AnswerMeaning {
  if (hasOwnErrors(answer)) {
    return errorsOf(answer).some(saysNoSuchThing) ? { kind: "nothing" } : { kind: "skip", reason: "gone" };
  }
  const speaker = speakerOf(answer);
  const isOthers =
    speaker === "front" || speaker === "other-product" || speaker === "other-atlassian-product";
  const isPage = pageKindOf(answer) !== null && speaker !== "bitbucket";
  return isOthers || isPage ? { kind: "failed", reason: "NOT_BITBUCKET" } : { kind: "not-available" };
}

/** Something inside a repository is missing: a branch, a commit, or any commit at all. */
function saysNoSuchThing({ exceptionName, message }: ServerError): boolean {
  return (
    /NoSuch(?:Commit|Changeset|Object|Branch|Tag|Ref|Path)|NoDefaultBranch/i.test(exceptionName) ||
    /no default branch/i.test(message)
  );
}

/** A moved repository may redirect to its new address (bedrock-python/touchmark, TestRedirects). */
function isNewAddress(answer: ServerAnswer, { baseUrl }: Sent): boolean {
  const location = headerOf(answer, "location");
  const target = followLink(baseUrl, location);
  const below = `${baseUrl.contextPath}/rest/`;
  return (
    target?.origin === baseUrl.origin &&
    target.pathname.startsWith(below) &&
    /\/projects\//.test(target.pathname)
  );
}

function waitOf(answer: ServerAnswer, { now }: Sent): number | null {
  return readRetryAfter(headerOf(answer, "retry-after"), now ?? Date.now());
}

/** With the server's own words, where Bitbucket itself refused the request. */
function failed(answer: ServerAnswer, sent: Sent, tells: (text: string) => boolean): AnswerMeaning {
  const { reason } = readRefusal(answer, sent);
  const said = hasOwnErrors(answer) ? errorsOf(answer).map(({ message }) => message) : [];
  const words = said.some(tells) ? null : cleanText(said.join(" "), 300);
  return { kind: "failed", reason, ...(words === null ? {} : { words }) };
}
