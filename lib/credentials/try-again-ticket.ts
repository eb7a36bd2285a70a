import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import { deriveKey } from "@/lib/crypto/derive";
import { issueTicket, readTicket } from "@/lib/crypto/signed-ticket";
import { portalKeys } from "@/lib/portal-keys";
import type { GuardedAccount } from "./guarded-account";

const kind = {
  purpose: "try-again",
  schema: z.object({ userId: z.string(), baseUrl: z.string(), account: z.string(), word: z.number() }),
};

const validityMs = 15 * 60 * 1000;

/**
 * Permission for this person to let one more sign-in go to this account, for 15 minutes. `word` is the guard's number of
 * words used so far: once one more was used, by whomever, the permission is worth nothing.
 */
export function issueTryAgainTicket(
  actor: Actor,
  { baseUrl, account }: GuardedAccount,
  word: number,
): string {
  const expiresAt = new Date(Date.now() + validityMs);
  return issueTicket(key(), kind, { userId: actor.userId, baseUrl, account, word }, { expiresAt });
}

/** The word that `ticket` permits this person to say for this account now; null for any other ticket and none. */
export function wordOf(ticket: string | undefined, actor: Actor, guarded: GuardedAccount): number | null {
  if (!ticket) return null;
  const reading = readTicket(key(), kind, ticket, new Date());
  if (!reading.ok) return null;
  const { userId, baseUrl, account, word } = reading.payload;
  const isForThis = userId === actor.userId && baseUrl === guarded.baseUrl && account === guarded.account;
  return isForThis ? word : null;
}

function key() {
  return deriveKey(Buffer.from(portalKeys().authSecret), "signed-ticket");
}
