import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import { deriveKey } from "@/lib/crypto/derive";
import { readToken, signToken } from "@/lib/crypto/signed-token";
import { portalKeys } from "@/lib/portal/keys";
import type { ProtectedAccount } from "./account";

/** What may be sent once more: what was typed for an account, or one version of a stored secret. Both name one account. */
export type TriedAgain = ProtectedAccount | CheckedVersion;

const kind = {
  purpose: "try-again",
  schema: z.object({ userId: z.string(), what: z.string(), seenAt: z.number() }),
};

/** As long as a session may last: a page that was left open need not be opened again. What happens meanwhile ends it sooner. */
export const tryAgainValidityMs = 12 * 60 * 60 * 1000;

/**
 * Permission for this person to let one more sign-in go, for 12 hours. `seenAt`, by the database's clock, is how much of
 * what happened they know of: once a permission was used or the account was refused after it, it is worth nothing.
 */
export function issueTryAgainToken(actor: Actor, what: TriedAgain, seenAt: Date): Promise<string> {
  const expiresAt = new Date(Date.now() + tryAgainValidityMs);
  const payload = { userId: actor.userId, what: textOf(what), seenAt: seenAt.getTime() };
  return signToken(key(), kind, payload, { expiresAt });
}

/** The word that `token` permits this person to say for just this; null for any other token and none. */
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

// Neither holds a space, and no id is an address: two of them never read the same.
function textOf(what: TriedAgain): string {
  return "account" in what ? `${what.baseUrl} ${what.account}` : `${what.credentialId} ${what.secretVersion}`;
}

function key() {
  return deriveKey(Buffer.from(portalKeys().authSecret), "signed-ticket");
}
