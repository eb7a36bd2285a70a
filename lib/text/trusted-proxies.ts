import ipaddr from "ipaddr.js";

/** The proxies whose X-Forwarded-For entries count: a number of them in a row, or those with given addresses. */
export type TrustedProxies =
  | { readonly kind: "hops"; readonly hops: number }
  | { readonly kind: "addresses"; readonly contains: (address: string) => boolean };

const mostHops = 16;

/**
 * Reads `TRUSTED_PROXIES`: a number of hops from 0 to 16, or a comma-separated list of addresses and ranges such as
 * `10.0.0.0/8`. An empty text means no proxy. Null if it is neither; a range that covers every address is refused,
 * too.
 */
export function parseTrustedProxies(text: string): TrustedProxies | null {
  const entries = text.split(",").map((entry) => entry.trim());
  const [only = ""] = entries;
  if (entries.length === 1 && only === "") return { kind: "hops", hops: 0 };
  if (entries.length === 1 && /^\d+$/.test(only)) {
    return Number(only) <= mostHops ? { kind: "hops", hops: Number(only) } : null;
  }
  const ranges = entries.map(readRange);
  if (!ranges.every((range) => range !== null)) return null;
  return { kind: "addresses", contains: (address) => ranges.some((range) => isWithin(address, range)) };
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

function readRange(entry: string): Range | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(entry)) return [ipaddr.IPv4.parse(entry), 32];
  if (!entry.includes("/")) return ipaddr.IPv6.isValid(entry) ? wholeAddress(ipaddr.process(entry)) : null;
  if (!ipaddr.isValidCIDR(entry)) return null;
  const range = ipaddr.parseCIDR(entry);
  return range[1] === 0 ? null : range;
}

function wholeAddress(address: ipaddr.IPv4 | ipaddr.IPv6): Range {
  return [address, address instanceof ipaddr.IPv4 ? 32 : 128];
}

function isWithin(text: string, [network, bits]: Range): boolean {
  const address = ipaddr.parse(text);
  return address.kind() === network.kind() && address.match(network, bits);
}
