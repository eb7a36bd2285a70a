import "server-only";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { deriveKey, fingerprint } from "@/lib/crypto/derive";
import { lengthPrefixed } from "@/lib/crypto/length-prefixed";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import type { NamedSignIn } from "./types";

/**
 * The keyed fingerprint that is stored with a secret: equal exactly for the same API key, or the same user name,
 * ignoring case, and password, on one server. Null for an invalid base URL. For comparisons in the database only.
 */
export function secretFingerprint(
  baseUrl: BaseUrl | null,
  { method, username }: NamedSignIn,
  secret: Secret,
): string | null {
  if (baseUrl === null) return null;
  // An API key is its account, whatever was typed beside it.
  const account = method === "password" ? (username ?? "").normalize("NFC").toLowerCase() : "";
  const key = deriveKey(Buffer.from(portalKeys().authSecret), "equal-secrets");
  return secret.use((text) => {
    const bytes = lengthPrefixed([baseUrl.href, method, account, text]);
    return fingerprint(key, Secret.of(bytes.toString("base64")));
  });
}
