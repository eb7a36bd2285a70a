import { addressKind, parseAddress } from "./address-kind";
import { type AllowRule, allows, parseAllowRules } from "./allow-rules";
import { hostOf, portOf } from "./host-and-port";

/** The outgoing proxy of a network without direct access: it opens tunnels (CONNECT; RFC 9110, 9.3.6). */
export type EgressProxy = {
  /** Reached over TLS, and verified like any server. */
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: number;
  /** The value of `Proxy-Authorization`. A function, so that a printed or copied policy holds no secret. */
  readonly authorization: (() => string) | null;
  /** Hosts that are called directly, without the proxy. */
  readonly direct: readonly DirectRule[];
  /** PEM texts of additional authorities for the proxy's certificate. */
  readonly caCertificates: readonly string[];
};

/** Hosts without a proxy, at one port or, with null, at all ports. */
export type DirectRule = { readonly rules: readonly AllowRule[] | "all"; readonly port: number | null };

/**
 * Reads a list in the usual format of `NO_PROXY`: entries between commas or spaces; a name also covers all names
 * below it, with a leading dot or `*.` only those; addresses and ranges cover hosts typed as addresses; a port may
 * follow; `*` covers everything. Returns the entries that it could not read.
 */
export function parseNoProxy(text: string): { direct: DirectRule[]; unreadable: string[] } {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
  const read = entries.map((entry) => [entry, readDirectRule(entry)] as const);
  return {
    direct: read.flatMap(([, rule]) => rule ?? []),
    unreadable: read.filter(([, rule]) => rule === null).map(([entry]) => entry),
  };
}

function readDirectRule(entry: string): DirectRule | null {
  if (entry === "*") return { rules: "all", port: null };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(entry) ?? [];
  const host = bracketed ?? plain ?? entry;
  const port = digits === undefined ? null : Number(digits);
  const isSuffix = host.startsWith(".") || host.startsWith("*.");
  const bare = host.replace(/^\*?\./, "");
  const isAddress = parseAddress(bare) !== null || bare.includes("/");
  const written = isAddress ? bare : isSuffix ? `*.${bare}` : `${bare},*.${bare}`;
  const parsed = parseAllowRules(written);
  return parsed.ok && parsed.rules.length > 0 ? { rules: parsed.rules, port } : null;
}

/** The proxy for this URL; null for a direct call. Calls to this machine never use a proxy. */
export function proxyFor({ proxy }: { readonly proxy?: EgressProxy }, url: URL): EgressProxy | null {
  if (proxy === undefined) return null;
  const host = hostOf(url);
  const address = parseAddress(host);
  if (/^(?:.+\.)?localhost$/i.test(host)) return null;
  if (address !== null && addressKind(address) === "loopback") return null;
  const isDirect = proxy.direct.some(
    ({ rules, port }) =>
      (port === null || port === portOf(url)) &&
      (rules === "all" || rules.some((rule) => allows(rule, host, address))),
  );
  return isDirect ? null : proxy;
}
