import { type AddressKind, addressKind, isSameAddress, parseAddress } from "./address-kind";
import { type AllowRule, allows } from "./allow-rules";
import type { AddressCause } from "./failure";
import { isForbiddenPort } from "./forbidden-ports";
import { hostOf, portOf } from "./host-and-port";
import type { OriginTrust } from "./origin-trust";
import type { EgressProxy } from "./proxy";

/** Where the portal may call. Built once from the environment and passed as an argument; this file reads no environment. */
export type EgressPolicy = {
  /** `open`: public and private addresses, never the forbidden ones; `allowlist`: only those of them that `allow` names. */
  readonly mode: "open" | "allowlist";
  readonly allow: readonly AllowRule[];
  /** Allows calls to this machine, plain http included. For demo and tests only. */
  readonly loopback: boolean;
  /** Further destinations for plain http. */
  readonly plainHttp?: readonly AllowRule[];
  /** The portal's own database and the like: refused by whatever name or address. */
  readonly forbiddenEndpoints?: readonly Endpoint[];
  /** PEM texts of certificate authorities to trust besides the well-known ones. */
  readonly caCertificates?: readonly string[];
  /** The proxy for all calls except those to this machine; the rules for names and typed addresses apply there, too. */
  readonly proxy?: EgressProxy;
  /** Additional trust for single origins. */
  readonly trusts?: readonly OriginTrust[];
};

/** A host name or an IP address, and a port. */
export type Endpoint = {
  readonly host: string;
  readonly port: number;
  /** Other services at this name's addresses may be called under their own names. */
  readonly byNameOnly?: boolean;
};

/** Why an address was refused. Fit for users: a kind of address, no network detail. */
export type EgressRefusal =
  | "scheme"
  | "userinfo"
  | "forbidden-port"
  | "forbidden-address"
  | "not-allow-listed";

export type PolicyDecision = { readonly ok: true } | { readonly ok: false; readonly refusal: EgressRefusal };

const fine: PolicyDecision = { ok: true };
const refuse = (refusal: EgressRefusal): PolicyDecision => ({ ok: false, refusal });

/**
 * Judges what can be judged before a name is resolved: scheme, user info, port, and the address if the host is an IP
 * literal. WHATWG `URL` has already normalized octal, hexadecimal, integer and full-width spellings
 * (https://url.spec.whatwg.org/#concept-ipv4-parser). Each address of a name must still pass `judgeAddress`.
 */
export function judgeUrl(policy: EgressPolicy, url: URL): PolicyDecision {
  if (url.protocol !== "https:" && url.protocol !== "http:") return refuse("scheme");
  if (url.username !== "" || url.password !== "") return refuse("userinfo");
  const host = hostOf(url);
  const port = portOf(url);
  if (port === 0 || isForbiddenPort(port)) return refuse("forbidden-port");
  if (isForbiddenName(policy, host, port)) return refuse("forbidden-address");

  // Plain http shows the credential to the whole network path, so it is limited to this machine and an operator's list.
  if (url.protocol === "http:" && !policy.loopback && !couldMatch(policy.plainHttp ?? [], host)) {
    return refuse("scheme");
  }
  if (parseAddress(host) !== null) return judgeAddress(policy, host, host, port, url.protocol === "http:");
  if (policy.mode === "allowlist" && !couldMatch(policy.allow, host)) return refuse("not-allow-listed");
  return fine;
}

/** Names of cloud metadata services; a proxy might resolve them. */
const metadataNames =
  /^(?:metadata(?:\.(?:google\.internal|goog|azure\.internal|internal))?|instance-data(?:\.ec2\.internal)?)$/i;

/**
 * Judges a name that only a proxy resolves, after `judgeUrl`: rules for addresses cannot be applied to it, so an
 * allow list must name it. An IP literal has been judged completely.
 */
export function judgeUnresolved(policy: EgressPolicy, url: URL): PolicyDecision {
  const host = hostOf(url);
  if (parseAddress(host) !== null) return fine;
  if (metadataNames.test(host)) return refuse("forbidden-address");
  const isNamed = (rules: readonly AllowRule[]) => rules.some((rule) => allows(rule, host, null));
  if (url.protocol === "http:" && !isNamed(policy.plainHttp ?? [])) return refuse("scheme");
  return policy.mode === "allowlist" && !isNamed(policy.allow) ? refuse("not-allow-listed") : fine;
}

/** True unless the host alone, before its addresses are known, fails every rule. */
function couldMatch(rules: readonly AllowRule[], host: string): boolean {
  return rules.some((rule) => rule.kind === "cidr" || allows(rule, host, null));
}

/**
 * Judges one address of `hostname`. The forbidden kinds are refused whatever the mode, the switches and the allow
 * list say; an IPv4 address embedded in IPv6 is judged as IPv4. A text that is no address is refused.
 * @param isPlainHttp the call would use http: then only this machine and `plainHttp` are allowed.
 */
export function judgeAddress(
  policy: EgressPolicy,
  hostname: string,
  ip: string,
  port: number,
  isPlainHttp = false,
): PolicyDecision {
  const address = parseAddress(ip);
  if (address === null) return refuse("forbidden-address");
  const kind = addressKind(address);
  if (!mayEverReach(kind, policy.loopback)) return refuse("forbidden-address");
  if (isForbiddenEndpoint(policy, ip, port, kind)) return refuse("forbidden-address");
  const mayBePlain =
    kind === "loopback" || (policy.plainHttp ?? []).some((rule) => allows(rule, hostname, address));
  if (isPlainHttp && !mayBePlain) return refuse("scheme");
  if (policy.mode === "allowlist" && !policy.allow.some((rule) => allows(rule, hostname, address))) {
    return refuse("not-allow-listed");
  }
  return fine;
}

/** The kind of a forbidden address, for users; an address of an allowed kind is the portal's own. */
export function forbiddenCause(ip: string): AddressCause {
  const address = parseAddress(ip);
  const kind = address === null ? "reserved" : addressKind(address);
  return kind === "public" || kind === "private" ? "portal" : kind;
}

function mayEverReach(kind: AddressKind, loopback: boolean): boolean {
  if (kind === "loopback") return loopback;
  return kind === "public" || kind === "private";
}

function isForbiddenName(policy: EgressPolicy, host: string, port: number): boolean {
  const endpoints = policy.forbiddenEndpoints ?? [];
  return endpoints.some((end) => end.port === port && end.host.toLowerCase().replace(/\.$/, "") === host);
}

/** A service on one loopback address usually listens on all of them, so all are refused at its port. */
function isForbiddenEndpoint(policy: EgressPolicy, ip: string, port: number, kind: AddressKind): boolean {
  const endpoints = (policy.forbiddenEndpoints ?? []).filter((end) => end.port === port);
  return endpoints.some((end) => {
    if (isSameAddress(end.host, ip)) return true;
    const own = end.host === "localhost" ? "loopback" : addressKindOfText(end.host);
    return kind === "loopback" && (own === "loopback" || own === "unspecified");
  });
}

function addressKindOfText(text: string): AddressKind | null {
  const address = parseAddress(text);
  return address === null ? null : addressKind(address);
}
