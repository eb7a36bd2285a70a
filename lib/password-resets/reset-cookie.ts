import "server-only";
import { cookies } from "next/headers";
import { usesSecureCookies } from "@/lib/auth/session-cookie";
import { resetTokenSchema } from "./schema";

const name = "latchkey.reset";
// Long enough to think of a password, too short to be found by the next one at this browser.
const maxAgeSeconds = 60 * 60;
const path = "/reset-password";

/** The header that keeps a link's token in a cookie, for the page that has no token in its address. */
export function resetCookieHeader(token: string): string {
  const kept = resetTokenSchema.safeParse(token).success ? token : "";
  const secure = usesSecureCookies() ? "; Secure" : "";
  return `${name}=${kept}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The token by which this browser came; empty for none. */
export async function readResetCookie(): Promise<string> {
  return (await cookies()).get(name)?.value ?? "";
}

/** Makes this browser forget the token. */
export async function clearResetCookie(): Promise<void> {
  (await cookies()).set(name, "", { path, maxAge: 0, httpOnly: true, sameSite: "lax" });
}
