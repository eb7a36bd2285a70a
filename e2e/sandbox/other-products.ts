import { json, page, text, withHeaders } from "./answer";
import type { FrontProxy } from "./instance";

const JIRA_NOBODY = { "X-AUSERNAME": "anonymous", "X-Seraph-LoginReason": "OK" };
const JIRA_REFUSED = { ...JIRA_NOBODY, "X-Seraph-LoginReason": "AUTHENTICATED_FAILED" };

/** Another Atlassian product: the same /status, but other paths, marks and error bodies. */
export const jira: FrontProxy = ({ instance, path, headers }) => {
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

/** A Jira that refuses this account: 403 with its own two headers, whatever the request. */
export const lockedJira: FrontProxy = (request) => {
  if (request.path === "/status" || request.headers.authorization === undefined) return jira(request);
  return page(
    403,
    "Forbidden (403)",
    "<h1>Basic Authentication Failure - Reason : AUTHENTICATION_DENIED</h1>",
    {
      "X-Seraph-LoginReason": "AUTHENTICATION_DENIED",
      "X-Authentication-Denied-Reason": `CAPTCHA_CHALLENGE; login-url=${request.instance.baseUrl}/login.jsp`,
    },
  );
};

/** The third product of the family: same status page, errors with `statusCode`. */
export const confluence: FrontProxy = ({ path, headers }) => {
  if (path === "/status") return json(200, { state: "RUNNING" });
  const marks = headers.authorization === undefined ? JIRA_NOBODY : JIRA_REFUSED;
  return path.startsWith("/rest/")
    ? json(404, { statusCode: 404, message: "null for uri", reason: "Not Found" }, marks)
    : withHeaders(page(404, "Page Not Found - Confluence", "<h1>Page Not Found</h1>"), marks);
};

/**
 * Bitbucket Cloud's response to a client made for the Server product
 * (https://github.com/nishio-dens/bitbucket-pullrequest-builder-plugin/issues/197).
 */
export const bitbucketCloud: FrontProxy = ({ path }) =>
  path.startsWith("/rest/")
    ? text(401, "Login failed due to incorrect login credentials or method.", {
        "WWW-Authenticate": 'Basic realm="Bitbucket.org HTTP"',
        Server: "envoy",
      })
    : page(404, "Page not found - Bitbucket", "<h1>That link has no power here</h1>", { Server: "envoy" });
