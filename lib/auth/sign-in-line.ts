import "server-only";
import type { Visitor } from "@/lib/actor";
import { AppError } from "@/lib/errors";
import { addressKey } from "@/lib/http/client-address";
import { hashesAtOnce } from "./passwords";
import { type Place, WaitingLine } from "./waiting-line";

/** When a client may retry after a full queue, in seconds. */
export const busySeconds = 5;

/** A hash takes some 25 ms of a core: a full queue is a few seconds of work, and no client waits longer than five. */
export const signInLineSize = {
  atOnce: hashesAtOnce,
  waiting: 96,
  perOutsider: 32,
  perKnown: 4,
  longestWaitMs: 5_000,
};

// On globalThis, because Next bundles pages and actions separately.
const holder: typeof globalThis & { latchkeySignInLine?: WaitingLine } = globalThis;
holder.latchkeySignInLine ??= new WaitingLine(signInLineSize);
const line = holder.latchkeySignInLine;

/**
 * A place in the queue before an unknown client's password is hashed; null if it is full. The caller must leave it
 * afterwards.
 */
export function enterAsOutsider(visitor: Visitor): Promise<Place | null> {
  return line.enter({ key: addressKey(visitor.origin.address), isKnown: false });
}

/** The same for a client that unknown clients must not delay, such as a known device; `key` identifies it. */
export function enterAsKnown(key: string): Promise<Place | null> {
  return line.enter({ key: `known ${key}`, isKnown: true });
}

/** The error for a full queue. */
export function lineIsFull(): AppError {
  return new AppError({
    code: "RATE_LIMITED",
    message: `The portal is busy with many sign-ins. Nothing was saved. Try again in ${busySeconds} seconds.`,
  });
}
