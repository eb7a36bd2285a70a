import type { CertificateFailureReason, EgressFailure } from "./failure";
import type { PresentedCertificate } from "./presented-certificate";

/** True if a certificate has ended or has not begun, without saying which one. */
export function isAboutDates({ certificateReason }: EgressFailure): boolean {
  return certificateReason === "expired" || certificateReason === "not-yet-valid";
}

/**
 * OpenSSL says that a certificate of the chain has ended, or has not begun, but not which: the server's own, an
 * intermediate or the root. It reports the lowest out-of-date one; if no presented one is out of date, it is the
 * root, which the portal may have from its own store.
 */
export function tellWhichIsOutOfDate(
  failure: EgressFailure,
  chain: readonly PresentedCertificate[],
  now = Date.now(),
): EgressFailure {
  const reason = failure.certificateReason;
  if ((reason !== "expired" && reason !== "not-yet-valid") || chain.length === 0) return failure;
  const dateOf = ({ validFrom, validTo }: PresentedCertificate) =>
    reason === "expired" ? validTo : validFrom;
  const isOut = (one: PresentedCertificate) =>
    reason === "expired" ? Date.parse(dateOf(one)) < now : Date.parse(dateOf(one)) > now;
  const at = chain.findIndex(isOut);
  const found = chain[at];
  if (found === undefined) return { ...failure, certificateReason: ofAuthority[reason] };
  const told = at === 0 ? reason : (found.isSelfSigned ? ofAuthority : ofIntermediate)[reason];
  return { ...failure, certificateReason: told, certificateDate: dateOf(found) };
}

type ByReason = Readonly<Record<"expired" | "not-yet-valid", CertificateFailureReason>>;

const ofIntermediate: ByReason = {
  expired: "intermediate-expired",
  "not-yet-valid": "intermediate-not-yet-valid",
};
const ofAuthority: ByReason = { expired: "authority-expired", "not-yet-valid": "authority-not-yet-valid" };
