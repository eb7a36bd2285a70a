import type { Actor } from "@/lib/actor";
import type { CertificateDetails, TrustKind } from "./types";

/** True for users who see the servers and decide which certificates to trust: portal administrators. */
export function canManageServers(actor: Pick<Actor, "isAdministrator">): boolean {
  return actor.isAdministrator;
}

/**
 * True if trusting a certificate in that way could help: it must be in date, and an authority must be marked as one.
 * Pure; `now` in milliseconds.
 */
export function canBeTrusted(
  certificate: Pick<CertificateDetails, "validFrom" | "validTo" | "isAuthority">,
  kind: TrustKind,
  now = Date.now(),
): boolean {
  const isInDate = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
  return isInDate && (kind === "pin" || certificate.isAuthority);
}
