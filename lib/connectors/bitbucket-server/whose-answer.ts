import { errorsOf, hasOwnErrors, headerOf, isModuleStatus, type ServerAnswer, textOf } from "./server-answer";

/**
 * The source of a refusal. `front`: a proxy, firewall or company sign-in between the portal and the server.
 * `unclear`: the answer does not tell; then what a visitor reached decides.
 */
export type Speaker =
  | "bitbucket"
  | "bitbucket-cloud"
  | "other-atlassian-product"
  | "other-product"
  | "front"
  | "unclear";

/**
 * Decides the source of a refusal. Bitbucket's own signs outweigh what surrounds them, since proxies change headers:
 * its list of errors, its realm, the headers of all its answers. `server: envoy` proves nothing. Pure; never throws.
 */
export function speakerOf(answer: ServerAnswer): Speaker {
  const challenge = headerOf(answer, "www-authenticate");
  if (/realm="?Bitbucket\.org/i.test(challenge)) return "bitbucket-cloud";
  if (otherAtlassianHeaders.some((name) => headerOf(answer, name) !== "")) return "other-atlassian-product";
  if (isBitbuckets(answer, challenge)) return "bitbucket";
  if (isOtherProducts(answer, challenge)) return "other-product";
  if (isForeignChallenge(challenge) || isProxyAsking(answer)) return "front";
  return "unclear";
}

/** Headers of Jira and Confluence (https://github.com/AtlassianPS/JiraPS/issues/107), never seen from Bitbucket. */
const otherAtlassianHeaders = [
  "x-seraph-loginreason",
  "x-authentication-denied-reason",
  "x-confluence-request-time",
];

/** `X-AREQUESTID` is on every answer of Bitbucket (eclipse-che/che-server, pull request 790). */
function isBitbuckets(answer: ServerAnswer, challenge: string): boolean {
  return (
    hasOwnErrors(answer) ||
    isModuleStatus(answer) ||
    errorsOf(answer).some(
      ({ exceptionName, message }) => /^com\.atlassian\./.test(exceptionName) || ownMessage.test(message),
    ) ||
    /realm="?Atlassian (?:Bitbucket|Stash)/i.test(challenge) ||
    headerOf(answer, "x-arequestid") !== "" ||
    headerOf(answer, "x-ausername") !== ""
  );
}

const ownMessage =
  /^(?:You are not permitted to access this resource|Authentication failed\. Please check your credentials)/i;

const otherProductHeaders = [
  "x-jenkins",
  "x-hudson",
  "x-gitlab-meta",
  "x-artifactory-id",
  "x-jfrog-version",
  "x-github-request-id",
];

function isOtherProducts(answer: ServerAnswer, challenge: string): boolean {
  return (
    otherProductHeaders.some((name) => headerOf(answer, name) !== "") ||
    /realm="?(?:Artifactory|Sonatype|Gitea|Forgejo|GitLab|GitHub|Jenkins)/i.test(challenge) ||
    /^(?:Nexus|Artifactory)\//i.test(headerOf(answer, "server"))
  );
}

/** A challenge that is not Bitbucket's; its OAuth add-ons send their own. */
function isForeignChallenge(challenge: string): boolean {
  return challenge.trim() !== "" && !/^\s*OAuth\b/i.test(challenge);
}

/** The filter of Envoy and Istio names what it misses in an API key: https://www.envoyproxy.io/docs (JWT authentication). */
function isProxyAsking(answer: ServerAnswer): boolean {
  const asksForProxy = answer.status === 407 || answer.status === 511;
  return asksForProxy || headerOf(answer, "cf-mitigated") !== "" || /\bjwt\b/i.test(textOf(answer));
}
