import { KeptFocus } from "@/components/ui/kept-focus";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action-result";
import { mayOnTeam } from "@/lib/teams/policy";
import type { Team, TeamMember } from "@/lib/teams/types";
import { countOf } from "@/lib/text/count-of";
import { AddMemberForm } from "./add-member-form";
import { MemberList } from "./member-list";

type Props = {
  team: Team;
  members: readonly TeamMember[];
  actions: Record<"add" | "changeRole" | "remove", FormAction<unknown>>;
  now: string;
};

/** Who is in a team, and for those who manage it, how that is changed. */
export function MemberPanel({ team, members, actions, now }: Props) {
  const manages = mayOnTeam(team.standings, "changeRole");
  const canOwnerAct = members.some(({ role, isDisabled }) => role === "owner" && !isDisabled);
  const isProposing = !mayOnTeam(team.standings, "letIn") && canOwnerAct;
  return (
    <Section title="Members" aside={countOf(team.memberCount, "member")}>
      {manages && (
        <div className="border-b border-line pb-5">
          {/* Another number of members, another form: nobody who was just added stays typed in it. */}
          <AddMemberForm
            key={team.memberCount}
            action={actions.add}
            teamId={team.id}
            effect={isProposing ? "proposed" : mayOnTeam(team.standings, "letIn") ? "done" : "unasked"}
          />
        </div>
      )}
      <KeptFocus>
        {members.length === 0 ? (
          <p className="text-sm text-muted">Nobody is in this team.</p>
        ) : (
          <MemberList
            teamId={team.id}
            members={members}
            manage={manages ? actions : null}
            isProposing={isProposing}
            mayChangeOwn={mayOnTeam(team.standings, "changeOwnPlace")}
            now={now}
          />
        )}
      </KeptFocus>
    </Section>
  );
}
