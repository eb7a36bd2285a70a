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

/** Asks for more once the server is known, and knows when to stop. */
export type Questions = {
  readonly ask: <T>(path: string, query: Query, schema: z.ZodType<T>) => Promise<Reply<T>>;
  /** The same for what decides the sign-in: waits for as long as the check may take, and uses up no patience. */
  readonly askPatiently: <T>(path: string, query: Query, schema: z.ZodType<T>) => Promise<Reply<T>>;
  /** Asks for a file under the base URL without the credential; null when there is no answer any more. */
  readonly askAsNobody: (path: string, accept: string) => Promise<ServerAnswer | null>;
  /** A refusal of the credential itself, after which nothing more was asked. */
  readonly ended: () => Refused | null;
};

/** The credential itself was refused. Each further request could count towards locking the account. */
const rejecting: ReadonlySet<FailureReason> = new Set([
  "SECRET_REJECTED",
  "PASSWORD_EXPIRED",
  "ACCOUNT_DEACTIVATED",
  "ACCOUNT_LOCKED",
  "BASIC_SWITCHED_OFF",
]);
/** The server has enough for now. */
const tired: ReadonlySet<FailureReason> = new Set([
  "RATE_LIMITED",
  "STARTING",
  "SERVER_ERROR",
  "DIRECTORY_UNREACHABLE",
]);

/** Whether a question was refused for want of a right, and not for the credential or by something in front. */
export function isRefusedRight({ reason }: Refused): boolean {
  return reason === "NOT_PERMITTED" || reason === "RULE_REFUSES";
}

/** Who waits for an answer has it by now: what a slow server has not told after this, in milliseconds, stays unknown. */
const patienceMs = 5_000;

/** After a refusal of the credential, a tired server or a broken line every further question is answered `unknown` unasked. */
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
