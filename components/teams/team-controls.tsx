import { Stopping } from "@/components/endpoints/stopping";
import { andStop } from "@/components/endpoints/stops-in-words";
import { ActionButton } from "@/components/portal/action-button";
import { ButtonLink } from "@/components/ui/buttons";
import { Section } from "@/components/ui/card";
import type { FormAction } from "@/lib/action-result";
import type { NamedStops, Stops } from "@/lib/endpoints/types";
import { teamNewsPath } from "@/lib/paths";
import { mayOnTeam } from "@/lib/teams/policy";
import type { Team } from "@/lib/teams/types";

/** The links from a team's page. */
export function TeamLinks({ team: { id, standings } }: { team: Pick<Team, "id" | "standings"> }) {
  return (
    <div className="flex flex-wrap gap-3">
      <ButtonLink href={`/teams/${id}/history`}>History</ButtonLink>
      {mayOnTeam(standings, "manageWebhook") && (
        <ButtonLink href={teamNewsPath(id)}>Notifications</ButtonLink>
      )}
      {mayOnTeam(standings, "edit") && <ButtonLink href={`/teams/${id}/edit`}>Edit team</ButtonLink>}
    </div>
  );
}

type RemoveProps = {
  action: FormAction<unknown>;
  teamId: string;
  userId: string;
  name: string;
  /** What stops if this member leaves; null for nothing. */
  stops: NamedStops | null;
};

/** Removes a member; asks first if that stops something. */
export function RemoveMember({ action, teamId, userId, name, stops }: RemoveProps) {
  const question = stops && {
    title: `Remove ${name}?`,
    answer: andStop("Remove", stops),
    text: (
      <Stopping stops={stops} whose={name}>
        Nothing is deleted. What stops works again once its owner has the access again, or chooses another
        credential.
      </Stopping>
    ),
  };
  return (
    <ActionButton
      action={action}
      fields={{ teamId, userId, stopsSeen: countOf(stops) }}
      whom={name}
      look="quiet"
      question={question}
    >
      Remove
    </ActionButton>
  );
}

type LeaveProps = {
  action: FormAction<unknown>;
  team: Pick<Team, "id" | "name" | "standings">;
  /** What of the reader's stops; null for nothing. */
  stops: NamedStops | null;
};

/** Leaves a team; asks first if that stops something. Nothing for users who are not in it. */
export function LeaveTeam({ action, team, stops }: LeaveProps) {
  if (!mayOnTeam(team.standings, "leave")) return null;
  const question = stops && {
    title: `Leave ${team.name}?`,
    answer: andStop("Leave", stops),
    keep: "Stay",
    text: (
      <Stopping stops={stops} whose="yours">
        Nothing is deleted. What stops works again once you have the access again, or choose another
        credential.
      </Stopping>
    ),
  };
  return (
    <Section title="Leave this team">
      <p className="max-w-2xl text-sm text-muted">
        What you can use only through this team, you can no longer use. What you own stays yours.
      </p>
      <ActionButton
        action={action}
        fields={{ teamId: team.id, stopsSeen: countOf(stops) }}
        question={question}
      >
        Leave team
      </ActionButton>
    </Section>
  );
}

function countOf(stops: Stops | null): string {
  return String(stops ? stops.sources + stops.destinations : 0);
}
