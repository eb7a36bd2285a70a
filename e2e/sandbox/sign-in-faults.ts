import { type Answer, json, page, text, withHeaders } from "./answer";
import { errorEnvelope, notPermitted } from "./errors";
import type { Group } from "./groups";
import type { Alteration, FrontProxy, InstanceDescription } from "./instance";
import type { SandboxRequest } from "./request";

const GROUP: Group = "Rights and names";
const SERVICE = "svc-proxy";

/** A 401 with this exception, for every caller with a credential. */
function refusesWith(exceptionName: string | null, message = "Authentication failed."): FrontProxy {
  return ({ path, headers }) =>
    path.startsWith("/rest/") && headers.authorization !== undefined
      ? errorEnvelope(401, [{ context: null, message, exceptionName }], { Server: "envoy" })
      : "pass";
}

const auth = (name: string) => `com.atlassian.bitbucket.auth.${name}AuthenticationException`;

/** Bitbucket 10.4.2's words to anonymous callers without public access; with a credential they mean the same. */
const nobodyIsSignedIn: FrontProxy = ({ path }) =>
  path.startsWith("/rest/")
    ? errorEnvelope(401, [
        {
          context: null,
          message: "You are not permitted to access this resource",
          exceptionName: "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException",
        },
      ])
    : "pass";

const passwordsAreOff =
  (answer: Answer): FrontProxy =>
  ({ path, headers }) =>
    path.startsWith("/rest/") && headers.authorization?.startsWith("Basic ") ? answer : "pass";

const keyWanted: FrontProxy = ({ path, headers }) =>
  path.startsWith("/rest/") &&
  !headers.authorization?.startsWith("Bearer ") &&
  headers.authorization !== undefined
    ? json(403, { message: "REST API access requires an API token" })
    : "pass";

/** Proxies' changes to good responses: another type, a header twice, a number that was text. */
const alteredByProxy: Alteration = (answer) => {
  const name = answer.headers["X-AUSERNAME"];
  const body = String(answer.body).replace(/"buildNumber":"(\d+)"/, '"buildNumber":$1');
  return withHeaders(
    { ...answer, body },
    { "Content-Type": "text/plain", ...(name ? { "X-AUSERNAME": `${name}, ${name}` } : {}) },
  );
};

const namesService =
  (whom: (request: SandboxRequest) => boolean): Alteration =>
  (answer, request) =>
    whom(request) ? withHeaders(answer, { "X-AUSERNAME": SERVICE, "X-AUSERID": "7" }) : answer;

const withoutNames: Alteration = (answer) => {
  const { "X-AUSERNAME": _name, "X-AUSERID": _id, ...headers } = answer.headers;
  return { ...answer, headers };
};

const refusesUsers: FrontProxy = ({ path, headers }) =>
  path.includes("/api/1.0/users") && headers.authorization !== undefined
    ? withHeaders(notPermitted(), { "X-AUSERNAME": "jcitizen" })
    : "pass";

const refusesUsersUnnamed: FrontProxy = ({ path }) =>
  path.includes("/api/1.0/users") ? notPermitted() : "pass";

/** A list filtered after paging: its first page is empty, the second is not. */
const emptyFirstPages: FrontProxy = ({ path, query }) =>
  /\/(?:projects|repos)$/.test(path) && !query.has("start")
    ? json(200, { size: 0, limit: 100, isLastPage: false, values: [], start: 0, nextPageStart: 1 })
    : "pass";

const row = (
  path: string,
  note: string,
  more: Pick<InstanceDescription, "proxy" | "alters">,
): InstanceDescription => ({ path, group: GROUP, note, ...more });

/** Servers that refuse a sign-in for reasons other than a wrong secret, or report less than usual. */
export const signInFaults: readonly InstanceDescription[] = [
  row("/unnamed-exception", "Refuses with a list of errors without an exception's name, behind Envoy", {
    proxy: refusesWith(null),
  }),
  row("/directory-down", "Its user directory cannot be asked", {
    proxy: refusesWith("com.atlassian.bitbucket.auth.AuthenticationSystemException"),
  }),
  row("/password-expired", "The password has expired", { proxy: refusesWith(auth("ExpiredPassword")) }),
  row("/deactivated", "The account is deactivated", { proxy: refusesWith(auth("InactiveUser")) }),
  row("/nobody", "Says that nobody is signed in, whoever comes", { proxy: nobodyIsSignedIn }),
  row("/passwords-off-text", "Takes no passwords, and says so as text", {
    proxy: passwordsAreOff(text(403, "Basic Authentication has been disabled on this instance.")),
  }),
  row("/passwords-off-page", "Takes no passwords, and says so in a page", {
    proxy: passwordsAreOff(
      page(403, "Forbidden", "<p>Basic authentication <b>has been disabled</b> on this instance.</p>"),
    ),
  }),
  row("/key-wanted", "Wants an API key: 403 with a message", { proxy: keyWanted }),
  row("/altered", "A proxy changes types, numbers and headers of good answers", { alters: alteredByProxy }),
  row("/signs-in-all", "A proxy signs everybody in as its own account", { alters: namesService(() => true) }),
  row("/signs-in-callers", "A proxy signs whoever brings a credential in as its own account", {
    alters: namesService(({ headers }) => headers.authorization !== undefined),
  }),
  row("/nameless", "A proxy takes the account's name out of the answers", { alters: withoutNames }),
  row("/users-closed", "Refuses to tell of users", { proxy: refusesUsers }),
  row("/users-closed-nameless", "The same, and a proxy takes the account's name out of the answers", {
    proxy: refusesUsersUnnamed,
    alters: withoutNames,
  }),
  row("/empty-pages", "First pages that are empty, and not the last", { proxy: emptyFirstPages }),
];
