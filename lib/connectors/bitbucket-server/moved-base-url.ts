import { type BaseUrl, followLink } from "@/lib/connectors/base-url";
import { diagnoseBaseUrl } from "./base-url";

type Asked = { readonly baseUrl: BaseUrl; readonly path: string };

/** Names of sign-in pages, which are no context path. */
const signInSegment =
  /^(?:oauth2?|_oauth|auth\w*|sso|saml2?|sign[-_]?in|log[-_]?in|idp|adfs|realms|cdn-cgi|dex|authelia|outpost.*)$/i;

/**
 * The base URL to which a redirect moves a request for `path`; null if the redirect leads to a page instead, such as
 * a sign-in, or nowhere new. A move keeps the requested path. A redirect of the root may also lead to a context path
 * of the same host, where Bitbucket has not been seen yet. Never from https to http. Pure; never throws.
 */
export function movedBaseUrl(location: string, { baseUrl, path }: Asked): BaseUrl | null {
  const target = location === "" ? null : followLink(baseUrl, location, path);
  if (target === null || !/^https?:$/.test(target.protocol) || target.username + target.password !== "")
    return null;
  if (baseUrl.protocol === "https:" && target.protocol === "http:") return null;
  const contextPath = keptContext(target, path) ?? ownContext(baseUrl, target, path);
  if (contextPath === null) return null;
  const moved = diagnoseBaseUrl(`${target.origin}${contextPath}`);
  if (!moved.ok || moved.baseUrl.contextPath !== contextPath) return null;
  return moved.baseUrl.href === baseUrl.href ? null : moved.baseUrl;
}

/** The part of the target before the requested path. */
function keptContext(target: URL, path: string): string | null {
  const isKept = target.search === "" && target.pathname.endsWith(path) && path !== "/";
  if (isKept) return target.pathname.slice(0, -path.length);
  return target.pathname === "/" && path === "/" && target.search === "" ? "" : null;
}

/** The context path of the page on the same host to which the root, or a missing address, redirects. */
function ownContext(base: BaseUrl, target: URL, path: string): string | null {
  if (target.hostname !== base.hostname) return null;
  if (base.protocol !== target.protocol && path !== "/") return base.contextPath;
  const page = diagnoseBaseUrl(`${target.origin}${target.pathname}`);
  if (!page.ok) return null;
  const { contextPath } = page.baseUrl;
  return contextPath.split("/").some((segment) => signInSegment.test(segment)) ? null : contextPath;
}
