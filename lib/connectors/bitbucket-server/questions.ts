import "server-only";
import type { z } from "zod";
import type { FailureReason } from "@/lib/connectors/types";
import type { EgressFailure } from "@/lib/egress/failure";
import { readRefusal } from "./answer";
import type { BitbucketClient, Query, RequestLimits } from "./client";
import { reasonOfEgress } from "./egress-reason";
import type { Refused, Sent } from "./meaning";
import { accountNameOf, jsonOf, type ServerAnswer } from "./server-answer";

export type Reply<T> =
  | { readonly kind: "value"; readonly value: T; readonly accountName: string | null }
  | { readonly kind: "refused"; readonly refusal: Refused }
  | { readonly kind: "unknown" };

/** Asks a known server for details, and knows when to stop. */
export type Questions = {
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

/**
 * After a refusal of the credential, an overloaded server or a broken connection, every further request is answered
 * `unknown` without being sent.
 */
export function startQuestions(
  client: BitbucketClient,
  sent: Sent,
  log: (failure: EgressFailure) => void,
  patient: RequestLimits = {},
): Questions {
  let end: Refused | null = null;
  let silent = false;
  let from: number | null = null;
  const isOver = () => {
    from ??= performance.now();
    return silent || end !== null || performance.now() - from > patienceMs;
  };
  const read = async <T>(
    path: string,
    query: Query,
    schema: z.ZodType<T>,
    limits: RequestLimits,
  ): Promise<Reply<T>> => {
    const got = await client.get(path, query, limits);
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
    if (rejecting.has(refusal.reason)) end = refusal;
    if (tired.has(refusal.reason)) silent = true;
    return { kind: "refused", refusal };
  };
  return {
    ended: () => end,
    askAsNobody: async (path, accept) => {
      const got = isOver() ? null : await client.getAsNobody(path, {}, { accept });
      if (got === null || got.ok) return got?.answer ?? null;
      silent = true;
      log(got.failure);
      return null;
    },
    ask: async (path, query, schema) => (isOver() ? { kind: "unknown" } : read(path, query, schema, {})),
    askPatiently: async (path, query, schema) =>
      silent || end !== null ? { kind: "unknown" } : read(path, query, schema, patient),
  };
}
