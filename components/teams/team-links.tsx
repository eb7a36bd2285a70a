import { ButtonLink } from "@/components/ui/button-link";
import { mayOnTeam } from "@/lib/teams/policy";
import type { Team } from "@/lib/teams/types";

/** Where one goes from a team's page. */
export function TeamLinks({ team: { id, standings } }: { team: Pick<Team, "id" | "standings"> }) {
  return (
    <div className="flex flex-wrap gap-3">
      <ButtonLink href={`/teams/${id}/history`}>History</ButtonLink>
      {mayOnTeam(standings, "edit") && <ButtonLink href={`/teams/${id}/edit`}>Edit team</ButtonLink>}
    </div>
  );
}
