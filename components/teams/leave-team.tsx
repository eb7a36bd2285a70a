import { ActionButton } from "@/components/portal/action-button";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action-result";
import type { Team } from "@/lib/teams/types";

type Props = { action: FormAction<unknown>; team: Pick<Team, "id"> };

/** The way out of a team, and what it costs. */
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
