import "server-only";
import { cookies } from "next/headers";
import { usesSecureCookies } from "./session-cookie";

/** next-auth's CSRF token for this browser, for the sign-in form, or null while its cookie is not set. The cookie reads `token|hash`. */
export async function readCsrfToken(): Promise<string | null> {
  const name = usesSecureCookies() ? "__Host-next-auth.csrf-token" : "next-auth.csrf-token";
  const [token] = (await cookies()).get(name)?.value.split("|") ?? [];
  return token || null;
}

// Marks the way back from setting the cookie: who returns without one refuses cookies, and must not be sent again.
const mark = "cookies-asked";

/** `path` with the mark that a cookie has been offered. */
export function cookiesAsked(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${mark}`;
}

/** `path` without that mark. */
export function withoutCookiesAsked(path: string): string {
  return path.endsWith(mark) ? path.slice(0, -mark.length - 1) : path;
}
