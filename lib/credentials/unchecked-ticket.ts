import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import { authorizationHeader } from "@/lib/bitbucket/sign-in";
import type { SignIn } from "@/lib/bitbucket/types";
import { deriveKey, fingerprint } from "@/lib/crypto/derive";
import { Secret } from "@/lib/crypto/secret";
import { issueTicket, readTicket } from "@/lib/crypto/signed-ticket";
import { portalKeys } from "@/lib/portal-keys";

/** What was refused, and may therefore be stored without a check: this secret for this server, nothing else. */
export type Unchecked = { readonly baseUrl: string; readonly signIn: SignIn };

const kind = {
  purpose: "store-unchecked",
  schema: z.object({ userId: z.string(), baseUrl: z.string(), signIn: z.string() }),
};

const validityMs = 15 * 60 * 1000;

/** Permission for this person to store just this without a check, for 15 minutes: given only where the server could not be asked. */
export function issueUncheckedTicket(actor: Actor, unchecked: Unchecked): string {
  const expiresAt = new Date(Date.now() + validityMs);
  return issueTicket(key("signed-ticket"), kind, payloadOf(actor, unchecked), { expiresAt });
}

/** Whether `ticket` permits this person to store just this without a check, now. */
export function permitsUnchecked(ticket: string, actor: Actor, unchecked: Unchecked): boolean {
  const reading = readTicket(key("signed-ticket"), kind, ticket, new Date());
  if (!reading.ok) return false;
  const { userId, baseUrl, signIn } = payloadOf(actor, unchecked);
  const { payload } = reading;
  return payload.userId === userId && payload.baseUrl === baseUrl && payload.signIn === signIn;
}

// The ticket travels through the browser, so of the secret it holds a keyed fingerprint only.
function payloadOf(actor: Actor, { baseUrl, signIn }: Unchecked) {
  const typed = Secret.of(authorizationHeader(signIn));
  return { userId: actor.userId, baseUrl, signIn: fingerprint(key("secret-fingerprint"), typed) };
}

function key(purpose: "signed-ticket" | "secret-fingerprint") {
  return deriveKey(Buffer.from(portalKeys().authSecret), purpose);
}
