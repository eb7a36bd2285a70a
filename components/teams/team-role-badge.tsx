import { Crown, User } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { TeamRole } from "@/lib/teams/policy";

const looks = { owner: { icon: Crown, label: "Owner" }, member: { icon: User, label: "Member" } };

/** A user's role in a team, in one word. */
export function TeamRoleBadge({ role }: { role: TeamRole }) {
  return <Badge tone="plain" {...looks[role]} />;
}
