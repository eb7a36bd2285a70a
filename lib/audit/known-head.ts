import "server-only";
import { sql } from "drizzle-orm";
import { dataKeys } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { log } from "@/lib/log";
import { type Head, isSameMac } from "./chain";

type Known = Pick<Head, "sequence" | "mac">;
type Pending = Known & { readonly transactionId: string };

// On globalThis, because Next bundles the start hook, pages and actions separately.
const holder: typeof globalThis & {
  latchkeyKnownHead?: { committed: Known | null; pending: Pending | null };
} = globalThis;

/** From now on, this process remembers the newest head that it has seen. Call at the start, in a process with one database. */
export function beginToKnowHead(): void {
  holder.latchkeyKnownHead ??= { committed: null, pending: null };
}

/** The newest head that this process knows to be committed; null without one. */
export function knownHead(): Known | null {
  return holder.latchkeyKnownHead?.committed ?? null;
}

/** Remembers a head that a transaction has just written: it counts once that transaction is committed. */
export function rememberHead(head: Known, transactionId: string): void {
  if (holder.latchkeyKnownHead) holder.latchkeyKnownHead.pending = { ...head, transactionId };
}

/**
 * True if the table's head, which `tx` holds locked, is older than what this process knows; null means no head. Also
 * logs it: rolling back rows and head together leaves a perfect chain, so only a memory outside the database reveals
 * it.
 */
export async function wentBack(tx: Tx, head: Known | null, transactionId: string): Promise<boolean> {
  const memory = holder.latchkeyKnownHead;
  // The transaction's own earlier event does not count: it may still be rolled back.
  if (!memory || memory.pending?.transactionId === transactionId) return false;
  const { pending } = memory;
  memory.pending = null;
  if (pending && (reaches(head, pending) || (await hasCommitted(tx, pending.transactionId)))) {
    memory.committed = pending;
  }
  if (memory.committed && !reaches(head, memory.committed)) {
    sayThatItWentBack(head, memory.committed);
    return true;
  }
  if (head) memory.committed = { sequence: head.sequence, mac: head.mac };
  return false;
}

/** True if a head is `known` or a later one. */
export function reaches(head: Known | null, known: Known): boolean {
  if (!head || head.sequence < known.sequence) return false;
  return head.sequence > known.sequence || isSameMac(head.mac, known.mac);
}

/** Logs that the audit log was cut back or emptied while this process was running. */
export function sayThatItWentBack(head: Known | null, known: Known): void {
  log().error(
    { known: headText(known), found: head ? headText(head) : "none" },
    "the audit log went back behind an event that this process has seen: run npm run audit:verify",
  );
}

/** A head as one word, for `npm run audit:verify -- --since`. */
export function headText({ sequence, mac }: Known): string {
  return `${sequence}:${mac.toString("hex")}`;
}

async function hasCommitted(tx: Tx, transactionId: string): Promise<boolean> {
  // Any table with a row would do.
  const status = sql<string | null>`pg_xact_status(${transactionId}::xid8)`;
  const [row] = await tx.select({ status }).from(dataKeys).limit(1);
  return row?.status === "committed";
}
