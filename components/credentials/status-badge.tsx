import { Badge } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import { mayOnCredential } from "@/lib/credentials/policy";
import { endInWords, endsSoon, type Judged, unusableAs } from "@/lib/credentials/shown-status";
import type { CredentialTile } from "@/lib/credentials/types";

/** How each status of a credential looks. A credential that works is the quiet one. */
export const statusLooks = {
  verified: { icon: "badge-check", tone: "quiet", label: "verified" },
  unproven: { icon: "circle-dashed", tone: "plain", label: "unproven" },
  rejected: { icon: "circle-x", tone: "bad", label: "rejected" },
  locked: { icon: "lock", tone: "bad", label: "locked" },
  restricted: { icon: "shield-alert", tone: "warn", label: "restricted" },
  suspended: { icon: "circle-slash", tone: "bad", label: "suspended" },
  ended: { icon: "calendar-x-2", tone: "bad", label: "ended" },
  "ends-soon": { icon: "calendar-clock", tone: "warn", label: "ends soon" },
} as const satisfies Record<string, { icon: IconName; tone: string; label: string }>;

type ShownStatus = keyof typeof statusLooks;

export type ShownBadge = {
  readonly icon: IconName;
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
    return [{ ...statusLooks.rejected, label: "rejected: replace secret" }];
  }
  if (unusable) return [statusLooks[unusable]];
  if (keyEndsAt === null || !endsSoon({ keyEndsAt }, now)) return [statusLooks[status]];
  const end = { ...statusLooks["ends-soon"], label: endInWords(keyEndsAt, now) };
  return status === "verified" ? [end] : [statusLooks[status], end];
}

type Props = {
  credential: Shown;
  /** ISO 8601. Left out where the end of the key is not shown. */
  now?: string;
};

/** The status of a credential in a few words. */
export function StatusBadge({ credential, now = "" }: Props) {
  return shownBadges(credential, now).map(({ icon, tone, label }) => (
    <Badge key={label} tone={tone} icon={icon} label={label} />
  ));
}
