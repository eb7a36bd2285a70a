import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import { deriveKey } from "@/lib/crypto/derive";
import { readToken, signToken } from "@/lib/crypto/signed-token";
import { portalKeys } from "@/lib/portal/keys";
import type { ProtectedAccount } from "./account";

/** What may be sent once more: a typed sign-in for an account, or one version of a stored secret. Each names one account. */
export type TriedAgain = ProtectedAccount | CheckedVersion;

const kind = {
  purpose: "try-again",
  schema: z.object({ userId: z.string(), what: z.string(), seenAt: z.number() }),
};

/** As long as the longest session, so that a page left open stays usable. Later refusals or overrides end it sooner. */
export const tryAgainValidityMs = 12 * 60 * 60 * 1000;

/**
 * A signed token that permits the actor one more sign-in, for 12 hours. `seenAt`, by the database's clock, marks what
 * the actor knew: the token is void once an override was used or the account was refused after that instant.
 */
export function issueTryAgainToken(actor: Actor, what: TriedAgain, seenAt: Date): Promise<string> {
  const expiresAt = new Date(Date.now() + tryAgainValidityMs);
  const payload = { userId: actor.userId, what: textOf(what), seenAt: seenAt.getTime() };
  return signToken(key(), kind, payload, { expiresAt });
}

/** The override that `token` gives the actor for exactly this target; null without a valid token. */
export async function overrideOf(
  token: string | undefined,
  actor: Actor,
  what: TriedAgain,
): Promise<Date | null> {
  if (!token) return null;
  const reading = await readToken(key(), kind, token, new Date());
  if (!reading.ok) return null;
  const { userId, seenAt } = reading.payload;
  return userId === actor.userId && reading.payload.what === textOf(what) ? new Date(seenAt) : null;
}

// Unambiguous: no part holds a space, and no id is a URL.
function textOf(what: TriedAgain): string {
  return "account" in what ? `${what.baseUrl} ${what.account}` : `${what.credentialId} ${what.secretVersion}`;
}

function key() {
  return deriveKey(Buffer.from(portalKeys().authSecret), "signed-ticket");
}
