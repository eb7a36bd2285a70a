import type { AnswerMeaning, StreamCall } from "@/lib/connectors/stream-reader";

/** Sends one GET, or takes the answer that an equal one got. Throws `NotAsked` beyond the limits. */
export type Ask = (call: StreamCall) => Promise<AnswerMeaning>;

/** The limits of a rehearsal are reached: this call was not sent. */
export class NotAsked extends Error {}

type Limits = { readonly calls: number; readonly until: number };

/** Asks within limits, and each thing once: many sources and destinations read the same repository. */
export function askOnce(ask: Ask, { calls, until }: Limits, now: () => number = Date.now): Ask {
  const answers = new Map<string, AnswerMeaning>();
  let sent = 0;
  return async (call) => {
    const query = Object.entries(call.query).toSorted(([one], [other]) => (one < other ? -1 : 1));
    const key = JSON.stringify([call.path, query]);
    const known = answers.get(key);
    if (known) return known;
    if (sent >= calls || now() >= until) throw new NotAsked("the rehearsal's limits are reached");
    sent += 1;
    const answer = await ask(call);
    answers.set(key, answer);
    return answer;
  };
}
