import "server-only";
import type { z } from "zod";
import type { FailureReason } from "@/lib/connectors/types";
import type { EgressFailure } from "@/lib/egress/failure";
import { readRefusal } from "./answer";
import type { BitbucketClient, Got, Query, RequestLimits } from "./client";
import { reasonOfEgress } from "./egress-reason";
import type { Refused, Sent } from "./meaning";
import { accountNameOf, jsonOf, type ServerAnswer } from "./server-answer";

export type Reply<T> =
  | { readonly kind: "value"; readonly value: T; readonly accountName: string | null }
  | { readonly kind: "refused"; readonly refusal: Refused }
  | { readonly kind: "unknown" };

/** Asks a known server for details, and knows when to stop. */
export type Questions = {
  /** True if several requests may be under way: then a question need not wait for an answer that it does not use. */
  readonly isSideBySide: boolean;
  readonly ask: <T>(path: string, query: Query, schema: z.ZodType<T>) => Promise<Reply<T>>;
  /**
   * Like `ask`, for requests that decide the sign-in: may take the rest of the check's time, and does not count
   * towards `patienceMs`.
   */
  readonly askPatiently: <T>(path: string, query: Query, schema: z.ZodType<T>) => Promise<Reply<T>>;
  /** Requests a file under the base URL without the credential; null after the conversation has ended. */
  readonly askAsNobody: (path: string, accept: string) => Promise<ServerAnswer | null>;
  /** The refusal of the credential itself that ended the conversation. */
  readonly ended: () => Refused | null;
};

/** Refusals of the credential itself. Each further request could count towards locking the account. */
const rejecting: ReadonlySet<FailureReason> = new Set([
  "SECRET_REJECTED",
  "PASSWORD_EXPIRED",
  "ACCOUNT_DEACTIVATED",
  "ACCOUNT_LOCKED",
  "BASIC_SWITCHED_OFF",
]);
/** The server asks for fewer requests. */
const tired: ReadonlySet<FailureReason> = new Set([
  "RATE_LIMITED",
  "STARTING",
  "SERVER_ERROR",
  "DIRECTORY_UNREACHABLE",
]);

/** True if a request was refused for lack of a right, not because of the credential or a proxy in front. */
export function isRefusedRight({ reason }: Refused): boolean {
  return reason === "NOT_PERMITTED" || reason === "RULE_REFUSES";
}

/** In milliseconds. The user is waiting for the result: details that a slow server has not given by then stay unknown. */
const patienceMs = 5_000;

type Asking = {
  readonly client: BitbucketClient;
  readonly sent: Sent;
  readonly log: (failure: EgressFailure) => void;
  readonly patient: RequestLimits;
  readonly isSideBySide: boolean;
};

/**
 * After a refusal of the credential, an overloaded server or a broken connection, every further request is answered
 * `unknown` without being sent. A refusal of the credential also ends the wait for requests that are under way.
 */
export function startQuestions({ client, sent, log, patient, isSideBySide }: Asking): Questions {
  let end: Refused | null = null;
  let silent = false;
  let from: number | null = null;
  let tellEnd = (_nothing: null) => {};
  const ended = new Promise<null>((resolve) => {
    tellEnd = resolve;
  });
  const isStopped = () => silent || end !== null;
  const isOver = () => {
    from ??= performance.now();
    return isStopped() || performance.now() - from > patienceMs;
  };
  /** Null for a request that is unwanted when a connection is free for it, or whose answer nobody awaits. */
  const unless = async (
    isUnwanted: () => boolean,
    send: (isWanted: () => boolean) => Promise<Got>,
  ): Promise<Got | null> => {
    if (isUnwanted()) return null;
    let isSent = false;
    const isWanted = () => {
      isSent = !isUnwanted();
      return isSent;
    };
    const got = await Promise.race([send(isWanted), ended]);
    return isSent ? got : null;
  };
  const read = <T>(got: Got, schema: z.ZodType<T>): Reply<T> => {
    if (!got.ok) {
      silent = true;
      log(got.failure);
      return { kind: "refused", refusal: { kind: "refused", reason: reasonOfEgress(got.failure).reason } };
    }
    if (got.answer.status === 200) {
      const parsed = schema.safeParse(jsonOf(got.answer));
      if (!parsed.success) return { kind: "unknown" };
      return { kind: "value", value: parsed.data, accountName: accountNameOf(got.answer) };
    }
    const refusal = readRefusal(got.answer, sent);
    if (rejecting.has(refusal.reason)) {
      end ??= refusal;
      tellEnd(null);
    }
    if (tired.has(refusal.reason)) silent = true;
    return { kind: "refused", refusal };
  };
  const asking =
    (isUnwanted: () => boolean, limits: RequestLimits): Questions["ask"] =>
    async (path, query, schema) => {
      const got = await unless(isUnwanted, (isWanted) => client.get(path, query, { ...limits, isWanted }));
      return got === null ? { kind: "unknown" } : read(got, schema);
    };
  return {
    isSideBySide,
    ended: () => end,
    askAsNobody: async (path, accept) => {
      const got = await unless(isOver, (isWanted) => client.getAsNobody(path, {}, { accept }, { isWanted }));
      if (got === null || got.ok) return got?.answer ?? null;
      silent = true;
      log(got.failure);
      return null;
    },
    ask: asking(isOver, {}),
    askPatiently: asking(isStopped, patient),
  };
}
