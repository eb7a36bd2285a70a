import { page, redirect } from "./answer";
import type { FrontProxy, Instance } from "./instance";

/** A healthy Bitbucket reachable only by redirects: a request in its journal means that a client followed one. */
export const CAUGHT_PATH = "/caught";

/** The same port under another name of this machine, which is another origin to browsers and HTTP clients. */
function caughtAddress(instance: Instance, path: string): string {
  return `http://127.0.0.1:${new URL(instance.baseUrl).port}${CAUGHT_PATH}${path}`;
}

/** Redirects every request with this status. */
export function redirectsAway(status: number): FrontProxy {
  return ({ instance, path }) => redirect(caughtAddress(instance, path), status);
}

/** Open to visitors, but redirects callers with a credential, as a thief would. */
export const redirectsSignedIn: FrontProxy = ({ instance, path, headers }) =>
  headers.authorization === undefined ? "pass" : redirect(caughtAddress(instance, path), 307);

export const redirectToHttps: FrontProxy = ({ instance, path }) =>
  redirect(`${instance.secureOrigin}${path}`, 301);

export const redirectLoop: FrontProxy = ({ instance, path }) => redirect(`${instance.baseUrl}${path}`, 302);

export const metaRefresh: FrontProxy = ({ instance, path }) =>
  page(
    200,
    "Moving on",
    `<meta http-equiv="refresh" content="0; url=${caughtAddress(instance, "")}"><p>One moment, please.</p>`,
    path.startsWith("/rest/") ? { Refresh: `0; url=${caughtAddress(instance, "")}` } : {},
  );
