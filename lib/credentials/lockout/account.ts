import "server-only";
import type { CheckTarget } from "@/lib/connectors/connector";
import { secretOf } from "@/lib/connectors/sign-in";
import { deriveKey, fingerprint } from "@/lib/crypto/derive";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";

/** One account of one server; lock-out protection stores a keyed fingerprint of its name. */
export type ProtectedAccount = { readonly baseUrl: string; readonly account: string };

/**
 * The account that a sign-in counts against: the user name, ignoring case, or the API key, which does not say whose
 * it is and so counts as an account of its own.
 */
export function protectedAccountOf({ baseUrl, signIn }: CheckTarget): ProtectedAccount {
  if (signIn.scheme === "basic") return protectedUser(baseUrl.href, signIn.username);
  return {
    baseUrl: baseUrl.href,
    account: signIn.apiKey.use((apiKey) => fingerprintOf(`bearer account:${apiKey}`)),
  };
}

/** The account of a user name, where no password is at hand. */
export function protectedUser(baseUrl: string, username: string): ProtectedAccount {
  return { baseUrl, account: fingerprintOf(`basic account:${username.normalize("NFC").toLowerCase()}`) };
}

/**
 * The account whose request allowance a sign-in uses up: as the server named it, so that two keys of one user share
 * it, or else as lock-out protection counts it.
 */
export function allowanceAccountOf(target: CheckTarget, accountName: string | null): ProtectedAccount {
  return accountName === null ? protectedAccountOf(target) : protectedUser(target.baseUrl.href, accountName);
}

/** A keyed fingerprint of a sign-in's secret, compared within its account only. */
export function protectedSecretOf({ signIn }: CheckTarget): string {
  return secretOf(signIn).use((secret) => fingerprintOf(`secret:${secret}`));
}

function fingerprintOf(text: string): string {
  const key = deriveKey(Buffer.from(portalKeys().authSecret), "sign-in-guard");
  return fingerprint(key, Secret.of(text));
}
