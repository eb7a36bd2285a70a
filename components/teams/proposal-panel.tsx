import { ActionButton } from "@/components/portal/action-button";
import { Section } from "@/components/ui/card";
import { KeptFocus } from "@/components/ui/kept-focus";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { mayOnTeam } from "@/lib/teams/policy";
import type { Proposal, Team } from "@/lib/teams/types";
import { TeamRoleBadge } from "./team-role-badge";

type Props = {
  team: Pick<Team, "id" | "standings">;
  proposals: readonly Proposal[];
  actions: Record<"accept" | "decline" | "withdraw", FormAction<unknown>>;
  now: string;
};

/** Portal administrators' proposals for a team: its owners answer, administrators may withdraw. */
export function ProposalPanel({ team, proposals, actions, now }: Props) {
  if (proposals.length === 0) return null;
  const mayAnswer = mayOnTeam(team.standings, "answerProposal");
  const mayWithdraw = mayOnTeam(team.standings, "withdrawProposal");
  return (
    <Section title="Proposed by portal administrators">
      <p className="text-sm text-muted">
        {mayAnswer
          ? "People you accept can use what is shared with the team."
          : "An owner of the team has to agree. Until then they see nothing of it."}
      </p>
      <KeptFocus>
        <ul aria-label="Proposals" className="divide-y divide-line">
          {proposals.map(({ id, name, email, role, proposedByName, proposedAt }) => (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2.5 py-3 first:pt-0 last:pb-0"
            >
              <div className="flex min-w-0 flex-col gap-0.5">
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
                  <span className="text-sm text-muted">to be</span>
                  <TeamRoleBadge role={role} />
                </span>
                <span className="text-sm [overflow-wrap:anywhere] text-muted">
                  {email}, proposed by {proposedByName} <TimeAgo at={proposedAt} now={now} />
                </span>
              </div>
              <div className="flex flex-wrap gap-2">
                {mayAnswer && (
                  <>
                    <ActionButton
                      action={actions.accept}
                      fields={{ teamId: team.id, proposalId: id }}
                      whom={name}
                    >
                      Accept
                    </ActionButton>
                    <ActionButton
                      action={actions.decline}
                      fields={{ teamId: team.id, proposalId: id }}
                      whom={name}
                      look="quiet"
                    >
                      Decline
                    </ActionButton>
                  </>
                )}
                {mayWithdraw && (
                  <ActionButton
                    action={actions.withdraw}
                    fields={{ teamId: team.id, proposalId: id }}
                    whom={`the proposal of ${name}`}
                    look="quiet"
                  >
                    Withdraw
                  </ActionButton>
                )}
              </div>
            </li>
          ))}
        </ul>
      </KeptFocus>
    </Section>
  );
}
