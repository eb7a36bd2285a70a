import type { Values } from "@/lib/connectors/action";
import type {
  Call,
  Item,
  ItemResult,
  Move,
  Past,
  SendAnswer,
  SendContext,
} from "@/lib/connectors/action-sender";
import { bitbucketSender } from "@/lib/connectors/bitbucket-server/sending/all";

export type Played = {
  readonly calls: readonly { readonly kind: "ask" | "write"; readonly call: Call }[];
  readonly results: readonly ItemResult[];
};

type Answers = (call: Call, kind: "ask" | "write", number: number) => SendAnswer;

type More = { readonly past?: Past; readonly context?: Partial<SendContext>; readonly most?: number };

/** Plays an action of Bitbucket to its end with these answers; fails after `most` calls. */
export function playAction(
  action: string,
  values: Values | readonly Values[],
  answers: Answers,
  { past = { kind: "new" }, context: more = {}, most = 20 }: More = {},
): Played {
  const context: SendContext = { action, serverVersion: "9.4.3", account: "jane", ...more };
  // `Array.isArray` does not narrow read-only lists.
  const all = Array.isArray(values) ? (values as readonly Values[]) : [values as Values];
  const items = all.map((each, index): Item => {
    return { marker: `0123456789abcde${index % 10}`, values: each, past };
  });
  const calls: { kind: "ask" | "write"; call: Call }[] = [];
  let move: Move = bitbucketSender.begin(context, items);
  while (move.kind !== "done") {
    if (calls.length === most) throw new Error(`${action} does not end`);
    calls.push({ kind: move.kind, call: move.call });
    const answer = answers(move.call, move.kind, calls.length - 1);
    // As the engine keeps it.
    const state = JSON.parse(JSON.stringify(move.state));
    move = bitbucketSender.next(context, items, state, answer);
  }
  return { calls, results: move.results };
}

/** Answers of a script, one after the other. */
export function inTurn(...answers: readonly SendAnswer[]): Answers {
  return (call, _kind, number) => {
    const answer = answers[number];
    if (!answer) throw new Error(`No answer for ${call.method} ${call.path}`);
    return answer;
  };
}

/** The words of a call: "GET /rest/…?at=main". */
export function inWords({ method, path, query }: Call): string {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  ).toString();
  return `${method} ${path}${text === "" ? "" : `?${text}`}`;
}

export const ok = (body: unknown, status = 200): SendAnswer => ({ kind: "done", status, body });
export const page = (...values: readonly unknown[]): SendAnswer =>
  ok({ size: values.length, limit: 1000, start: 0, isLastPage: true, values });
export const assumed: SendAnswer = { kind: "assumed" };

/** A 404 with such an exception. */
export function missing(exception: string, message = "It does not exist."): SendAnswer {
  return { kind: "missing", problems: [{ field: null, message }], exceptions: [exceptionName(exception)] };
}

/** A refusal with one entry. */
export function rejection(
  status: number,
  exception: string | null,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): SendAnswer {
  const entry = { context: null, message, exceptionName: exception && exceptionName(exception), ...more };
  return { kind: "rejected", status, problems: [{ field: null, message }], body: { errors: [entry] } };
}

function exceptionName(name: string): string {
  return `com.atlassian.bitbucket.${name}`;
}
