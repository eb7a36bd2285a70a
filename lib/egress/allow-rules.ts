import ipaddr from "ipaddr.js";
import { type Address, carriedIPv4, isWithin } from "./address-kind";

/** `host`: exactly this name. `suffix`: any name below `domain`, not `domain` itself. `cidr`: an address range. */
export type AllowRule =
  | { readonly kind: "host"; readonly host: string }
  | { readonly kind: "suffix"; readonly domain: string }
  | { readonly kind: "cidr"; readonly cidr: string };

export type AllowRulesResult =
  | { readonly ok: true; readonly rules: readonly AllowRule[] }
  | { readonly ok: false; readonly errors: readonly string[] };

/**
 * Reads a comma-separated list of host names, `*.suffix` and CIDRs (an address alone means just that one). Returns
 * all rules or all errors; each error is one sentence that quotes the entry. An empty text is an empty list.
 */
export function parseAllowRules(text: string): AllowRulesResult {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const read = entries.map((entry) => parseRule(entry));
  const errors = read.filter((result) => typeof result === "string");
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, rules: read.filter((result) => typeof result !== "string") };
}

function parseRule(entry: string): AllowRule | string {
  if (entry.includes("://")) return `"${entry}": write only the host name, without "https://" and path.`;
  const bare = entry.replace(/^\[(.*)\](\/\d+)?$/, "$1$2");
  if (bare.includes("/")) return parseRange(entry, bare);
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return { kind: "cidr", cidr: `${bare}/32` };
  if (ipaddr.IPv6.isValid(bare)) return { kind: "cidr", cidr: `${bare}/128` };
  if (entry.includes(":")) return `"${entry}": a port cannot be given here; write only the host name.`;
  if (entry === "*") return `"*" would name every host; name those that are meant.`;
  const isSuffix = entry.startsWith("*.");
  const name = asciiName(isSuffix ? entry.slice(2) : entry);
  if (name === null) return `"${entry}" is neither a host name, nor "*." and a domain, nor an address range.`;
  return isSuffix ? { kind: "suffix", domain: name } : { kind: "host", host: name };
}

function parseRange(entry: string, bare: string): AllowRule | string {
  if (!ipaddr.isValidCIDR(bare)) return `"${entry}" is not an address range such as 10.20.0.0/16.`;
  const [network, bits] = ipaddr.parseCIDR(bare);
  if (bits === 0) return `"${entry}" covers every address; name those that are meant.`;
  return { kind: "cidr", cidr: `${network.toString()}/${bits}` };
}

/** The name as `URL` would spell it; null if it is not a plain name, or an address in disguise. */
function asciiName(name: string): string | null {
  if (!/^[^\s/?#@\\:*%]+$/u.test(name)) return null;
  try {
    const { hostname } = new URL(`https://${name}/`);
    const ascii = hostname.replace(/\.$/, "");
    const isName = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(ascii);
    return isName && !ipaddr.isValid(ascii) ? ascii : null;
  } catch {
    return null;
  }
}

/** True if the rule allows this host name or address. `address` is null while only the name is known. */
export function allows(rule: AllowRule, hostname: string, address: Address | null): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  if (rule.kind === "host") return name === rule.host;
  if (rule.kind === "suffix") return name.endsWith(`.${rule.domain}`);
  if (address === null) return false;
  if (isWithin(address, rule.cidr)) return true;
  return address instanceof ipaddr.IPv6 && carriedIPv4(address).some((inner) => isWithin(inner, rule.cidr));
}
