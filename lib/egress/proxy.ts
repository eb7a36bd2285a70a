import { addressKind, parseAddress } from "./address-kind";
import { type AllowRule, allows, parseAllowRules } from "./allow-rules";
import { hostOf, portOf } from "./host-and-port";

/** The one way out of a network that lets nothing else through: a proxy that opens tunnels (CONNECT; RFC 9110, 9.3.6). */
export type EgressProxy = {
  /** Spoken to over TLS, and verified like any server. */
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: number;
  /** What `Proxy-Authorization` says. A function, so that whatever prints or copies a policy holds no secret. */
  readonly authorization: (() => string) | null;
  /** Hosts that are called directly all the same. */
  readonly direct: readonly DirectRule[];
  /** PEM texts of authorities that may vouch for the proxy, besides the well-known ones. */
  readonly caCertificates: readonly string[];
};

/** Hosts that need no proxy, at one port or, where it is null, at all of them. */
export type DirectRule = { readonly rules: readonly AllowRule[] | "all"; readonly port: number | null };

/**
 * Reads a list as `NO_PROXY` has it by custom: entries between commas or spaces; a name stands for all names below it too,
 * with a leading dot or `*.` for those alone; addresses and ranges stand for hosts typed as addresses; a port may follow;
 * `*` stands for everything. Tells the entries that it could not read.
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

/** The proxy through which this URL is called; null for a direct call. This machine itself is never asked of a proxy. */
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
