import type {
  CertificateReason,
  CheckOutcome,
  FailureReason,
  StepName,
  WarningCode,
} from "@/lib/connectors/types";

type Failure = readonly [step: StepName, reason: FailureReason, certificateReason?: CertificateReason];
export type Finding = Failure | readonly ["verified", ...WarningCode[]];

/** A check's outcome as a row of the table; without PLAIN_HTTP, since nearly every row would have it. */
export function findingOf(outcome: CheckOutcome): Finding {
  if (outcome.kind === "verified") {
    return ["verified", ...outcome.warnings.filter((warning) => warning !== "PLAIN_HTTP")];
  }
  const { step, reason, certificateReason } = outcome;
  return certificateReason === undefined ? [step, reason] : [step, reason, certificateReason];
}

export const verified: Finding = ["verified"];
export const redirected: Finding = ["bitbucket", "REDIRECTED"];
export const unreadable: Finding = ["bitbucket", "ANSWER_UNREADABLE"];
const compressed: Finding = ["bitbucket", "ANSWER_COMPRESSED"];
const notBitbucket: Finding = ["bitbucket", "NOT_BITBUCKET"];
const signInPage: Finding = ["bitbucket", "SIGN_IN_PAGE"];
const proxyRefuses: Finding = ["bitbucket", "FRONT_REFUSES"];
const otherProduct: Finding = ["bitbucket", "OTHER_ATLASSIAN_PRODUCT"];
const timedOut: Finding = ["bitbucket", "TIMED_OUT"];
const unreachable: Finding = ["bitbucket", "UNREACHABLE"];
export const refusedFor = (reason: CertificateReason): Finding => [
  "certificate",
  "CERTIFICATE_REFUSED",
  reason,
];

