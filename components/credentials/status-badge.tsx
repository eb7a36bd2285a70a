import { BadgeCheck, CircleDashed, CircleX, Lock, ShieldAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { CredentialStatus } from "@/lib/credentials/types";

const looks = {
  verified: { tone: "good", icon: BadgeCheck, label: "verified" },
  unproven: { tone: "plain", icon: CircleDashed, label: "unproven" },
  rejected: { tone: "bad", icon: CircleX, label: "rejected" },
  locked: { tone: "bad", icon: Lock, label: "locked" },
  restricted: { tone: "warn", icon: ShieldAlert, label: "restricted" },
} as const satisfies Record<CredentialStatus, unknown>;

/** What the newest check says of a credential, in one word. */
export function StatusBadge({ status }: { status: CredentialStatus }) {
  return <Badge {...looks[status]} />;
}
