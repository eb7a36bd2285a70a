import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import type { CheckTarget } from "@/lib/connectors/connector";
import { authorizationHeader } from "@/lib/connectors/sign-in";
import { deriveKey, fingerprint } from "@/lib/crypto/derive";
import { readToken, signToken } from "@/lib/crypto/signed-token";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";

/** What a confirmation is bound to: nothing of it may have changed since the rehearsal. */
export type Rehearsed = {
  /** The credential whose secret is replaced, or the source or destination that gets another one; with its version. */
  readonly subject: string;
  readonly version: number;
  /** A keyed fingerprint of the new sign-in, or the other credential and its secret's version. */
  readonly signIn: string;
  /** Of what was tried. */
  readonly dependents: string;
};

const kind = {
  purpose: "rehearsal",
  schema: z.object({
    userId: z.string(),
    subject: z.string(),
    version: z.number(),
    signIn: z.string(),
    dependents: z.string(),
  }),
};
const validityMs = 15 * 60 * 1000;

/** A signed token with which the actor may go on after this rehearsal, for 15 minutes. */
export function issueConfirmation(actor: Actor, rehearsed: Rehearsed): Promise<string> {
  const expiresAt = new Date(Date.now() + validityMs);
  return signToken(key("signed-ticket"), kind, { userId: actor.userId, ...rehearsed }, { expiresAt });
}

/** True if the actor was shown exactly this rehearsal. */
export async function isConfirmed(
  token: string | undefined,
  actor: Actor,
  rehearsed: Rehearsed,
): Promise<boolean> {
  if (!token) return false;
  const reading = await readToken(key("signed-ticket"), kind, token, new Date());
  if (!reading.ok) return false;
  const { userId, subject, version, signIn, dependents } = reading.payload;
  return (
    userId === actor.userId &&
    subject === rehearsed.subject &&
    version === rehearsed.version &&
    signIn === rehearsed.signIn &&
    dependents === rehearsed.dependents
  );
}

/** A keyed fingerprint of a sign-in and its server: tokens travel through the browser. */
export function signInFingerprint({ baseUrl, signIn }: CheckTarget): string {
  const typed = Secret.of(`${baseUrl.href} ${authorizationHeader(signIn)}`);
  return fingerprint(key("secret-fingerprint"), typed);
}

function key(purpose: "signed-ticket" | "secret-fingerprint") {
  return deriveKey(Buffer.from(portalKeys().authSecret), purpose);
}
