import type { CertificateFailureReason, EgressFailure } from "./failure";
import type { PresentedCertificate } from "./presented-certificate";

/** True where some certificate has ended or has not begun, without a word which. */
export function isAboutDates({ certificateReason }: EgressFailure): boolean {
  return certificateReason === "expired" || certificateReason === "not-yet-valid";
}

/**
 * OpenSSL says that some certificate of a chain has ended, or has not begun, and not which: the server's own, one between,
 * or the authority at the top. Says it of the lowest one that is out of date; of the authority, which the portal may have of
 * its own, where no presented one is.
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
