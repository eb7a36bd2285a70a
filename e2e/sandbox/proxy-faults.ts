import { type Answer, json, page, redirect, text } from "./answer";
import { errorEnvelope } from "./errors";
import type { FaultRow } from "./fault-row";
import type { FrontProxy } from "./instance";

/** The same response to every caller and path. */
const always =
  (answer: Answer): FrontProxy =>
  () =>
    answer;
/** The same below /rest only; the status stays open, for load balancers. */
const onRest =
  (answer: Answer): FrontProxy =>
  ({ path }) =>
    path.startsWith("/rest/") ? answer : "pass";
/** The same to callers with a credential; visitors get through. */
const toCallers =
  (answer: Answer): FrontProxy =>
  ({ path, headers }) =>
    path.startsWith("/rest/") && headers.authorization !== undefined ? answer : "pass";

/** The same to visitors; callers with a credential get through to Bitbucket. */
const toVisitors =
  (answer: Answer): FrontProxy =>
  ({ headers }) =>
    headers.authorization === undefined ? answer : "pass";

const nginx = page(
  401,
  "401 Authorization Required",
  "<center><h1>401 Authorization Required</h1></center>",
  {
    "WWW-Authenticate": 'Basic realm="Restricted"',
  },
);
const kerberos = page(401, "Unauthorized", "<h1>Unauthorized</h1>", {
  "WWW-Authenticate": "Negotiate, NTLM",
});
const jwt = text(401, "Jwt is missing", { Server: "envoy" });
const notAJwt = text(401, "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections", {
  Server: "envoy",
  "WWW-Authenticate": 'Bearer realm="http://localhost/", error="invalid_token"',
});
const accessDenied = page(
  403,
  "Access Denied",
  "<h1>Access Denied</h1>You don't have permission to access this server.<p>Reference #18.2f1e3f17.1700000000.1a2b3c",
);
const requestRejected = page(
  200,
  "Request Rejected",
  "The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 1234567890",
);
const signInAt403 = page(
  403,
  "Sign In",
  '<form action="/oauth2/start"><button>Sign in with Company</button></form>',
);
const ipRule = errorEnvelope(403, [
  { context: null, message: "Your IP is not allowed", exceptionName: null },
]);

/**
 * Proxies, firewalls and company sign-ins, with responses from their makers' documentation and their users' reports.
 */
export const proxyRows: readonly FaultRow[] = [
  ["/front-basic", "A web server asks everybody for a password of its own", always(nginx)],
  ["/front-basic-rest", "The same in front of the REST API only", onRest(nginx)],
  ["/front-opens", "Turns visitors away, and lets a credential through", toVisitors(nginx)],
  [
    "/front-redirect-opens",
    "Sends visitors to another host, and lets a credential through",
    toVisitors(redirect("https://login.fernwood.example/saml/start?SAMLRequest=x")),
  ],
  ["/front-kerberos", "Asks everybody for a Windows sign-in", always(kerberos)],
  ["/front-jwt", "Envoy misses a JSON Web Token", onRest(jwt)],
  [
    "/front-jwt-callers",
    "Envoy takes a key for a broken JSON Web Token, and lets visitors in",
    toCallers(notAJwt),
  ],
  [
    "/front-gateway",
    "An API gateway without a key for it",
    always(json(401, { message: "Unauthorized" }, { "WWW-Authenticate": 'Key realm="kong"' })),
  ],
  [
    "/front-fault",
    "Another API gateway's fault",
    onRest(
      json(401, {
        fault: { faultstring: "Invalid ApiKey", detail: { errorcode: "oauth.v2.InvalidApiKey" } },
      }),
    ),
  ],
  ["/front-waf", "A firewall that denies everybody: 403 with a page", always(accessDenied)],
  ["/front-waf-callers", "A firewall that denies whoever brings a credential", toCallers(accessDenied)],
  ["/front-waf-200", "A firewall whose refusal is a page with 200", onRest(requestRejected)],
  [
    "/front-proxy",
    "A proxy that wants a sign-in of its own: 407",
    always(page(407, "Proxy", "<h1>Proxy</h1>")),
  ],
  ["/front-guests", "The sign-in of a guest network: 511", always(page(511, "Guests", "<h1>Welcome</h1>"))],
  ["/front-sign-in-403", "A sign-in page with 403 for everything", always(signInAt403)],
  [
    "/front-elsewhere",
    "Sends everybody to sign in at another host",
    always(
      redirect("https://sso.fernwood.example/realms/all/protocol/openid-connect/auth?client_id=git&state=1"),
    ),
  ],
  [
    "/front-elsewhere-rest",
    "The same in front of the REST API only",
    onRest(redirect("https://fernwood.cloudflareaccess.com/cdn-cgi/access/login/git?kid=1")),
  ],
  ["/front-ip", "A rule of the server's own for everybody: 403 with a list of errors", onRest(ipRule)],
  ["/front-ip-callers", "The same for whoever brings a credential", toCallers(ipRule)],
  ["/front-hidden", "A proxy that knows no such route", always(text(404, "404 page not found"))],
  [
    "/front-timeout",
    "A gateway that waited too long",
    always(page(504, "504 Gateway Time-out", "<h1>504</h1>")),
  ],
];
