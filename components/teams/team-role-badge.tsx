import { Badge } from "@/components/ui/badge";
import type { TeamRole } from "@/lib/teams/policy";

const looks = {
  owner: { icon: "crown", label: "Owner" },
  member: { icon: "user", label: "Member" },
} as const;

/** A user's role in a team, in one word. */
export function TeamRoleBadge({ role }: { role: TeamRole }) {
  return <Badge tone="plain" {...looks[role]} />;
}
