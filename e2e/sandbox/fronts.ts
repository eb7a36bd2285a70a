import { json, page, redirect, text, withHeaders } from "./answer";
import type { Front } from "./instance";

/** An ordinary website: a page for most paths, and a page also for what it does not have. */
export const website: Front = ({ path }) =>
  path.startsWith("/rest/")
    ? page(404, "Page not found", "<h1>We could not find that page</h1>")
    : page(200, "Fernwood", "<h1>Welcome to Fernwood</h1><p>Timber since 1911.</p>");

/**
 * Rate-limited: 429 to everything but the status, which needs no sign-in and is not counted.
 * No JSON: cdancy/bitbucket-rest issue 354 reports what that does to clients.
 */
export const tooManyRequests: Front = ({ path }) =>
  path === "/status" ? "pass" : text(429, "Too many requests", { "Retry-After": "7" });

/** A gateway that does not reach the server behind it. */
export const brokenGateway: Front = () =>
  page(502, "502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>gateway</center>");

/** Single sign-on in front of everything but its own sign-in page. */
export const singleSignOn: Front = ({ instance, path }) =>
  path === "/login"
    ? page(200, "Sign in", "<h1>Sign in with your company account</h1>")
    : redirect(`${instance.baseUrl}/login?from=${encodeURIComponent(path)}`);

const JIRA_NOBODY = { "X-AUSERNAME": "anonymous", "X-Seraph-LoginReason": "OK" };
const JIRA_REFUSED = { ...JIRA_NOBODY, "X-Seraph-LoginReason": "AUTHENTICATED_FAILED" };

/** Another Atlassian product: the same /status, then other paths, other marks, other error bodies. */
export const jira: Front = ({ instance, path, headers }) => {
  const marks = headers.authorization === undefined ? JIRA_NOBODY : JIRA_REFUSED;
  switch (path) {
    case "/status":
      return json(200, { state: "RUNNING" });
    case "/rest/capabilities":
      return json(
        200,
        { links: { self: `${instance.baseUrl}/rest/capabilities` }, application: "jira", capabilities: {} },
        marks,
      );
    case "/rest/api/2/serverInfo":
      return json(200, { baseUrl: instance.baseUrl, version: "9.12.4", serverTitle: "Jira" }, marks);
    case "/rest/api/2/myself":
      return json(
        401,
        { errorMessages: ["You are not authenticated. Please sign in to go on."], errors: {} },
        { ...marks, "WWW-Authenticate": 'OAuth realm="jira"' },
      );
    default:
      return withHeaders(page(404, "Oops - Jira", "<h1>Sorry, there is no such page here</h1>"), marks);
  }
};
