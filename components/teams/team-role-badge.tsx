import { Crown, User } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { TeamRole } from "@/lib/teams/policy";

const looks = { owner: { icon: Crown, label: "Owner" }, member: { icon: User, label: "Member" } };

/** What somebody is in a team, in a word. */
export function TeamRoleBadge({ role }: { role: TeamRole }) {
  return <Badge tone="plain" {...looks[role]} />;
}
