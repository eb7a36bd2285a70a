import {
  BadgeCheck,
  CalendarClock,
  CalendarX2,
  CircleDashed,
  CircleSlash,
  CircleX,
  Lock,
  ShieldAlert,
} from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { type Shown, shownBadges, type statusLooks } from "./status-looks";

/** The icon of each status. */
export const statusIcons = {
  verified: BadgeCheck,
  unproven: CircleDashed,
  rejected: CircleX,
  locked: Lock,
  restricted: ShieldAlert,
  suspended: CircleSlash,
  ended: CalendarX2,
  "ends-soon": CalendarClock,
} as const satisfies Record<keyof typeof statusLooks, unknown>;

type Props = {
  credential: Shown;
  /** ISO 8601. Left out where the end of the key is not shown. */
  now?: string;
};

/** The status of a credential in a few words. */
export function StatusBadge({ credential, now = "" }: Props) {
  return shownBadges(credential, now).map(({ icon, tone, label }) => (
    <Badge key={icon} tone={tone} icon={statusIcons[icon]} label={label} />
  ));
}
