import "server-only";
import { cookies } from "next/headers";
import { usesSecureCookies } from "@/lib/auth/session-cookie";
import { resetTokenSchema } from "./schema";

const name = "latchkey.reset";
// Long enough to choose a password, too short for the next user of this browser to find.
const maxAgeSeconds = 60 * 60;
const path = "/reset-password";

/** The header that stores a link's token in a cookie, for the page without the token in its URL. */
export function resetCookieHeader(token: string): string {
  const kept = resetTokenSchema.safeParse(token).success ? token : "";
  const secure = usesSecureCookies() ? "; Secure" : "";
  return `${name}=${kept}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The token from this browser's cookie; empty without one. */
export async function readResetCookie(): Promise<string> {
  return (await cookies()).get(name)?.value ?? "";
}

/** Deletes the token from this browser. */
export async function clearResetCookie(): Promise<void> {
  (await cookies()).set(name, "", { path, maxAge: 0, httpOnly: true, sameSite: "lax" });
}
