import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { usesSecureCookies } from "@/lib/auth/session-cookie";
import { displayText, parseDisplay } from "./schema";
import { type Display, usualDisplay } from "./types";

const maxAgeSeconds = 365 * 24 * 60 * 60;

/** How this request's browser shows the portal; it is valid without a session, so that signing in looks the same. */
export const readDisplay = cache(
  async (): Promise<Display> => parseDisplay((await cookies()).get(cookieName())?.value, usualDisplay),
);

/** Keeps the display in this browser for a year. */
export async function writeDisplay(display: Display): Promise<void> {
  (await cookies()).set(cookieName(), displayText(display), {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: usesSecureCookies(),
    maxAge: maxAgeSeconds,
  });
}

function cookieName(): string {
  return usesSecureCookies() ? "__Host-latchkey.display" : "latchkey.display";
}
