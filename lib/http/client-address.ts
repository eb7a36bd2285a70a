import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { TrustedProxies } from "@/lib/text/trusted-proxies";

type Heard = {
  /** The address at the other end of the connection; null if unknown. */
  readonly peer: string | null;
  /** The raw X-Forwarded-For header: each proxy appends the address it received from. */
  readonly forwardedFor: string | null;
};

/**
 * The address of a request's client: the connection's own, or the X-Forwarded-For entry that the outermost trusted
 * proxy wrote. Entries further left are the client's claim and never count. Null if no trusted party names an
 * address.
 */
export function clientAddress({ peer, forwardedFor }: Heard, trusted: TrustedProxies): string | null {
  const nearest = readAddress(peer);
  if (nearest === null) return null;
  const claimed = (forwardedFor ?? "").split(",").map((entry) => readAddress(entry));
  const fromNearToFar = [nearest, ...claimed.toReversed()];
  if (trusted.kind === "hops") {
    // Fewer entries than proxies: the request bypassed one of them, so none of its entries is trusted.
    return fromNearToFar.length > trusted.hops ? (fromNearToFar[trusted.hops] ?? nearest) : nearest;
  }
  let client = nearest;
  for (const address of fromNearToFar) {
    if (address === null) return client;
    client = address;
    if (!trusted.contains(address)) return client;
  }
  return client;
}

/**
 * The key under which limits count an address: an IPv4 address itself, an IPv6 address by its /64, because one client
 * has all of those. Requests without a known address share one key.
 */
export function addressKey(address: string | null): string {
  const plain = readAddress(address);
  if (plain === null) return "unknown";
  const parsed = ipaddr.parse(plain);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

/** An address in its shortest spelling, IPv4 in IPv6 as IPv4, without the port that some proxies add; null for other text. */
function readAddress(text: string | null): string | null {
  const bare = (text ?? "")
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^([\d.]+):\d+$/, "$1")
    .replace(/%.*$/, "");
  return isIP(bare) ? ipaddr.process(bare).toString() : null;
}
