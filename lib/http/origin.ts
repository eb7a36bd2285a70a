import "server-only";
import { headers } from "next/headers";
import type { Origin } from "@/lib/actor";
import { env } from "@/lib/env";
import { parseTrustedProxies, type TrustedProxies } from "@/lib/text/trusted-proxies";
import { clientAddress } from "./client-address";
import { peerAddress } from "./peer-address";

let trusted: TrustedProxies | null = null;

/** Where the current request comes from: the connection's address, or what the proxies of `TRUSTED_PROXIES` say of it. */
export async function currentOrigin(): Promise<Origin> {
  const forwardedFor = (await headers()).get("x-forwarded-for");
  return { via: "web", address: addressOf({ peer: peerAddress(), forwardedFor }) };
}

/** The client's address by the setting `TRUSTED_PROXIES`; null when no trusted party names one. */
export function addressOf(heard: Parameters<typeof clientAddress>[0]): string | null {
  // Text that cannot be read stopped the start already; trusting nobody is the safe reading of it.
  trusted ??= parseTrustedProxies(env().TRUSTED_PROXIES) ?? { kind: "hops", hops: 0 };
  return clientAddress(heard, trusted);
}
