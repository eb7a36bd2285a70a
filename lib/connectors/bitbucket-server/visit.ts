import "server-only";
import { z } from "zod";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { FailureReason } from "@/lib/connectors/types";
import type { EgressFailure, EgressFailureKind } from "@/lib/egress/failure";
import { propertiesPath, readProperties, readRefusal } from "./answer";
import type { Got, RequestLimits } from "./client";
import type { Meaning, Refused } from "./meaning";
import { pageKindOf } from "./page-kind";
import { jsonOf, type ServerAnswer } from "./server-answer";
import { readState } from "./server-state";

/** What a visitor (a request without a credential) reaches at an address. */
export type Visit =
  /** Bitbucket itself. `named`: the account as which it answers every visitor; normally null. */
  | { readonly kind: "met"; readonly named: string | null }
  /** A proxy in front, which may let a credential through: the user decides. */
  | { readonly kind: "turned-away"; readonly refusal: Refused }
  /** A failure that no credential would change. */
  | { readonly kind: "stopped"; readonly refusal: Refused }
  | { readonly kind: "failed"; readonly failure: EgressFailure };

/** Requests `path`, which begins with "/", without a credential, under any base URL of the same origin. */
export type AskAsNobody = (path: string, limits: RequestLimits, baseUrl: BaseUrl) => Promise<Got>;

type Visited = {
  readonly baseUrl: BaseUrl;
  /** True if the first two requests may be under way at a time. */
  readonly isSideBySide: boolean;
  readonly log: (failure: EgressFailure) => void;
};

/**
 * Requests Bitbucket's public state and version, before a credential is sent: who answers, and is it Bitbucket? Makes
 * two requests if all is well, and a few more to find an instruction for a failure.
 */
export async function visit(askAt: AskAsNobody, { baseUrl, isSideBySide, log }: Visited): Promise<Visit> {
  const ask: Ask = (path, base = baseUrl) => askAt(path, {}, base);
  const asked = ask("/status");
  const alsoAsked = isSideBySide ? ask(propertiesPath) : null;
  const status = await asked;
  if (!status.ok && !mayBeOfOnePath(status.failure)) return { kind: "failed", failure: status.failure };
  if (!status.ok) log(status.failure);
  const state = status.ok ? readState(status.answer) : { isAtlassian: false, notReady: null };
  if (state.notReady !== null) return stopped({ kind: "refused", reason: state.notReady });
  const early = status.ok ? readProperties(status.answer, { baseUrl, scheme: null, path: "/status" }) : null;
  if (early?.kind === "refused" && stopsAtOnce.has(early.reason)) return stopped(early);

  const also = await alsoAsked;
  // A server may refuse a second connection: what failed there is asked on the first.
  const properties = also?.ok ? also : await ask(propertiesPath);
  if (!properties.ok) return { kind: "failed", failure: properties.failure };
  const meaning = readProperties(properties.answer, { baseUrl, scheme: null });
  if (meaning.kind !== "refused") {
    return { kind: "met", named: meaning.kind === "signed-in" ? meaning.accountName : null };
  }
  // A proxy signs every visitor in as its own account, which lacks a right.
  if (meaning.reason === "NOT_PERMITTED") return { kind: "met", named: meaning.accountName ?? null };
  // If Bitbucket hides even this from visitors, the refusal is its own.
  if (keptFromVisitors.has(meaning.reason)) return { kind: "met", named: null };
  const refusal = await explain(ask, baseUrl, { meaning, early, properties: properties.answer, state });
  return turnsAway.has(refusal.reason) ? { kind: "turned-away", refusal } : stopped(refusal);
}

type Ask = (path: string, baseUrl?: BaseUrl) => Promise<Got>;

/** A status page that hangs, breaks off or makes no sense says nothing about the server's other paths. */
function mayBeOfOnePath({ kind, phase }: EgressFailure): boolean {
  return phase === "exchange" && !ofAllPaths.has(kind);
}

const ofAllPaths: ReadonlySet<EgressFailureKind> = new Set([
  "cancelled",
  "tls-expected",
  "client-certificate",
]);

