import type { DatabaseFault } from "@/lib/db/fault";

// More than can be in progress at once; drops faults whose response was never sent.
const kept = 1_000;

// On globalThis, because Next bundles the start hook, pages and actions separately.
const holder: typeof globalThis & { latchkeyFaults?: Map<string, DatabaseFault> } = globalThis;

/** Remembers that this request failed for a database fault, until its response is sent. */
export function noteFault(requestId: string, fault: DatabaseFault): void {
  const faults = known();
  faults.set(requestId, fault);
  const [oldest] = faults.keys();
  if (faults.size > kept && oldest !== undefined) faults.delete(oldest);
}

/** Returns and forgets the fault that this request failed for; null without one. */
export function takeFault(requestId: string): DatabaseFault | null {
  const fault = known().get(requestId) ?? null;
  known().delete(requestId);
  return fault;
}

function known(): Map<string, DatabaseFault> {
  holder.latchkeyFaults ??= new Map();
  return holder.latchkeyFaults;
}
