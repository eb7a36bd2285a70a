import { page, redirect, text } from "./answer";
import type { FrontProxy } from "./instance";

/** An ordinary website: pages for most paths, and a page for unknown ones. */
export const website: FrontProxy = ({ path }) =>
  path.startsWith("/rest/")
    ? page(404, "Page not found", "<h1>We could not find that page</h1>")
    : page(200, "Fernwood", "<h1>Welcome to Fernwood</h1><p>Timber since 1911.</p>");

/**
 * Rate-limited: 429 to every path but the status, which is not counted. The body is not JSON: cdancy/bitbucket-rest
 * issue 354 reports the effect on clients.
 */
export const tooManyRequests: FrontProxy = ({ path }) =>
  path === "/status" ? "pass" : text(429, "Too many requests", { "Retry-After": "7" });

/** nginx with `ssl_verify_client on`, for a caller without a certificate. */
export const wantsClientCertificate =
  (status: number): FrontProxy =>
  () =>
    page(
      status,
      "400 No required SSL certificate was sent",
      "<center><h1>400 Bad Request</h1></center><center>No required SSL certificate was sent</center><hr><center>nginx</center>",
    );

/** A gateway that cannot reach the server behind it. */
export const brokenGateway: FrontProxy = () =>
  page(502, "502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>gateway</center>");

/** Single sign-on before every page except its own sign-in page. */
export const singleSignOn: FrontProxy = ({ instance, path }) =>
  path === "/login"
    ? page(200, "Sign in", "<h1>Sign in with your company account</h1>")
    : redirect(`${instance.baseUrl}/login?from=${encodeURIComponent(path)}`);
