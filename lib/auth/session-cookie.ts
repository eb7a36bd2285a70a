import "server-only";
import { hkdfSync } from "node:crypto";
import { jwtDecrypt } from "jose";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { portalKeys } from "@/lib/portal/keys";
import { sessionMaxAgeSeconds } from "./sessions";

/** True if the portal is reached over https, where cookies are `Secure` and have the `__Host-` prefix. */
export function usesSecureCookies(): boolean {
  return env().APP_ORIGIN.startsWith("https:");
}

/** The cookie with next-auth's encrypted token; the token names a session row and proves nothing without it. */
export function sessionCookie() {
  return {
    name: usesSecureCookies() ? "__Host-latchkey.session" : "latchkey.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: usesSecureCookies() },
  } as const;
}

/** The session token in this request's cookie; null if there is none or this portal did not issue it. */
export async function readSessionCookie(): Promise<string | null> {
  const value = (await cookies()).get(sessionCookie().name)?.value;
  if (!value) return null;
  try {
    const { payload } = await jwtDecrypt(value, await sessionKey(), acceptedTokens);
    return typeof payload.sid === "string" ? payload.sid : null;
  } catch {
    return null;
  }
}

// What next-auth's own `decode` accepts (next-auth/jwt).
const acceptedTokens = {
  keyManagementAlgorithms: ["dir"],
  contentEncryptionAlgorithms: ["A256GCM"],
  clockTolerance: 15,
};

// Derived once, as next-auth derives it for each token: the derivation took longer than the rest of the reading.
let derivedKey: Promise<CryptoKey> | undefined;

function sessionKey(): Promise<CryptoKey> {
  derivedKey ??= deriveKey(portalKeys().authSecret);
  return derivedKey;
}

function deriveKey(secret: string): Promise<CryptoKey> {
  const bytes = hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32);
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]);
}

/** Signs this browser in to the session `sid`, with the same token as next-auth's own sign-in. */
export async function writeSessionCookie(sid: string): Promise<void> {
  const value = await encode({
    token: { sid },
    secret: portalKeys().authSecret,
    maxAge: sessionMaxAgeSeconds,
  });
  (await cookies()).set(sessionCookie().name, value, {
    ...sessionCookie().options,
    maxAge: sessionMaxAgeSeconds,
  });
}

/** Deletes this browser's session cookie; the caller must also revoke the row. */
export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(sessionCookie().name, "", { ...sessionCookie().options, maxAge: 0 });
}
