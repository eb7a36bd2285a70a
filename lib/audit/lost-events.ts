import "server-only";
import { and, count, eq, notExists, type SQL, sql } from "drizzle-orm";
import { auditEvents, auditHeads, credentials, dataKeys, users } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { countOf } from "@/lib/text/count-of";
import { isSameMac } from "./chain";
import type { Finding } from "./walk";

/** A head that was stored outside the database: number and MAC of the newest event at that time. */
export type KeptHead = { readonly sequence: number; readonly mac: Buffer };

/** Reads a head as `npm run audit:verify` prints it, as one word or as the whole line; null for anything else. */
export function readKeptHead(text: string): KeptHead | null {
  const [, number, hex] =
    /^\s*(?:Head: )?(?:event )?(\d{1,15})(?::| of \S+, )([0-9a-f]{64})\s*$/i.exec(text) ?? [];
  return number && hex ? { sequence: Number(number), mac: Buffer.from(hex, "hex") } : null;
}

/** The event of a stored head must still exist, with the same MAC: otherwise the log was cut back or replaced since. */
export async function aboutKeptHead(tx: Tx, since: KeptHead): Promise<Finding[]> {
  const { sequence } = since;
  const [row] = await tx
    .select({ mac: auditEvents.mac })
    .from(auditEvents)
    .where(eq(auditEvents.id, sequence));
  if (row?.mac && isSameMac(row.mac, since.mac)) return [];
  const words = row
    ? `Event ${sequence} is not the one that the kept head names: the log was replaced since.`
    : `Event ${sequence}, which the kept head names, is gone: the log was cut back since.`;
  return [{ sequence, kind: "head", words }];
}

/**
 * Rows that only an event can have created, but whose event is missing. This reveals a log that was emptied together
 * with its head, or cut back behind rows that still exist, which leaves a perfect chain.
 */
export async function aboutUnrecorded(tx: Tx): Promise<Finding[]> {
  const found = [
    await unrecorded(tx, "account", users, users.id, "user.signed-up"),
    await unrecorded(tx, "credential", credentials, credentials.id, "credential.added"),
  ].flat();
  const events = (await tx.$count(auditEvents)) + (await tx.$count(auditHeads));
  if (found.length > 0 || events > 0 || (await tx.$count(dataKeys)) === 0) return found;
  return [{ sequence: 0, kind: "event", words: "The log is empty, though the portal has made its keys." }];
}

async function unrecorded(
  tx: Tx,
  noun: string,
  table: typeof users | typeof credentials,
  id: SQL | typeof users.id | typeof credentials.id,
  event: string,
): Promise<Finding[]> {
  const itsEvent = tx
    .select({ one: sql`1` })
    .from(auditEvents)
    .where(and(eq(auditEvents.subjectId, id), eq(auditEvents.event, event)));
  const [row] = await tx.select({ rows: count() }).from(table).where(notExists(itsEvent));
  const rows = row?.rows ?? 0;
  if (rows === 0) return [];
  const exist = `${countOf(rows, noun)} ${rows === 1 ? "exists" : "exist"}`;
  const words = `${exist} without the event of being made: the log was emptied or cut, or they were put there by somebody else.`;
  return [{ sequence: 0, kind: "unrecorded", words }];
}
