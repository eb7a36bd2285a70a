import "server-only";
import type { Visitor } from "@/lib/actor";
import { AppError } from "@/lib/errors";
import { addressKey } from "@/lib/http/client-address";
import { hashesAtOnce } from "./passwords";
import { type Place, WaitingLine } from "./waiting-line";

/** When whoever met a full line may come again, in seconds. */
export const busySeconds = 5;

/** A hash takes some 25 ms of a core: a full line is a few seconds of work, and nobody waits for longer than five. */
export const signInLineSize = {
  atOnce: hashesAtOnce,
  waiting: 96,
  perOutsider: 32,
  perKnown: 4,
  longestWaitMs: 5_000,
};

// On globalThis, because Next bundles pages and actions apart.
const holder: typeof globalThis & { latchkeySignInLine?: WaitingLine } = globalThis;
holder.latchkeySignInLine ??= new WaitingLine(signInLineSize);
const line = holder.latchkeySignInLine;

/** A place in the line before an unknown client's password is hashed; null when the line is full. Leave it afterwards. */
export function enterAsOutsider(visitor: Visitor): Promise<Place | null> {
  return line.enter({ key: addressKey(visitor.origin.address), isKnown: false });
}

/** The same for somebody whom unknown clients must not keep waiting, such as a known device; `key` says who. */
export function enterAsKnown(key: string): Promise<Place | null> {
  return line.enter({ key: `known ${key}`, isKnown: true });
}

/** What is said where the line was full. */
export function lineIsFull(): AppError {
  return new AppError({
    code: "RATE_LIMITED",
    message: `The portal is busy with many sign-ins. Nothing was saved. Try again in ${busySeconds} seconds.`,
  });
}
