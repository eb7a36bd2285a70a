import "server-only";
import { cookies } from "next/headers";
import { deviceMaxAgeSeconds, findDevice } from "./known-device";
import { usesSecureCookies } from "./session-cookie";

/** Accounts of one browser that it is known to; of more, the longest unused is forgotten. */
const accountsAtMost = 3;
// No character of a signed token.
const between = "~";

/** The devices' tokens that this browser keeps, newest first; nothing is proven of them yet. */
export async function readDeviceCookie(): Promise<string[]> {
  return tokensIn((await cookies()).get(cookieName())?.value);
}

/** The same, read from a Cookie header where there is no request of Next's yet. */
export function devicesIn(cookieHeader: string | undefined): string[] {
  const name = `${cookieName()}=`;
  const pair = (cookieHeader ?? "").split("; ").find((one) => one.startsWith(name));
  return tokensIn(pair?.slice(name.length));
}

function tokensIn(value: string | undefined): string[] {
  return value ? value.split(between).slice(0, accountsAtMost) : [];
}

/** Lets this browser keep `device`, which belongs to the account with this email, beside those of its other accounts. */
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
