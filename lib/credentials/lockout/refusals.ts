import "server-only";
import type { ProtectedAccount } from "./account";

/** A sign-in as lock-out protection knows it: its account and secret as keyed fingerprints. */
export type SentSignIn = { readonly protectedAccount: ProtectedAccount; readonly secret: string };

/** True once the server's refusal of a sign-in has arrived in this process. Synchronous, so asked right before sending. */
export type IsRefused = () => boolean;

type Refusal = { readonly number: number; readonly recording: Promise<unknown> };

/** Old entries only repeat what the database knows by then. */
const mostKept = 10_000;

// On globalThis, because Next bundles actions and the start hook separately: each would have its own.
const holder: typeof globalThis & { latchkeyRefusals?: Map<string, Refusal> } = globalThis;

function refusals(): Map<string, Refusal> {
  holder.latchkeyRefusals ??= new Map();
  return holder.latchkeyRefusals;
}

/**
 * Tells everything in this process that sends with the same sign-in of its refusal, at once, and has it recorded for
 * other processes. Resolves and rejects as `record` does.
 */
export function announceRefusal<T>(signIn: SentSignIn, record: () => Promise<T>): Promise<T> {
  const key = keyOf(signIn);
  const known = refusals();
  const number = (known.get(key)?.number ?? 0) + 1;
  // Announced before `record` runs: its first statement already takes time.
  known.delete(key);
  const recording = Promise.resolve().then(record);
  known.set(key, { number, recording: recording.catch(() => undefined) });
  for (const oldest of known.keys()) {
    if (known.size <= mostKept) break;
    known.delete(oldest);
  }
  return recording;
}

/**
 * Begins to watch a sign-in that is about to be used. Waits first until a refusal that has arrived is recorded: whoever
 * asks the database afterwards finds every refusal that the watch does not tell of.
 */
export async function watchRefusals(signIn: SentSignIn): Promise<IsRefused> {
  const key = keyOf(signIn);
  for (;;) {
    const before = refusals().get(key);
    await before?.recording;
    const now = refusals().get(key);
    if (now === before) return () => refusals().get(key) !== now;
  }
}

function keyOf({ protectedAccount: { baseUrl, account }, secret }: SentSignIn): string {
  return JSON.stringify([baseUrl, account, secret]);
}
