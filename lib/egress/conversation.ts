import "server-only";
import type { Socket } from "node:net";
import { type ApproachOptions, approach, type PhaseReport } from "@/lib/egress/approach";
import type { CertificateFacts } from "@/lib/egress/certificate-facts";
import { dialTcp } from "@/lib/egress/dial";
import { type CallOutResult, type EgressRequest, exchange } from "@/lib/egress/exchange";
import type { EgressFailure } from "@/lib/egress/failure";
import { greetTls } from "@/lib/egress/greet-tls";
import type { EgressLimits } from "@/lib/egress/limits";
import { OneLineAgent } from "@/lib/egress/one-line-agent";
import type { EgressPolicy } from "@/lib/egress/policy";
import type { ResolvedTarget } from "@/lib/egress/resolve-target";

/**
 * Several requests to one origin over one kept-open connection to one judged set of addresses. Should the server close
 * the connection in between, the next request opens another one to the same addresses; no request is ever sent twice.
 */
export type Conversation = {
  readonly certificate: CertificateFacts | null;
  /** Never throws. `path` begins with "/" and is sent as it is. */
  readonly request: (request: EgressRequest) => Promise<CallOutResult>;
  /** Frees the connection and the place at the host. Safe to call twice. */
  readonly close: () => Promise<void>;
};

export type Opened =
  | { readonly ok: true; readonly conversation: Conversation }
  | { readonly ok: false; readonly failure: EgressFailure };

/** Judges, resolves, connects and greets, in that order, and stops at the first failure. Never throws. Close what it opens. */
export async function openConversation(
  policy: EgressPolicy,
  origin: string,
  options: ApproachOptions = {},
): Promise<Opened> {
  const approached = await approach(policy, origin, options);
  if (!approached.ok) return approached;
  const { target, limits, clock, release } = approached;
  const first = await dial(policy, target, limits, options.signal, clock);
  if (!first.ok) {
    release();
    return first;
  }
  let unused: Socket | null = first.socket;
  const agent = new OneLineAgent(async () => {
    const ready = unused;
    unused = null;
    const isReady = ready !== null && !ready.destroyed && !ready.readableEnded;
    return isReady ? { ok: true, socket: ready } : dial(policy, target, limits);
  });
  return {
    ok: true,
    conversation: {
      certificate: first.certificate,
      request: (request) => exchange(agent, target.url, request, limits, options.signal),
      close: async () => {
        agent.destroy();
        first.socket.destroy();
        release();
      },
    },
  };
}

type Line =
  | { readonly ok: true; readonly socket: Socket; readonly certificate: CertificateFacts | null }
  | { readonly ok: false; readonly failure: EgressFailure };

async function dial(
  policy: EgressPolicy,
  target: ResolvedTarget,
  limits: EgressLimits,
  signal?: AbortSignal,
  onPhase?: (phase: PhaseReport["phase"]) => void,
): Promise<Line> {
  const tcp = await dialTcp(target, limits.connectMs, signal);
  if (!tcp.ok) return tcp;
  onPhase?.("connection");
  if (target.url.protocol === "http:") return { ok: true, socket: tcp.socket, certificate: null };
  const tls = await greetTls(tcp.socket, target, policy, limits.connectMs, signal);
  if (tls.ok) onPhase?.("certificate");
  return tls;
}
