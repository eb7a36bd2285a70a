import type { Actor } from "@/lib/actor";
import type { CertificateDetails, TrustKind } from "./types";

/** Who sees the servers and decides whom to trust for them: portal administrators. */
export function canManageServers(actor: Pick<Actor, "isAdministrator">): boolean {
  return actor.isAdministrator;
}

/**
 * Whether trusting a certificate in that way could ever help: it must be in date, since no trust makes up for that, and an
 * authority must be one by its own word. Pure; `now` in milliseconds.
 */
export function canBeTrusted(
  certificate: Pick<CertificateDetails, "validFrom" | "validTo" | "isAuthority">,
  kind: TrustKind,
  now = Date.now(),
): boolean {
  const isInDate = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
  return isInDate && (kind === "pin" || certificate.isAuthority);
}