/** For tests: the expected result of a check with a good API key, for each server of the sandbox. */
export const expectedResults: Readonly<Record<string, Finding>> = {
  "/": verified,
  "/bitbucket": verified,
  "/stash": verified,
  "/ten": verified,
  "/public": verified,
  "/ignores": ["signedIn", "KEY_NOT_RECOGNISED"],
  "/slow": timedOut,
  "/slow-directory": ["verified", "ACCESS_NOT_COUNTED"],
  "/starting": ["bitbucket", "STARTING"],
  "/in-maintenance": ["bitbucket", "MAINTENANCE"],
  "/busy": ["bitbucket", "RATE_LIMITED"],
  "/broken": ["bitbucket", "SERVER_ERROR"],
  "/sso": redirected,
  "/redirect-301": redirected,
  "/redirect-302": redirected,
  "/redirect-303": redirected,
  "/redirect-307": redirected,
  "/redirect-308": redirected,
  "/redirect-signed-in": redirected,
  "/to-https": ["bitbucket", "REDIRECTED_TO_HTTPS"],
  "/loop": redirected,
  "/meta-refresh": notBitbucket,
  "/caught": verified,
  "/hang": timedOut,
  "/silent-status": verified,
  "/broken-status": verified,
  "/drip": timedOut,
  "/drip-headers": timedOut,
  "/half-closed": unreachable,
  "/reset": unreachable,
  "/cut": unreadable,
  "/short": unreadable,
  "/long": unreadable,
  "/header-flood": ["bitbucket", "HEADERS_TOO_LARGE"],
  "/many-cookies": ["bitbucket", "HEADERS_TOO_LARGE"],
  "/gzip": compressed,
  "/brotli": compressed,
  "/deflate": compressed,
  "/continue": verified,
  "/early-hints": verified,
  "/client-certificate": ["bitbucket", "CLIENT_CERTIFICATE_WANTED"],
  "/client-certificate-496": ["bitbucket", "CLIENT_CERTIFICATE_WANTED"],
  "/endless": ["bitbucket", "ANSWER_TOO_LARGE"],
  "/bomb": compressed,
  "/html": signInPage,
  "/sso-page": signInPage,
  "/sso-later": ["verified", "ACCESS_NOT_COUNTED"],
  "/latin1": unreadable,
  "/empty": unreadable,
  "/odd": notBitbucket,
  "/odd-lists": ["verified", "ACCESS_NOT_COUNTED"],
  "/echo": ["verified", "ACCOUNT_UNNAMED"],
  "/deep": unreadable,
  "/front-basic": proxyRefuses,
  "/front-basic-rest": proxyRefuses,
  "/front-opens": proxyRefuses,
  "/front-kerberos": proxyRefuses,
  "/front-jwt": proxyRefuses,
  "/front-jwt-callers": proxyRefuses,
  "/front-gateway": proxyRefuses,
  "/front-fault": proxyRefuses,
  "/front-waf": proxyRefuses,
  "/front-waf-callers": proxyRefuses,
  "/front-waf-200": proxyRefuses,
  "/front-proxy": proxyRefuses,
  "/front-guests": signInPage,
  "/front-sign-in-403": signInPage,
  "/front-elsewhere": redirected,
  "/front-elsewhere-rest": redirected,
  "/front-redirect-opens": redirected,
  "/front-ip": ["bitbucket", "RULE_REFUSES"],
  "/front-ip-callers": ["signedIn", "RULE_REFUSES"],
  "/front-hidden": notBitbucket,
  "/front-timeout": ["bitbucket", "SERVER_ERROR"],
  "/unnamed-exception": ["signedIn", "SECRET_REJECTED"],
  "/directory-down": ["signedIn", "DIRECTORY_UNREACHABLE"],
  "/password-expired": ["signedIn", "PASSWORD_EXPIRED"],
  "/deactivated": ["signedIn", "ACCOUNT_DEACTIVATED"],
  "/nobody": ["signedIn", "CREDENTIAL_IGNORED"],
  "/passwords-off-text": verified,
  "/passwords-off-page": verified,
  "/key-wanted": verified,
  "/altered": verified,
  "/signs-in-all": ["signedIn", "EVERYBODY_SIGNED_IN"],
  "/signs-in-callers": verified,
  "/nameless": ["verified", "ACCOUNT_UNNAMED"],
  "/users-closed": verified,
  "/users-closed-nameless": ["verified", "ACCOUNT_UNNAMED"],
  "/empty-pages": verified,
  "/jenkins": notBitbucket,
  "/gitlab": redirected,
  "/artifactory": notBitbucket,
  "/routes-xml": ["bitbucket", "API_NOT_FOUND"],
  "/routes-json": ["bitbucket", "API_NOT_FOUND"],
  "/moved": notBitbucket,
  "/moved-path": redirected,
  "/renamed": redirected,
  "/jira": otherProduct,
  "/jira-locked": otherProduct,
  "/confluence": otherProduct,
  "/cloud": ["bitbucket", "BITBUCKET_CLOUD"],
  "/website": notBitbucket,
  "/not-allowed": ["allowed", "NOT_PERMITTED"],
  "/hostile-names": verified,
  "tls:good": verified,
  "tls:expired": refusedFor("expired"),
  "tls:not-yet-valid": refusedFor("not-yet-valid"),
  "tls:wrong-host": refusedFor("wrong-host"),
  "tls:self-signed": refusedFor("self-signed"),
  "tls:incomplete-chain": refusedFor("incomplete-chain"),
  "tls:ends-soon": ["verified", "CERTIFICATE_ENDS_SOON"],
  "tls:old": refusedFor("old-tls"),
  "tls:expired-intermediate": refusedFor("intermediate-expired"),
  "tls:early-intermediate": refusedFor("intermediate-not-yet-valid"),
  "tls:expired-authority": refusedFor("authority-expired"),
  "tls:client-certificate-12": ["certificate", "CLIENT_CERTIFICATE_WANTED"],
  "tls:client-certificate-13": ["bitbucket", "CLIENT_CERTIFICATE_WANTED"],
};
