import type { FailureReason, SignIn } from "@/lib/connectors/types";
import type { Refused, Sent } from "./meaning";
import { pageKindOf } from "./page-kind";
import { accountNameOf, errorsOf, type ServerAnswer, textOf } from "./server-answer";
import { speakerOf } from "./whose-answer";

/** Exceptions that name a sign-in problem; their package differs between Bitbucket and Stash and is ignored. */
const exceptions: readonly (readonly [RegExp, FailureReason])[] = [
  [/captcharequired/i, "ACCOUNT_LOCKED"],
  [/IncorrectPassword/i, "SECRET_REJECTED"],
  [/AuthenticationSystemException/i, "DIRECTORY_UNREACHABLE"],
  [/Expired(?:Password|Credential)/i, "PASSWORD_EXPIRED"],
  [/Inactive(?:User|Account)/i, "ACCOUNT_DEACTIVATED"],
];

const switchedOff =
  /basic auth(?:entication|orization)?\b[^.]{0,40}\b(?:disabled|switched off|turned off|not (?:allowed|enabled|permitted|supported))/i;
const wantsKey =
  /requires? (?:an? |the use of an? )?(?:api|access|personal access|http access|bearer) (?:token|key)/i;

/**
 * Reads a 401 or 403. Only Bitbucket's own refusal counts against the credential; a refusal by a proxy in front is
 * reported as such. NOT_PERMITTED without an account name: the request was refused as not signed in. Pure; never
 * throws.
 */
export function readDenial(answer: ServerAnswer, sent: Pick<Sent, "scheme" | "visitorTurnedAway">): Refused {
  const refused = (reason: FailureReason): Refused => ({ kind: "refused", reason });
  const errors = errorsOf(answer);
  const anyMessage = (pattern: RegExp) => errors.some((error) => pattern.test(error.message));
  const found = exceptions.find(([pattern]) => errors.some((error) => pattern.test(error.exceptionName)));
  // A visitor sends no sign-in: one that is refused comes from a proxy.
  const isOfOthers = sent.scheme === null && found?.[1] !== "DIRECTORY_UNREACHABLE";
  if (found !== undefined) return refused(isOfOthers ? "FRONT_REFUSES" : found[1]);
  const text = textOf(answer);
  if (/^\W*captcha required/i.test(text) || anyMessage(/^captcha required/i))
    return refused("ACCOUNT_LOCKED");
  if (sent.scheme !== null && saysPasswordsAreOff(answer, sent.scheme)) return refused("BASIC_SWITCHED_OFF");
  if (answer.status === 403 && /xsrf check failed/i.test(text)) return refused("XSRF_REFUSED");

  const speaker = speakerOf(answer);
  if (speaker === "bitbucket-cloud") return refused("BITBUCKET_CLOUD");
  if (speaker === "other-atlassian-product") return refused("OTHER_ATLASSIAN_PRODUCT");
  if (speaker === "other-product") return refused("NOT_BITBUCKET");
  const isOwn = speaker === "bitbucket";
  const accountName = accountNameOf(answer);
  if (isOwn && accountName !== null) return { ...refused("NOT_PERMITTED"), accountName };
  // Some services leave the exception's name out (https://github.com/cdancy/bitbucket-rest, build-status-error.json).
  const saysRight =
    errors.some(({ exceptionName }) =>
      /AuthorisationException|AuthenticationRequired/i.test(exceptionName),
    ) || anyMessage(/^(?:you are not permitted to access|client must be authenticated)/i);
  if (isOwn && saysRight) return refused("NOT_PERMITTED");
  if (isOwn) return refused(answer.status === 401 ? "SECRET_REJECTED" : "RULE_REFUSES");
  // Bitbucket shows visitors the first paths that the portal requests, so a refusal without its signature is not
  // Bitbucket's.
  const isTurnedAway = sent.scheme === null || sent.visitorTurnedAway === true;
  // A visitor got through, so this may be Bitbucket's refusal without its usual text: it counts like a wrong secret.
  const isCounted = answer.status === 401 && speaker === "unclear" && !isTurnedAway;
  if (isCounted) return refused("SECRET_REJECTED");
  return refused(pageKindOf(answer) === "sign-in" ? "SIGN_IN_PAGE" : "FRONT_REFUSES");
}

/** In any form: JSON, text or a page, from Bitbucket's filter or from a proxy. */
function saysPasswordsAreOff(answer: ServerAnswer, scheme: SignIn["scheme"]): boolean {
  const text = textOf(answer);
  return switchedOff.test(text) || (scheme === "basic" && wantsKey.test(text));
}
