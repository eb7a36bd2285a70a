import { errorsOf, hasOwnErrors, headerOf, isModuleStatus, type ServerAnswer, textOf } from "./server-answer";

/**
 * Whose words a refusal speaks in. `front`: something between us and the server, such as a proxy, a firewall or a
 * company's sign-in. `unclear`: nothing in it tells; then it depends on what a visitor met.
 */
export type Speaker =
  | "bitbucket"
  | "bitbucket-cloud"
  | "other-atlassian-product"
  | "other-product"
  | "front"
  | "unclear";

/**
 * Decides whose a refusal is. Bitbucket's own signs count for more than what was put around them, since proxies change
 * headers: its list of errors, its realm, the headers with which it answers everybody. `server: envoy` proves nothing.
 * Pure; never throws.
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

/** Jira's and Confluence's (https://github.com/AtlassianPS/JiraPS/issues/107); none was ever seen from Bitbucket. */
const otherAtlassianHeaders = [
  "x-seraph-loginreason",
  "x-authentication-denied-reason",
  "x-confluence-request-time",
];

/** `X-AREQUESTID` is on every answer of Bitbucket's (eclipse-che/che-server, pull request 790). */
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

/** A challenge that is not Bitbucket's; its add-ons for OAuth send one of their own. */
function isForeignChallenge(challenge: string): boolean {
  return challenge.trim() !== "" && !/^\s*OAuth\b/i.test(challenge);
}

/** Envoy's and Istio's filter says what it misses in an API key: https://www.envoyproxy.io/docs (JWT authentication). */
function isProxyAsking(answer: ServerAnswer): boolean {
  const asksForProxy = answer.status === 407 || answer.status === 511;
  return asksForProxy || headerOf(answer, "cf-mitigated") !== "" || /\bjwt\b/i.test(textOf(answer));
}
