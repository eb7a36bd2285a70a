import { z } from "zod";
import { cleanText } from "@/lib/bitbucket/clean-text";
import { readRetryAfter } from "@/lib/bitbucket/retry-after";
import {
  accountNameOf,
  errorsOf,
  hasErrorList,
  headerOf,
  jsonOf,
  type ServerAnswer,
  saysJson,
} from "@/lib/bitbucket/server-answer";
import type { CheckedServer, FailureReason, SignIn } from "@/lib/bitbucket/types";

export type Refused = {
  readonly kind: "refused";
  readonly reason: FailureReason;
  readonly retryAfterSeconds?: number;
  /** With NOT_PERMITTED, where the server named the account. */
  readonly accountName?: string;
};

/** What an answer to `application-properties` means. `nobody`: a Bitbucket, but it did not look at the credential. */
export type Meaning =
  | { readonly kind: "signed-in"; readonly accountName: string; readonly server: CheckedServer }
  | { readonly kind: "nobody"; readonly server: CheckedServer }
  | Refused;

/** How the request was sent; null scheme: without a credential. */
export type Sent = {
  readonly baseUrl: string;
  readonly scheme: SignIn["scheme"] | null;
  readonly now?: number;
};

const refused = (reason: FailureReason): Refused => ({ kind: "refused", reason });

const propertiesSchema = z.object({
  version: z.string().regex(/^\d+(\.\d+)*/),
  buildNumber: z.string().regex(/^\d+$/),
  displayName: z.string().nullish().catch(null),
});

/**
 * Reads an answer to `GET {base}/rest/api/1.0/application-properties`. That path is open to everyone, so a 200 alone
 * proves no sign-in: only `X-AUSERNAME` does (https://github.com/eclipse-che/che-server/pull/790). Pure; never throws.
 */
export function readProperties(answer: ServerAnswer, sent: Sent): Meaning {
  if (answer.status < 200 || answer.status > 299) return readRefusal(answer, sent);
  const json = jsonOf(answer);
  if (json === undefined && saysJson(answer)) return refused("ANSWER_UNREADABLE");
  const read = propertiesSchema.safeParse(json);
  if (!read.success) return refused("NOT_BITBUCKET");
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
  if (status >= 300 && status <= 399)
    return refused(redirectReason(headerOf(answer, "location"), sent.baseUrl));
  if (status === 401 || status === 403) return readDenial(answer);
  if (status === 404) return refused(hasErrorList(answer) ? "API_NOT_FOUND" : "NOT_BITBUCKET");
  const wait = readRetryAfter(headerOf(answer, "retry-after"), sent.now ?? Date.now());
  // Five seconds is what Atlassian's own client assumes (jenkinsci/atlassian-bitbucket-server-integration-plugin).
  if (status === 429) return { ...refused("RATE_LIMITED"), retryAfterSeconds: wait ?? 5 };
  if (status === 503)
    return { ...refused("STARTING"), ...(wait === null ? {} : { retryAfterSeconds: wait }) };
  if (status >= 500) return refused("SERVER_ERROR");
  return refused(status === 400 && saysTlsPort(answer) ? "HTTPS_EXPECTED" : "ANSWER_UNREADABLE");
}

function readDenial(answer: ServerAnswer): Refused {
  const errors = errorsOf(answer);
  const anyName = (pattern: RegExp) => errors.some((error) => pattern.test(error.exceptionName));
  const anyMessage = (pattern: RegExp) => errors.some((error) => pattern.test(error.message));
  if (anyName(/captcharequired/i) || anyMessage(/^captcha required/i)) return refused("ACCOUNT_LOCKED");
  if (answer.status === 403 && anyMessage(/basic authentication has been disabled/i)) {
    return refused("BASIC_SWITCHED_OFF");
  }
  if (answer.status === 403 && anyMessage(/xsrf/i)) return refused("XSRF_REFUSED");
  if (headerOf(answer, "x-seraph-loginreason") + headerOf(answer, "x-authentication-denied-reason") !== "") {
    return refused("OTHER_ATLASSIAN_PRODUCT");
  }
  if (isCloud(answer, anyName(/^com\.atlassian\./))) return refused("BITBUCKET_CLOUD");
  const accountName = accountNameOf(answer);
  // Some services leave the exception's name out (https://github.com/cdancy/bitbucket-rest, build-status-error.json).
  const saysRight = anyName(/AuthorisationException/i) || anyMessage(/^you are not permitted to access/i);
  const isRight = accountName !== null || saysRight;
  if (isRight || (answer.status === 403 && hasErrorList(answer))) {
    return { ...refused("NOT_PERMITTED"), ...(accountName === null ? {} : { accountName }) };
  }
  return refused(answer.status === 401 ? "SECRET_REJECTED" : "ANSWER_UNREADABLE");
}

/** Cloud's front is Envoy; so are many companies' own proxies, hence a Bitbucket Server's own words count for more. */
function isCloud(answer: ServerAnswer, speaksAsServer: boolean): boolean {
  const realm = headerOf(answer, "www-authenticate");
  if (/realm="Bitbucket\.org/i.test(realm)) return true;
  const isOwn = speaksAsServer || /realm="Atlassian Bitbucket"/i.test(realm);
  return answer.status === 401 && /^envoy$/i.test(headerOf(answer, "server")) && !isOwn;
}

function redirectReason(location: string, baseUrl: string): FailureReason {
  const base = new URL(baseUrl);
  if (!URL.canParse(location, baseUrl)) return "REDIRECTED";
  const target = new URL(location, baseUrl);
  const isUpgrade =
    base.protocol === "http:" && target.protocol === "https:" && target.hostname === base.hostname;
  return isUpgrade ? "REDIRECTED_TO_HTTPS" : "REDIRECTED";
}

/** The words of nginx, Tomcat and others for http on a TLS port. */
function saysTlsPort(answer: ServerAnswer): boolean {
  const text = new TextDecoder().decode(answer.body.subarray(0, 2_000));
  return /plain HTTP request was sent to HTTPS port|requires TLS|speaking plain HTTP to an SSL/i.test(text);
}
