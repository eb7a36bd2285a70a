import "server-only";
import type { Resolver } from "./dns-lookups";
import type { EgressFailure } from "./failure";
import { type Release, takeSlot } from "./host-slots";
import { defaultLimits, type EgressLimits } from "./limits";
import type { EgressPolicy } from "./policy";
import { type ResolvedTarget, refuseUrl, resolveTarget, systemResolver } from "./resolve-target";
import { startTimeLimit } from "./time-limit";

/**
 * A phase that the call has just passed. Phases that a call does not have (TLS on http, a name that a proxy resolves)
 * are not reported.
 */
export type PhaseReport = {
  readonly phase: "address" | "name" | "connection" | "certificate";
  readonly durationMs: number;
};

export type ApproachOptions = {
  readonly limits?: Partial<EgressLimits>;
  readonly resolve?: Resolver;
  readonly signal?: AbortSignal;
  readonly onPhase?: (report: PhaseReport) => void;
  /** False for callers that keep to limits of their own, over all processes: no slot at the host is taken. */
  readonly takesSlot?: boolean;
  /** Asked before the first byte of each request, once there is a connection; false cancels the request. */
  readonly maySend?: () => boolean;
};

/** Reports how long each phase took, one after the other. */
export type Stopwatch = ((phase: PhaseReport["phase"]) => void) & { readonly restart: () => void };

export type Approached =
  | {
      readonly ok: true;
      readonly target: ResolvedTarget;
      readonly limits: EgressLimits;
      readonly clock: Stopwatch;
      /** Frees the slot at the host; always call it when the call is over. */
      readonly release: Release;
    }
  | { readonly ok: false; readonly failure: EgressFailure };

/**
 * Everything before a connection: judges the URL, takes a slot at the host, resolves the name and judges its
 * addresses. Never throws.
 */
export async function approach(
  policy: EgressPolicy,
  origin: string,
  options: ApproachOptions,
): Promise<Approached> {
  const limits = { ...defaultLimits, ...options.limits };
  const clock = stopwatch(options.onPhase);
  const url = URL.canParse(origin) ? new URL(origin) : null;
  const refused = url === null ? unreadable : refuseUrl(policy, url);
  if (url === null || refused !== null) return { ok: false, failure: refused ?? unreadable };
  clock("address");

  const queue = startTimeLimit(limits.queueMs, options.signal);
  const release = options.takesSlot === false ? () => undefined : await takeSlot(url.host, queue.signal);
  queue.clear();
  if (release === null) {
    const kind = queue.endedBy() === "caller" ? "cancelled" : "busy";
    return { ok: false, failure: { kind, phase: "address", detail: `queue ${kind}` } };
  }
  clock.restart();

  const lookup = startTimeLimit(limits.lookupMs, options.signal);
  const resolved = await resolveTarget(policy, url, options.resolve ?? systemResolver, lookup);
  lookup.clear();
  if (!resolved.ok) {
    release();
    return resolved;
  }
  if (resolved.target.way.kind === "direct") clock("name");
  return { ok: true, target: resolved.target, limits, clock, release };
}

const unreadable: EgressFailure = { kind: "scheme", phase: "address", detail: "address unreadable" };

function stopwatch(onPhase: ApproachOptions["onPhase"]): Stopwatch {
  let from = performance.now();
  const lap = (phase: PhaseReport["phase"]) => {
    const now = performance.now();
    onPhase?.({ phase, durationMs: Math.round(now - from) });
    from = now;
  };
  return Object.assign(lap, {
    restart: () => {
      from = performance.now();
    },
  });
}
