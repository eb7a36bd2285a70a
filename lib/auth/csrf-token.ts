import "server-only";
import { cookies } from "next/headers";
import { usesSecureCookies } from "./session-cookie";

/** This browser's CSRF token of next-auth, for the sign-in form; null until its cookie is set. The cookie reads `token|hash`. */
export async function readCsrfToken(): Promise<string | null> {
  const name = usesSecureCookies() ? "__Host-next-auth.csrf-token" : "next-auth.csrf-token";
  const [token] = (await cookies()).get(name)?.value.split("|") ?? [];
  return token || null;
}

// Marks the redirect that set the cookie: a browser that returns without one refuses cookies, and must not be
// redirected again.
const mark = "cookies-asked";

/** `path` with the mark that a cookie has been set. */
export function cookiesAsked(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${mark}`;
}

/** `path` without that mark. */
export function withoutCookiesAsked(path: string): string {
  return path.endsWith(mark) ? path.slice(0, -mark.length - 1) : path;
}
