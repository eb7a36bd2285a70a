import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { deriveKey } from "@/lib/crypto/derive";
import { issueTicket, readTicket } from "@/lib/crypto/signed-ticket";
import { portalKeys } from "@/lib/portal-keys";

const kind = {
  purpose: "store-unchecked",
  schema: z.object({ userId: z.string(), baseUrl: z.string() }),
};

const validityMs = 15 * 60 * 1000;

/** Permission for this person to store a credential for this server without a check, for 15 minutes: given only where the server could not be asked. */
export function issueUncheckedTicket(actor: Actor, baseUrl: string): string {
  const payload = { userId: actor.userId, baseUrl };
  return issueTicket(ticketKey(), kind, payload, { expiresAt: new Date(Date.now() + validityMs) });
}

/** Whether `ticket` permits this person to store a credential for this server without a check, now. */
export function permitsUnchecked(ticket: string | undefined, actor: Actor, baseUrl: string): boolean {
  if (!ticket) return false;
  const reading = readTicket(ticketKey(), kind, ticket, new Date());
  return reading.ok && reading.payload.userId === actor.userId && reading.payload.baseUrl === baseUrl;
}

function ticketKey() {
  return deriveKey(Buffer.from(portalKeys().authSecret), "signed-ticket");
}