/** The status page has already decided; nothing else is requested. */
const stopsAtOnce: ReadonlySet<FailureReason> = new Set([
  "REDIRECTED_TO_HTTPS",
  "HTTPS_EXPECTED",
  "CLIENT_CERTIFICATE_WANTED",
  "BITBUCKET_CLOUD",
  "RATE_LIMITED",
]);
const keptFromVisitors: ReadonlySet<FailureReason> = new Set(["CREDENTIAL_IGNORED", "SECRET_REJECTED"]);
const turnsAway: ReadonlySet<FailureReason> = new Set([
  "REDIRECTED",
  "SIGN_IN_PAGE",
  "FRONT_REFUSES",
  "RULE_REFUSES",
]);

type Seen = {
  readonly meaning: Refused;
  readonly early: Meaning | null;
  readonly properties: ServerAnswer;
  readonly state: ReturnType<typeof readState>;
};

/** The most precise refusal: where Bitbucket has moved, or which product answers here. */
async function explain(ask: Ask, baseUrl: BaseUrl, seen: Seen): Promise<Refused> {
  const { meaning, early, properties, state } = seen;
  const { reason } = meaning;
  if (reason === "API_NOT_FOUND" || (reason === "NOT_BITBUCKET" && properties.status === 404)) {
    const isAtlassian = state.isAtlassian || reason === "API_NOT_FOUND";
    const product = isAtlassian ? await productAt(ask, reason) : null;
    if (product !== null) return { kind: "refused", reason: product };
  }
  if (reason !== "NOT_BITBUCKET" && reason !== "REDIRECTED") return meaning;
  const moved = [meaning.movedTo, early?.kind === "refused" ? early.movedTo : undefined];
  const movedTo = await whereItMoved(ask, baseUrl, moved);
  if (movedTo !== null) return { kind: "refused", reason, movedTo };
  // A proxy leaves the status page open for load balancers, and serves its page for everything else.
  const isPage = reason === "NOT_BITBUCKET" && state.isAtlassian && pageKindOf(properties) !== null;
  return { kind: "refused", reason: isPage && properties.status < 300 ? "SIGN_IN_PAGE" : reason };
}

const capabilitiesSchema = z.object({ application: z.string() });

/**
 * Which Atlassian product lacks the route, by `/rest/capabilities`, which all of them have (class comment in
 * Atlassian's jenkinsci/atlassian-bitbucket-server-integration-plugin, AtlassianServerCapabilities). Null if a
 * Bitbucket said that it lacks the route: "Jira or Confluence" would then be wrong.
 */
async function productAt(ask: Ask, reason: FailureReason): Promise<FailureReason | null> {
  const got = await ask("/rest/capabilities");
  const read = capabilitiesSchema.safeParse(got.ok ? jsonOf(got.answer) : undefined);
  if (read.success) {
    return /^(?:stash|bitbucket)$/i.test(read.data.application) ? "API_NOT_FOUND" : "OTHER_ATLASSIAN_PRODUCT";
  }
  return reason === "API_NOT_FOUND" ? reason : "OTHER_ATLASSIAN_PRODUCT";
}

/**
 * The base URL to suggest instead: where the redirects of this one, or of the address itself, lead. Under the same
 * origin, only if a visitor reached Bitbucket there; other hosts are not asked.
 */
async function whereItMoved(
  ask: Ask,
  baseUrl: BaseUrl,
  known: readonly (BaseUrl | undefined)[],
): Promise<BaseUrl | null> {
  const root = await ask("/");
  const led =
    root.ok && isRedirect(root.answer) ? readRefusal(root.answer, rootOf(baseUrl)).movedTo : undefined;
  const candidates = [...known, led].filter((one) => one !== undefined);
  for (const candidate of new Map(candidates.map((one) => [one.href, one])).values()) {
    if (candidate.origin !== baseUrl.origin) return candidate;
    const got = await ask(propertiesPath, candidate);
    if (got.ok && readProperties(got.answer, { baseUrl: candidate, scheme: null }).kind !== "refused") {
      return candidate;
    }
  }
  return null;
}

function rootOf(baseUrl: BaseUrl) {
  return { baseUrl, scheme: null, path: "/" } as const;
}

function isRedirect({ status }: ServerAnswer): boolean {
  return status >= 300 && status <= 399;
}

function stopped(refusal: Refused): Visit {
  return { kind: "stopped", refusal };
}
