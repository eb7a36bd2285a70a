import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { lengthPrefixed } from "./length-prefixed";

/** Longer texts are refused unread, so hashing costs an attacker's request next to nothing. */
const MAX_TICKET_CHARACTERS = 4096;

const bodySchema = z.object({ expiresAt: z.iso.datetime(), payload: z.unknown() });

/** Flat, so that what is read back from JSON is what was issued. A Secret does not fit. */
export type TicketPayload = Record<string, string | number | boolean | null>;

/** What a ticket is for and what it says. A ticket of one purpose is a forgery to every other. */
export interface TicketKind<T extends TicketPayload> {
  readonly purpose: string;
  readonly schema: z.ZodType<T>;
}

/** MALFORMED: not a ticket of this kind's shape. FORGED: not signed by this key for this purpose. EXPIRED: too late. */
export type TicketRefusal = "MALFORMED" | "FORGED" | "EXPIRED";

/** The payload, or why it is not given. */
export type TicketReading<T> = { ok: true; payload: T } | { ok: false; reason: TicketRefusal };

/**
 * Signs a payload until `expiresAt`, as URL-safe text. Signed, not encrypted: whoever holds it can read it. It can be
 * shown more than once before it expires. Throws RangeError when the text would exceed 4096 characters
 * or the date is none.
 */
export function issueTicket<T extends TicketPayload>(
  key: KeyObject,
  kind: TicketKind<T>,
  payload: T,
  { expiresAt }: { expiresAt: Date },
): string {
  const json = JSON.stringify({ expiresAt: expiresAt.toISOString(), payload });
  const body = Buffer.from(json, "utf8").toString("base64url");
  const ticket = `${body}.${signature(key, kind.purpose, body)}`;
  if (ticket.length > MAX_TICKET_CHARACTERS) throw new RangeError("The payload is too long for a ticket.");
  return ticket;
}

/** Gives the payload of a ticket that this key signed for this purpose and that is still good at `now`; never throws. */
export function readTicket<T extends TicketPayload>(
  key: KeyObject,
  kind: TicketKind<T>,
  text: string,
  now: Date,
): TicketReading<T> {
  const parts = text.length > MAX_TICKET_CHARACTERS ? [] : text.split(".");
  const [body, signed] = parts;
  if (body === undefined || signed === undefined || parts.length !== 2)
    return { ok: false, reason: "MALFORMED" };
  if (!sameText(signed, signature(key, kind.purpose, body))) return { ok: false, reason: "FORGED" };

  const content = bodySchema.safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
  if (!content.success) return { ok: false, reason: "MALFORMED" };
  if (now.getTime() >= Date.parse(content.data.expiresAt)) return { ok: false, reason: "EXPIRED" };
  const payload = kind.schema.safeParse(content.data.payload);
  return payload.success ? { ok: true, payload: payload.data } : { ok: false, reason: "MALFORMED" };
}

/** Over the encoded body as it travels, so nothing is decoded or parsed before it is proven. */
function signature(key: KeyObject, purpose: string, body: string): string {
  const signed = lengthPrefixed(["latchkey ticket", "1", purpose, body]);
  return createHmac("sha256", key).update(signed).digest("base64url");
}

/** Compares the encoded texts: decoding first would let several spellings of one signature pass. */
function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given, "utf8");
  const b = Buffer.from(expected, "utf8");
  return a.length === b.length && timingSafeEqual(a, b);
}
