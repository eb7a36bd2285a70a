import "server-only";
import { randomUUID } from "node:crypto";
import type { Visitor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { addressKey } from "@/lib/http/client-address";
import { recordFailedSignIns } from "./failed-sign-ins";

type Refused = { readonly until: number; readonly visitor: Visitor; pending: number };

// An attacker with more addresses than this meets the queue and its limits instead.
const addressesAtMost = 10_000;

// On globalThis, because Next bundles pages and actions separately.
const holder: typeof globalThis & { latchkeyRefused?: Map<string, Refused> } = globalThis;
holder.latchkeyRefused ??= new Map<string, Refused>();
const refused = holder.latchkeyRefused;

/** Remembers in this process that an address is over its limit, so that its next attempts cost next to nothing. */
export function turnAway(visitor: Visitor, seconds: number): void {
  const key = addressKey(visitor.origin.address);
  const pending = refused.get(key)?.pending ?? 0;
  refused.delete(key);
  const [oldest] = refused.keys();
  if (refused.size >= addressesAtMost && oldest !== undefined) refused.delete(oldest);
  refused.set(key, { until: Date.now() + seconds * 1000, visitor, pending });
}

/** True for an attempt from an address over its limit; counts it for `countTurnedAway`. */
export function isTurnedAway(visitor: Visitor): boolean {
  const entry = refused.get(addressKey(visitor.origin.address));
  if (!entry || entry.until <= Date.now()) return false;
  entry.pending += 1;
  return true;
}

/** Stores this process's rejected attempts for the audit log. */
export async function countTurnedAway(db: Db): Promise<void> {
  for (const [key, entry] of refused) {
    const { pending: count, visitor } = entry;
    if (count === 0 && entry.until <= Date.now()) refused.delete(key);
    if (count === 0) continue;
    const who = { requestId: randomUUID(), origin: visitor.origin };
    await recordFailedSignIns(db, who, { userId: null, reason: "rate-limited", count });
    entry.pending -= count;
  }
}
