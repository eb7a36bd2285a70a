import "server-only";
import { lookup } from "node:dns/promises";
import { isSameAddress, parseAddress } from "./address-kind";
import { lookupQueue, type Resolver } from "./dns-lookups";
import { type AddressCause, codeOf, type EgressFailure } from "./failure";
import { hostOf, portOf } from "./host-and-port";
import { type EgressPolicy, forbiddenCause, judgeAddress, judgeUnresolved, judgeUrl } from "./policy";
import { type EgressProxy, proxyFor } from "./proxy";
import type { TimeLimit } from "./time-limit";

/** A judged target; connections may be made in this way only. */
export type ResolvedTarget = {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  /** To judged addresses, or through a proxy, which resolves the name itself. */
  readonly way:
    | { readonly kind: "direct"; readonly addresses: readonly [string, ...string[]] }
    | { readonly kind: "proxy"; readonly proxy: EgressProxy };
};

export type Resolution =
  | { readonly ok: true; readonly target: ResolvedTarget }
  | { readonly ok: false; readonly failure: EgressFailure };

/** The system's resolver, so that /etc/hosts and the company's name servers apply. */
export const systemResolver: Resolver = lookupQueue(async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map((entry) => entry.address);
});

/**
 * Judges the URL, resolves its name exactly once and judges every answer: one bad address among good ones refuses the
 * whole name, since an attacker's name server would put the good ones there for show. A failed lookup denies.
 */
export async function resolveTarget(
  policy: EgressPolicy,
  url: URL,
  resolve: Resolver,
  limit: TimeLimit,
): Promise<Resolution> {
  const [host, port] = [hostOf(url), portOf(url)];
  const proxy = proxyFor(policy, url);
  if (proxy !== null) {
    const failure = refuseUnresolved(policy, url);
    return failure === null
      ? { ok: true, target: { url, host, port, way: { kind: "proxy", proxy } } }
      : { ok: false, failure };
  }
  const found = parseAddress(host) === null ? await lookUpAll(resolve, host, limit) : [host];
  if (!Array.isArray(found)) return { ok: false, failure: found };

  const [first, ...others] = found;
  if (first === undefined) return fail("name-unknown", "name without addresses");
  for (const address of found) {
    const verdict = judgeAddress(policy, host, address, port, url.protocol === "http:");
    if (verdict.ok) continue;
    const kind = verdict.refusal === "userinfo" ? "forbidden-address" : verdict.refusal;
    return fail(kind, `name resolves to ${address}`, causeOf(kind, host, address));
  }
  if (await leadsToForbiddenEndpoint(policy, found, port, resolve, limit)) {
    return fail("forbidden-address", "name resolves to a forbidden endpoint", "portal");
  }
  return { ok: true, target: { url, host, port, way: { kind: "direct", addresses: [first, ...others] } } };
}

/** Judges a name that only the proxy resolves; an IP literal was judged with its URL. */
function refuseUnresolved(policy: EgressPolicy, url: URL): EgressFailure | null {
  const verdict = judgeUnresolved(policy, url);
  if (verdict.ok || verdict.refusal === "userinfo") return null;
  const { refusal: kind } = verdict;
  const detail = `address ${kind}, by name alone`;
  if (kind === "forbidden-address") return { kind, phase: "address", detail, addressCause: "metadata" };
  if (kind === "not-allow-listed") return { kind, phase: "address", detail, addressCause: "not-listed" };
  return { kind, phase: "address", detail };
}

/** The part of the judgement that needs no network. */
export function refuseUrl(policy: EgressPolicy, url: URL): EgressFailure | null {
  const verdict = judgeUrl(policy, url);
  if (verdict.ok) return null;
  const kind = verdict.refusal === "userinfo" ? "scheme" : verdict.refusal;
  const host = hostOf(url);
  const addressCause = parseAddress(host) === null ? causeOf(kind, host, null) : causeOf(kind, host, host);
  const more = addressCause === undefined ? {} : { addressCause };
  return { kind, phase: "address", detail: `address ${verdict.refusal}`, ...more };
}

/** The cause of a refused host or address, for users; undefined if the failure's kind says enough. */
function causeOf(
  kind: EgressFailure["kind"],
  host: string,
  address: string | null,
): AddressCause | undefined {
  if (kind === "not-allow-listed") return "not-listed";
  if (kind !== "forbidden-address") return undefined;
  if (address === null) return "portal";
  const cause = forbiddenCause(address);
  const isTyped = parseAddress(host) !== null || /^(?:.+\.)?localhost$/i.test(host);
  return cause === "loopback" && !isTyped ? "loopback-name" : cause;
}

function fail(kind: EgressFailure["kind"], detail: string, addressCause?: AddressCause): Resolution {
  const more = addressCause === undefined ? {} : { addressCause };
  return { ok: false, failure: { kind, phase: "name", detail, ...more } };
}

async function lookUpAll(
  resolve: Resolver,
  host: string,
  limit: TimeLimit,
): Promise<string[] | EgressFailure> {
  try {
    return [...(await Promise.race([resolve(host, limit.ms), limit.ended]))];
  } catch (error) {
    if (limit.endedBy() === "caller") return { kind: "cancelled", phase: "name", detail: "name cancelled" };
    if (limit.endedBy() === "time") return { kind: "dns-error", phase: "name", detail: "name time limit" };
    const code = codeOf(error) ?? "unknown";
    const isUnknown = code === "ENOTFOUND" || code === "ENODATA";
    return { kind: isUnknown ? "name-unknown" : "dns-error", phase: "name", detail: `name ${code}` };
  }
}

/** The portal's database may be configured by name; then its current addresses are refused as well. */
async function leadsToForbiddenEndpoint(
  policy: EgressPolicy,
  addresses: readonly string[],
  port: number,
  resolve: Resolver,
  limit: TimeLimit,
): Promise<boolean> {
  const names = (policy.forbiddenEndpoints ?? []).filter(
    (end) => end.port === port && !end.byNameOnly && parseAddress(end.host) === null,
  );
  for (const { host } of names) {
    const theirs = await lookUpAll(resolve, host, limit);
    // A name that cannot be resolved now cannot be compared; the portal itself cannot reach it either.
    if (!Array.isArray(theirs)) continue;
    if (theirs.some((one) => addresses.some((other) => isSameAddress(one, other)))) return true;
  }
  return false;
}
