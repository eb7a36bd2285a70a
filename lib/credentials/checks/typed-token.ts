import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { authorizationHeader } from "@/lib/connectors/sign-in";
import type { SignIn } from "@/lib/connectors/types";
import { deriveKey, fingerprint } from "@/lib/crypto/derive";
import { readToken, signToken } from "@/lib/crypto/signed-token";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";

/** The sign-in and server that a token is bound to. */
export type TypedSecret = { readonly baseUrl: BaseUrl; readonly signIn: SignIn };

/** What the token permits: storing without a check, or sending past a proxy that would see the secret. */
export type TypedPermission = "store-unchecked" | "send-past-front";

const schema = z.object({ userId: z.string(), baseUrl: z.string(), signIn: z.string() });
const validityMs = 15 * 60 * 1000;

/** A signed token that permits the actor to do this with this sign-in only, for 15 minutes. */
export function issueTypedToken(purpose: TypedPermission, actor: Actor, typed: TypedSecret): Promise<string> {
  const expiresAt = new Date(Date.now() + validityMs);
  return signToken(key("signed-ticket"), { purpose, schema }, payloadOf(actor, typed), { expiresAt });
}

/** True if `token` permits the actor to do this with this sign-in now. */
export async function permitsTyped(
  purpose: TypedPermission,
  token: string | undefined,
  actor: Actor,
  typed: TypedSecret,
): Promise<boolean> {
  if (!token) return false;
  const reading = await readToken(key("signed-ticket"), { purpose, schema }, token, new Date());
  if (!reading.ok) return false;
  const { userId, baseUrl, signIn } = payloadOf(actor, typed);
  const { payload } = reading;
  return payload.userId === userId && payload.baseUrl === baseUrl && payload.signIn === signIn;
}

// The token travels through the browser, so it holds only a keyed fingerprint of the secret.
function payloadOf(actor: Actor, { baseUrl, signIn }: TypedSecret) {
  const typed = Secret.of(authorizationHeader(signIn));
  return {
    userId: actor.userId,
    baseUrl: baseUrl.href,
    signIn: fingerprint(key("secret-fingerprint"), typed),
  };
}

function key(purpose: "signed-ticket" | "secret-fingerprint") {
  return deriveKey(Buffer.from(portalKeys().authSecret), purpose);
}
