import "server-only";
import { cookies } from "next/headers";
import { deviceMaxAgeSeconds, findDevice } from "./known-device";
import { usesSecureCookies } from "./session-cookie";

/** Accounts that one browser is remembered for; the longest unused one is dropped. */
const accountsAtMost = 3;
// A character that no signed token contains.
const between = "~";

/** The device tokens in this browser's cookie, newest first; not verified yet. */
export async function readDeviceCookie(): Promise<string[]> {
  return tokensIn((await cookies()).get(cookieName())?.value);
}

/** The same, read from a Cookie header outside a Next request. */
export function devicesIn(cookieHeader: string | undefined): string[] {
  const name = `${cookieName()}=`;
  const pair = (cookieHeader ?? "").split("; ").find((one) => one.startsWith(name));
  return tokensIn(pair?.slice(name.length));
}

function tokensIn(value: string | undefined): string[] {
  return value ? value.split(between).slice(0, accountsAtMost) : [];
}

/** Stores `device`, which belongs to the account with this email, in this browser beside those of its other accounts. */
export async function writeDeviceCookie(device: string, email: string): Promise<void> {
  const kept = await readDeviceCookie();
  const owned = await Promise.all(kept.map((one) => findDevice([one], email)));
  const others = kept.filter((_, index) => owned[index] === null);
  const value = [device, ...others].slice(0, accountsAtMost).join(between);
  (await cookies()).set(cookieName(), value, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: usesSecureCookies(),
    maxAge: deviceMaxAgeSeconds,
  });
}

function cookieName(): string {
  return usesSecureCookies() ? "__Host-latchkey.device" : "latchkey.device";
}
