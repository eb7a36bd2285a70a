import "server-only";
import { cookies } from "next/headers";
import { usesSecureCookies } from "./session-cookie";

/** next-auth's CSRF token for this browser, for the sign-in form, or null while its cookie is not set. The cookie reads `token|hash`. */
export async function readCsrfToken(): Promise<string | null> {
  const name = usesSecureCookies() ? "__Host-next-auth.csrf-token" : "next-auth.csrf-token";
  const [token] = (await cookies()).get(name)?.value.split("|") ?? [];
  return token || null;
}
