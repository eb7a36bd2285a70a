import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * `public` and `private` may be called; `loopback` only by a setting; all others are forbidden, and no setting
 * overrides that.
 */
export type AddressKind =
  | "public"
  | "private"
  | "loopback"
  | "link-local"
  | "metadata"
  | "unspecified"
  | "multicast"
  | "benchmark"
  | "reserved";

type Range = readonly [kind: AddressKind, cidr: string];

/**
 * The first match wins, so single addresses come before the ranges around them. Ranges:
 * https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry.
 */
const ipv4Ranges: readonly Range[] = [
  ["metadata", "169.254.169.254/32"], // AWS, Azure, Google, Oracle, DigitalOcean …
  ["metadata", "169.254.170.2/32"], // AWS ECS task credentials
  ["metadata", "100.100.100.200/32"], // Alibaba Cloud, inside the carrier-grade NAT range
  ["metadata", "168.63.129.16/32"], // Azure's platform endpoint, inside a public range
  ["unspecified", "0.0.0.0/8"], // "this network": many systems connect these addresses to themselves
  ["loopback", "127.0.0.0/8"],
  ["private", "10.0.0.0/8"],
  ["private", "172.16.0.0/12"],
  ["private", "192.168.0.0/16"],
  ["private", "100.64.0.0/10"], // carrier-grade NAT, used inside companies and VPNs as well
  ["link-local", "169.254.0.0/16"],
  ["reserved", "192.0.0.0/24"], // protocol assignments; Oracle's old metadata address 192.0.0.192 is here
  ["reserved", "192.0.2.0/24"], // documentation
  ["reserved", "192.31.196.0/24"], // AS112
  ["reserved", "192.52.193.0/24"], // AMT
  ["reserved", "192.88.99.0/24"], // 6to4 relays
  ["reserved", "192.175.48.0/24"], // AS112
  ["benchmark", "198.18.0.0/15"], // network tests (RFC 2544); VPN and proxy software uses these addresses as stand-ins
  ["reserved", "198.51.100.0/24"], // documentation
  ["reserved", "203.0.113.0/24"], // documentation
  ["multicast", "224.0.0.0/4"],
  ["reserved", "240.0.0.0/4"], // reserved for future use, and the broadcast address
];

const ipv6Ranges: readonly Range[] = [
  ["unspecified", "::/128"],
  ["loopback", "::1/128"],
  ["metadata", "fd00:ec2::/32"], // AWS: instance metadata, DNS, time, pod credentials
  ["metadata", "fd20:ce::254/128"], // Google Cloud
  ["metadata", "fd00:42::42/128"], // Scaleway
  ["private", "fc00::/7"],
  ["link-local", "fe80::/10"],
  ["reserved", "fec0::/10"], // site-local, withdrawn
  ["multicast", "ff00::/8"],
  ["reserved", "2001:db8::/32"], // documentation
  ["reserved", "2001::/23"], // protocol assignments: benchmarking, ORCHID and others (Teredo is unwrapped before)
  ["reserved", "3fff::/20"], // documentation
  ["reserved", "2620:4f:8000::/48"], // AS112
  ["public", "2000::/3"],
];

/** Reads an IPv4 (four decimal parts) or IPv6 address, without brackets; null for anything else. */
export function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  const bare = text.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare) : null;
}

/**
 * The kind of an address. An IPv6 address that embeds an IPv4 address has that address's kind; with two embedded
 * (Teredo), the worse one counts. Addresses outside every range are reserved.
 */
export function addressKind(address: Address): AddressKind {
  if (address instanceof ipaddr.IPv4) return kindFrom(ipv4Ranges, address) ?? "public";
  const own = kindFrom(ipv6Ranges, address);
  if (own === "unspecified" || own === "loopback") return own;
  const inner = carriedIPv4(address).map((carried) => addressKind(carried));
  const callable = (kind: AddressKind) => kind === "public" || kind === "private";
  const worst = inner.find((kind) => !callable(kind)) ?? inner[0];
  if (worst === undefined) return own ?? "reserved";
  return isIsatap(address) && callable(worst) ? (own ?? "reserved") : worst;
}

/** True if both texts are addresses of the same machine, IPv4 embedded in IPv6 included. */
export function isSameAddress(one: string, other: string): boolean {
  const [left, right] = [parseAddress(one), parseAddress(other)];
  if (left === null || right === null) return false;
  const spellings = (address: Address) => [
    address.toNormalizedString(),
    ...(address instanceof ipaddr.IPv6 ? carriedIPv4(address).map((inner) => inner.toString()) : []),
  ];
  return spellings(left).some((spelling) => spellings(right).includes(spelling));
}

function kindFrom(ranges: readonly Range[], address: Address): AddressKind | undefined {
  return ranges.find(([, cidr]) => isWithin(address, cidr))?.[0];
}

/** True if the address lies in the range; false for different families. */
export function isWithin(address: Address, cidr: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(cidr);
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Prefixes of the forms that end in an IPv4 address. */
const tailForms = [
  "::ffff:0:0/96", // IPv4-mapped, RFC 4291
  "::/96", // IPv4-compatible, RFC 4291
  "::ffff:0:0:0/96", // IPv4-translated, RFC 2765
  "64:ff9b::/96", // NAT64, RFC 6052
];

/** The IPv4 addresses that an IPv6 address embeds. */
export function carriedIPv4(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const bytes = address.toByteArray();
  const at = (start: number, flip = 0) =>
    new ipaddr.IPv4(bytes.slice(start, start + 4).map((byte) => byte ^ flip));
  if (tailForms.some((form) => isWithin(address, form))) return [at(12)];
  if (isWithin(address, "2002::/16")) return [at(2)]; // 6to4, RFC 3056
  if (isWithin(address, "2001::/32")) return [at(4), at(12, 0xff)]; // Teredo, RFC 4380: server, and client inverted
  return isIsatap(address) ? [at(12)] : [];
}

/** RFC 5214: any prefix, then 0000:5efe or 0200:5efe, then the IPv4 address. */
function isIsatap(address: ipaddr.IPv6): boolean {
  return (address.parts[4] === 0 || address.parts[4] === 0x200) && address.parts[5] === 0x5efe;
}
