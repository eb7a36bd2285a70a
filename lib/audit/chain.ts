import "server-only";
import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import type { auditEvents, auditHeads } from "@/drizzle/schema";
import { lengthPrefixed } from "@/lib/crypto/length-prefixed";

/** An event's row; `mac` covers all other columns. */
export type EventRow = typeof auditEvents.$inferSelect;

/** The head's row; `headMac` covers all other columns. */
export type Head = Omit<typeof auditHeads.$inferSelect, "only">;

/** What an event follows: the previous event's MAC, the start of the chain, or a head that failed verification. */
export type Previous =
  | { readonly kind: "event"; readonly mac: Buffer }
  | { readonly kind: "start"; readonly after: number }
  | { readonly kind: "refused-head" };

/** The MAC of an event (HMAC-SHA256, 32 bytes): over all of its columns and what it follows, each prefixed by its length. */
export function macOf(key: KeyObject, previous: Previous, row: Omit<EventRow, "mac">): Buffer {
  return hmac(key, [
    "latchkey audit event 1",
    ...textsOf(previous),
    String(row.id),
    row.at.toISOString(),
    orNone(row.actorId),
    orNone(row.via),
    orNone(row.sessionId),
    orNone(row.address),
    row.event,
    orNone(row.subjectId),
    orNone(row.credentialId),
    canonicalJson(row.details),
    row.requestId,
    orNone(row.dataKeyId),
  ]);
}

/** The MAC of a head (HMAC-SHA256, 32 bytes), which only the portal can compute. */
export function headMacOf(key: KeyObject, head: Omit<Head, "headMac">): Buffer {
  return hmac(key, [
    "latchkey audit head 1",
    String(head.sequence),
    head.at.toISOString(),
    head.mac.toString("hex"),
    String(head.startsAfter),
    head.dataKeyId,
  ]);
}

/** Compares two MACs in constant time. */
export function isSameMac(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(key: KeyObject, parts: string[]): Buffer {
  return createHmac("sha256", key).update(lengthPrefixed(parts)).digest();
}

function textsOf(previous: Previous): [string, string] {
  if (previous.kind === "event") return ["event", previous.mac.toString("hex")];
  if (previous.kind === "start") return ["start", String(previous.after)];
  return ["refused head", ""];
}

// Null and an empty text must differ.
function orNone(value: string | null): string {
  return value === null ? "none" : `some ${value}`;
}

// jsonb keeps neither key order nor spaces, so the text is built from the parsed value.
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join()}}`;
}
