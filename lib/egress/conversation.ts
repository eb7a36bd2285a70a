import "server-only";
import type { Socket } from "node:net";
import { type ApproachOptions, approach } from "./approach";
import type { CertificateDetails } from "./certificate-details";
import { type CallOutFailure, type CallOutResult, type EgressRequest, exchange } from "./exchange";
import type { EgressFailure } from "./failure";
import { LinePool } from "./line-pool";
import { OneLineAgent } from "./one-line-agent";
import { openLine } from "./open-line";
import type { EgressPolicy } from "./policy";

/**
 * Several requests to one origin over kept-open connections to one judged set of addresses. If the server closes a
 * connection in between, the next request opens another to the same addresses; no request is ever sent twice.
 */
export type Conversation = {
  readonly certificate: CertificateDetails | null;
  /**
   * Never throws. The request's path begins with "/" and is sent as it is. It waits while all connections are in use;
   * if `isWanted` is false by then, it is not sent and ends as cancelled.
   */
  readonly request: (request: EgressRequest, isWanted?: () => boolean) => Promise<CallOutResult>;
  /** Frees the connections and the slot at the host. Safe to call twice. */
  readonly close: () => Promise<void>;
};

export type ConversationOptions = ApproachOptions & {
  /** Connections, and so requests at a time; 1 by default. The others are opened while the first is already in use. */
  readonly lines?: number;
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
  options: ConversationOptions = {},
): Promise<Opened> {
  const approached = await approach(policy, origin, options);
  if (!approached.ok) return approached;
  const { target, limits, clock, release } = approached;
  const first = await openLine(policy, target, limits, options.signal, clock);
  if (!first.ok) {
    release();
    return first;
  }
  const pool = new LinePool();
  const add = (socket: Socket) => pool.add(new OneLineAgent(socket, () => openLine(policy, target, limits)));
  add(first.socket);
  // A server may allow fewer connections: the conversation goes on with those that open.
  for (let lines = 1; lines < (options.lines ?? 1); lines += 1) {
    void openLine(policy, target, limits, options.signal).then((more) => more.ok && add(more.socket));
  }
  return {
    ok: true,
    conversation: {
      certificate: first.certificate,
      request: async (request, isWanted = () => true) => {
        const result = await pool.use(async (line) => {
          if (!isWanted()) return notSent;
          const answer = await exchange(line, target.url, request, limits, options);
          if (!answer.ok) pool.drop(line);
          return answer;
        });
        return result ?? notSent;
      },
      close: async () => {
        pool.destroy();
        release();
      },
    },
  };
}

const notSent: CallOutFailure = {
  ok: false,
  failure: { kind: "cancelled", phase: "exchange", detail: "exchange not wanted" },
  isUnsent: true,
};
