import { z } from "zod";
import { followLink } from "@/lib/connectors/base-url";
import type { CheckedServer, FailureReason } from "@/lib/connectors/types";
import { cleanText } from "./clean-text";
import { readDenial } from "./denial";
import type { Meaning, Refused, Sent } from "./meaning";
import { movedBaseUrl } from "./moved-base-url";
import { pageKindOf } from "./page-kind";
import { readRetryAfter } from "./retry-after";
import {
  accountNameOf,
  hasOwnErrors,
  headerOf,
  isModuleStatus,
  jsonOf,
  type ServerAnswer,
  saysJson,
} from "./server-answer";
import { speakerOf } from "./whose-answer";

const refused = (reason: FailureReason): Refused => ({ kind: "refused", reason });

const propertiesSchema = z.object({
  version: z.string().regex(/^\d+(\.\d+)*/),
  buildNumber: z.union([z.string().regex(/^\d+$/), z.int().nonnegative().transform(String)]),
  displayName: z.string().nullish().catch(null),
});

/** Readable without signing in, on every version. */
export const propertiesPath = "/rest/api/1.0/application-properties";

/**
 * Reads an answer to `GET {base}/rest/api/1.0/application-properties`. That path needs no sign-in, so a 200 alone
 * proves none: only `X-AUSERNAME` does (https://github.com/eclipse-che/che-server/pull/790). For the same reason a
 * missing right without an account name means that the credential was ignored. Pure; never throws.
 */
export function readProperties(answer: ServerAnswer, sent: Sent): Meaning {
  if (answer.status < 200 || answer.status > 299) {
    const refusal = readRefusal(answer, sent);
    const isNobody = refusal.reason === "NOT_PERMITTED" && refusal.accountName === undefined;
    return isNobody ? refused("CREDENTIAL_IGNORED") : refusal;
  }
  const json = jsonOf(answer);
  if (json === undefined && saysJson(answer)) return refused("ANSWER_UNREADABLE");
  const read = propertiesSchema.safeParse(json);
  if (!read.success) return refused(reasonOfPage(answer));
  const { version, buildNumber, displayName } = read.data;
  const server: CheckedServer = {
    product: "Bitbucket",
    version: cleanText(version, 40) ?? "",
    buildNumber: cleanText(buildNumber, 20) ?? "",
    displayName: cleanText(displayName ?? "", 100),
  };
  const accountName = accountNameOf(answer);
  return accountName === null ? { kind: "nobody", server } : { kind: "signed-in", accountName, server };
}

/**
 * Reads any answer that is not a 2xx; the first matching rule wins. Exception names come before status codes, since
 * versions differ in the code: a locked account is a 401 on 7.x (https://github.com/jenkinsci/stashnotifier-plugin/issues/263)
 * and a 403 for newer clients, and a missing right is a 401 too, not a 403
 * (https://github.com/monitorjbl/stash-token-auth/issues/11). Pure; never throws.
 */
export function readRefusal(answer: ServerAnswer, sent: Sent): Refused {
  const { status } = answer;
  if (status >= 300 && status <= 399) return readRedirect(answer, sent);
  if (asksForClientCertificate(answer)) return refused("CLIENT_CERTIFICATE_WANTED");
  if (status === 401 || status === 403) return readDenial(answer, sent);
  // Status codes of proxies and guest-network portals (RFC 9110, 15.5.8; RFC 6585, 6).
  if (status === 407) return refused("FRONT_REFUSES");
  if (status === 511) return refused("SIGN_IN_PAGE");
  const speaker = speakerOf(answer);
  if (speaker === "other-atlassian-product") return refused("OTHER_ATLASSIAN_PRODUCT");
  // For a route that its version lacks, Bitbucket answers in XML on 10.2.1, and in JSON with `status-code` on 10.4.2.
  const isBitbuckets = hasOwnErrors(answer) || isModuleStatus(answer);
  if (status === 404) return refused(isBitbuckets ? "API_NOT_FOUND" : "NOT_BITBUCKET");
  const wait = readRetryAfter(headerOf(answer, "retry-after"), sent.now ?? Date.now());
  // Atlassian's own client assumes five seconds (jenkinsci/atlassian-bitbucket-server-integration-plugin).
  if (status === 429) return { ...refused("RATE_LIMITED"), retryAfterSeconds: wait ?? 5 };
  if (speaker === "front") return refused("FRONT_REFUSES");
  if (status === 503)
    return { ...refused("STARTING"), ...(wait === null ? {} : { retryAfterSeconds: wait }) };
  if (status >= 500) return refused("SERVER_ERROR");
  if (status === 400 && saysTlsPort(answer)) return refused("HTTPS_EXPECTED");
  return refused(pageKindOf(answer) === "block" ? "FRONT_REFUSES" : "ANSWER_UNREADABLE");
}

/** A page with status 200 where JSON should be. Firewalls use that status, too. */
function reasonOfPage(answer: ServerAnswer): FailureReason {
  const kind = pageKindOf(answer);
  if (kind === "sign-in") return "SIGN_IN_PAGE";
  return kind === "block" ? "FRONT_REFUSES" : "NOT_BITBUCKET";
}

/** A visitor's redirect may show where the server is; a request with a credential is redirected by what lies behind the proxy. */
function readRedirect(answer: ServerAnswer, { baseUrl, scheme, path = propertiesPath }: Sent): Refused {
  const location = headerOf(answer, "location");
  const target = followLink(baseUrl, location);
  const isUpgrade =
    baseUrl.protocol === "http:" && target?.protocol === "https:" && target.hostname === baseUrl.hostname;
  const movedTo = scheme === null ? movedBaseUrl(location, { baseUrl, path }) : null;
  return {
    ...refused(isUpgrade ? "REDIRECTED_TO_HTTPS" : "REDIRECTED"),
    ...(movedTo === null ? {} : { movedTo }),
  };
}

/** The words of nginx, Tomcat and others for http on a TLS port. */
function saysTlsPort(answer: ServerAnswer): boolean {
  const text = new TextDecoder().decode(answer.body.subarray(0, 2_000));
  return /plain HTTP request was sent to HTTPS port|requires TLS|speaking plain HTTP to an SSL/i.test(text);
}

/**
 * What proxies answer to clients without a certificate: nginx with a 400 (or its own 495 and 496), IIS with a 403.7,
 * Apache where it may not ask after the handshake.
 */
const clientCertificateWords =
  /no required SSL certificate was sent|the SSL certificate error|client certificate (?:is )?required|certificate required to access|requires? (?:your browser to have )?an? (?:valid )?(?:Secure Sockets Layer \(SSL\) |SSL )?client certificate|cannot perform post-handshake authentication/i;

/** True if a proxy, not Bitbucket, asks for a client certificate. */
function asksForClientCertificate(answer: ServerAnswer): boolean {
  const { status } = answer;
  if (status === 495 || status === 496) return true;
  if ((status !== 400 && status !== 401 && status !== 403) || hasOwnErrors(answer)) return false;
  return clientCertificateWords.test(new TextDecoder().decode(answer.body.subarray(0, 10_000)));
}
