import { ActionButton } from "@/components/portal/action-button";
import { ButtonLink } from "@/components/ui/buttons";
import { Section } from "@/components/ui/card";
import type { FormAction } from "@/lib/action-result";
import { mayOnTeam } from "@/lib/teams/policy";
import type { Team } from "@/lib/teams/types";

/** The links from a team's page. */
export function TeamLinks({ team: { id, standings } }: { team: Pick<Team, "id" | "standings"> }) {
  return (
    <div className="flex flex-wrap gap-3">
      <ButtonLink href={`/teams/${id}/history`}>History</ButtonLink>
      {mayOnTeam(standings, "edit") && <ButtonLink href={`/teams/${id}/edit`}>Edit team</ButtonLink>}
    </div>
  );
}

type Props = { action: FormAction<unknown>; team: Pick<Team, "id"> };

/** Leaves a team; says which access the user loses. */
export function LeaveTeam({ action, team }: Props) {
  return (
    <Section title="Leave this team">
      <p className="max-w-2xl text-sm text-muted">
        What you can use only through this team, you can no longer use. What you own stays yours.
      </p>
      <ActionButton action={action} fields={{ teamId: team.id }}>
        Leave team
      </ActionButton>
    </Section>
  );
}
