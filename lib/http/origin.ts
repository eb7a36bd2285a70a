import "server-only";
import { headers } from "next/headers";
import type { Origin } from "@/lib/actor";
import { env } from "@/lib/env";
import { parseTrustedProxies, type TrustedProxies } from "@/lib/text/trusted-proxies";
import { clientAddress } from "./client-address";
import { peerAddress } from "./peer-address";

let trusted: TrustedProxies | null = null;

/** The client address of the current request: the connection's, or as reported by the proxies of `TRUSTED_PROXIES`. */
export async function currentOrigin(): Promise<Origin> {
  const forwardedFor = (await headers()).get("x-forwarded-for");
  return { via: "web", address: addressOf({ peer: peerAddress(), forwardedFor }) };
}

/** The client's address by the setting `TRUSTED_PROXIES`; null if no trusted party names one. */
export function addressOf(heard: Parameters<typeof clientAddress>[0]): string | null {
  // An invalid setting has already stopped the start; trusting no proxy is the safe default.
  trusted ??= parseTrustedProxies(env().TRUSTED_PROXIES) ?? { kind: "hops", hops: 0 };
  return clientAddress(heard, trusted);
}
