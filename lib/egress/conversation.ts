import "server-only";
import type { Socket } from "node:net";
import { type ApproachOptions, approach } from "./approach";
import type { CertificateDetails } from "./certificate-details";
import { type CallOutResult, type EgressRequest, exchange } from "./exchange";
import type { EgressFailure } from "./failure";
import { OneLineAgent } from "./one-line-agent";
import { openLine } from "./open-line";
import type { EgressPolicy } from "./policy";

/**
 * Several requests to one origin over one kept-open connection to one judged set of addresses. If the server closes
 * the connection in between, the next request opens another to the same addresses; no request is ever sent twice.
 */
export type Conversation = {
  readonly certificate: CertificateDetails | null;
  /** Never throws. `path` begins with "/" and is sent as it is. */
  readonly request: (request: EgressRequest) => Promise<CallOutResult>;
  /** Frees the connection and the slot at the host. Safe to call twice. */
  readonly close: () => Promise<void>;
};

export type Opened =
  | { readonly ok: true; readonly conversation: Conversation }
  | { readonly ok: false; readonly failure: EgressFailure };

/**
 * Judges, resolves, connects and greets, in that order, and stops at the first failure. Never throws. The caller must
 * close the conversation.
 */
export async function openConversation(
  policy: EgressPolicy,
  origin: string,
  options: ApproachOptions = {},
): Promise<Opened> {
  const approached = await approach(policy, origin, options);
  if (!approached.ok) return approached;
  const { target, limits, clock, release } = approached;
  const first = await openLine(policy, target, limits, options.signal, clock);
  if (!first.ok) {
    release();
    return first;
  }
  let unused: Socket | null = first.socket;
  const agent = new OneLineAgent(async () => {
    const ready = unused;
    unused = null;
    const isReady = ready !== null && !ready.destroyed && !ready.readableEnded;
    return isReady ? { ok: true, socket: ready } : openLine(policy, target, limits);
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
