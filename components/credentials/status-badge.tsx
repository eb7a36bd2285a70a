import { BadgeCheck, CircleDashed, CircleSlash, CircleX, Lock, ShieldAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { CredentialStatus } from "@/lib/credentials/checks/types";
import type { CredentialTile } from "@/lib/credentials/types";

const looks = {
  verified: { tone: "good", icon: BadgeCheck, label: "verified" },
  unproven: { tone: "plain", icon: CircleDashed, label: "unproven" },
  rejected: { tone: "bad", icon: CircleX, label: "rejected" },
  locked: { tone: "bad", icon: Lock, label: "locked" },
  restricted: { tone: "warn", icon: ShieldAlert, label: "restricted" },
} as const satisfies Record<CredentialStatus, unknown>;

/** The result of a credential's latest check in one word; "suspended", if its owner is disabled, takes precedence. */
export function StatusBadge({ credential }: { credential: Pick<CredentialTile, "status" | "isSuspended"> }) {
  if (credential.isSuspended) return <Badge tone="bad" icon={CircleSlash} label="suspended" />;
  return <Badge {...looks[credential.status]} />;
}
