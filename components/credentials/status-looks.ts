import { mayOnCredential } from "@/lib/credentials/policy";
import { endInWords, endsSoon, type Judged, unusableAs } from "@/lib/credentials/shown-status";
import type { CredentialTile } from "@/lib/credentials/types";

/** How each status of a credential looks. A credential that works is the quiet one. */
export const statusLooks = {
  verified: { tone: "quiet", label: "verified" },
  unproven: { tone: "plain", label: "unproven" },
  rejected: { tone: "bad", label: "rejected" },
  locked: { tone: "bad", label: "locked" },
  restricted: { tone: "warn", label: "restricted" },
  suspended: { tone: "bad", label: "suspended" },
  ended: { tone: "bad", label: "ended" },
  "ends-soon": { tone: "warn", label: "ends soon" },
} as const;

type ShownStatus = keyof typeof statusLooks;

export type ShownBadge = {
  readonly icon: ShownStatus;
  readonly tone: (typeof statusLooks)[ShownStatus]["tone"];
  readonly label: string;
};

/** A credential whose status is shown; the role decides whether a rejected one names its cure. */
export type Shown = Judged & Partial<Pick<CredentialTile, "role">>;

/**
 * The badges of a credential at `now` (ISO 8601): why nobody can sign in with it, else the latest check's result and a
 * near end. A near end takes the place of "verified".
 */
export function shownBadges(credential: Shown, now: string): readonly ShownBadge[] {
  const { status, keyEndsAt = null, role = null } = credential;
  const unusable = unusableAs(credential, now);
  if (unusable === "rejected" && mayOnCredential(role, "replaceSecret")) {
    return [{ icon: "rejected", tone: "bad", label: "rejected: replace secret" }];
  }
  if (unusable) return [badgeOf(unusable)];
  if (keyEndsAt === null || !endsSoon({ keyEndsAt }, now)) return [badgeOf(status)];
  const end = { ...badgeOf("ends-soon"), label: endInWords(keyEndsAt, now) };
  return status === "verified" ? [end] : [badgeOf(status), end];
}

function badgeOf(status: ShownStatus): ShownBadge {
  return { icon: status, ...statusLooks[status] };
}
