import { page, redirect } from "./answer";
import type { FrontProxy, Instance } from "./instance";

/** A healthy Bitbucket that no address but a redirect names: a request in its journal means that one was followed. */
export const CAUGHT_PATH = "/caught";

/** The same port by another name of this machine: for a browser and for HTTP clients another origin. */
function caughtAddress(instance: Instance, path: string): string {
  return `http://127.0.0.1:${new URL(instance.baseUrl).port}${CAUGHT_PATH}${path}`;
}

/** Sends everything elsewhere with this status. */
export function redirectsAway(status: number): FrontProxy {
  return ({ instance, path }) => redirect(caughtAddress(instance, path), status);
}

/** Open to everybody, and sends elsewhere whoever comes with a credential: the redirect that a thief would set up. */
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
