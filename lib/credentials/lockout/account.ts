import "server-only";
import type { CheckTarget } from "@/lib/connectors/connector";
import { secretOf } from "@/lib/connectors/sign-in";
import { deriveKey, fingerprint } from "@/lib/crypto/derive";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";

/** One account of one server, as lock-out protection knows it: by a keyed fingerprint. */
export type ProtectedAccount = { readonly baseUrl: string; readonly account: string };

/**
 * The account that a sign-in is counted against: the user name in any case, or the API key, which is an account of its
 * own to us, since it alone does not say whose it is.
 */
export function protectedAccountOf({ baseUrl, signIn }: CheckTarget): ProtectedAccount {
  if (signIn.scheme === "basic") return protectedUser(baseUrl.href, signIn.username);
  return {
    baseUrl: baseUrl.href,
    account: signIn.apiKey.use((apiKey) => fingerprintOf(`bearer account:${apiKey}`)),
  };
}

/** The account of a user name, for whom a password is not at hand. */
export function protectedUser(baseUrl: string, username: string): ProtectedAccount {
  return { baseUrl, account: fingerprintOf(`basic account:${username.normalize("NFC").toLowerCase()}`) };
}

/** The secret of a sign-in, as lock-out protection remembers it: by a keyed fingerprint that is compared within its account only. */
export function protectedSecretOf({ signIn }: CheckTarget): string {
  return secretOf(signIn).use((secret) => fingerprintOf(`secret:${secret}`));
}

function fingerprintOf(text: string): string {
  const key = deriveKey(Buffer.from(portalKeys().authSecret), "sign-in-guard");
  return fingerprint(key, Secret.of(text));
}
