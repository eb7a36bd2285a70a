import type { DatabaseFault } from "@/lib/db/fault";

// More than can be under way at once; a fault whose answer was never sent is forgotten in the end.
const kept = 1_000;

// On globalThis, because Next bundles the start hook, pages and actions apart.
const holder: typeof globalThis & { latchkeyFaults?: Map<string, DatabaseFault> } = globalThis;

/** Remembers that this request failed for a fault of the database, until its answer is sent. */
export function noteFault(requestId: string, fault: DatabaseFault): void {
  const faults = known();
  faults.set(requestId, fault);
  const [oldest] = faults.keys();
  if (faults.size > kept && oldest !== undefined) faults.delete(oldest);
}

/** The fault that this request failed for, or null. Forgets it. */
export function takeFault(requestId: string): DatabaseFault | null {
  const fault = known().get(requestId) ?? null;
  known().delete(requestId);
  return fault;
}

function known(): Map<string, DatabaseFault> {
  holder.latchkeyFaults ??= new Map();
  return holder.latchkeyFaults;
}
