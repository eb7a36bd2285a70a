import "server-only";
import type { AnswerMeaning } from "@/lib/connectors/stream-reader";
import { longestWaitSeconds, noteWait, takeAllowance } from "@/lib/server-shares/allowance";
import { maySignIn, stopAsRefused } from "./refused";
import type { AnySlice } from "./slice";

/** The server asks to wait. */
export type Wait = Extract<AnswerMeaning, { readonly kind: "wait" }>;
/** The server does not accept the sign-in. */
export type Refused = Extract<AnswerMeaning, { readonly kind: "refused" }>;
/** The slice ended before the call was sent or answered, or because its sign-in was refused. */
export type Ended = { readonly kind: "ended" };

/**
 * Sends a call as soon as the account's allowance has room for it, and again after each wait that the server asks for.
 * `send` must be harmless to repeat after such an answer. Sends nothing with a sign-in that is known to be refused.
 */
export async function callServer<Answer extends { readonly kind: string }>(
  slice: AnySlice,
  send: () => Promise<Answer | Wait | Refused>,
): Promise<Answer | Ended> {
  const { allowance } = slice.prepared;
  const { db, timing } = slice.engine;
  for (;;) {
    if (!(await hasRoom(slice)) || !(await maySignIn(slice))) return ended;
    slice.countCall();
    const answer = await unlessAborted(slice, send());
    if (isRefused(answer)) {
      await stopAsRefused(slice, answer.reason);
      return ended;
    }
    if (isCalledOff(answer)) {
      slice.finish({ kind: "turn", waitMs: 0 });
      return ended;
    }
    if (!isWait(answer)) return answer;
    await noteWait(db, allowance, answer.seconds);
    slice.isCounted = true;
    const ms = Math.min(answer.seconds, longestWaitSeconds) * 1000;
    if (ms <= timing.shortWaitMs) continue;
    slice.finish({ kind: "wait", ms, why: answer.why });
    return ended;
  }
}

const ended: Ended = { kind: "ended" };

function isWait(answer: { readonly kind: string }): answer is Wait {
  return answer.kind === "wait";
}

function isRefused(answer: { readonly kind: string }): answer is Refused {
  return answer.kind === "refused";
}

// The sign-in was refused while this call waited for its connection: nothing of it was sent.
function isCalledOff(answer: { readonly kind: string; readonly reason?: unknown }): boolean {
  return answer.reason === "CANCELLED";
}

/** Waits for room in the allowance; false if the slice ended. A long wait ends it. */
async function hasRoom(slice: AnySlice): Promise<boolean> {
  const { db, timing } = slice.engine;
  while (!slice.isEnding()) {
    if (!slice.isCounted) return true;
    const allowed = await takeAllowance(db, slice.prepared.allowance);
    if (allowed.ok) return true;
    if (allowed.waitMs > timing.shortWaitMs) {
      slice.finish({ kind: "wait", ms: allowed.waitMs, why: "rate-limit" });
      return false;
    }
    await slice.wait(allowed.waitMs);
  }
  return false;
}

// Its listener goes with each answer: a promise that lasts as long as the slice would keep all answers in memory.
function unlessAborted<Answer>(
  { aborted: { signal } }: AnySlice,
  answer: Promise<Answer>,
): Promise<Answer | Ended> {
  if (signal.aborted) return Promise.resolve({ kind: "ended" });
  return new Promise((resolve, reject) => {
    const end = () => resolve({ kind: "ended" });
    signal.addEventListener("abort", end, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}
