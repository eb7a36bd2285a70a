import { ActionButton } from "@/components/portal/action-button";
import { Section } from "@/components/ui/card";
import { KeptFocus } from "@/components/ui/kept-focus";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { NamedStops } from "@/lib/endpoints/types";
import { mayOnTeam } from "@/lib/teams/policy";
import type { Team, TeamMember } from "@/lib/teams/types";
import { countOf } from "@/lib/text/count-of";
import { AddMemberForm } from "./add-member-form";
import { RemoveMember } from "./team-controls";
import { TeamRoleBadge } from "./team-role-badge";

type Props = {
  team: Team;
  members: readonly TeamMember[];
  /** What stops if a member leaves, by the member's id. */
  stops: ReadonlyMap<string, NamedStops>;
  actions: Record<"add" | "changeRole" | "remove", FormAction<unknown>>;
  now: string;
};

/** The members of a team, with the controls for users who manage it. */
export function MemberPanel({ team, members, stops, actions, now }: Props) {
  const manages = mayOnTeam(team.standings, "changeRole");
  const canOwnerAct = members.some(({ role, isDisabled }) => role === "owner" && !isDisabled);
  const isProposing = !mayOnTeam(team.standings, "letIn") && canOwnerAct;
  return (
    <Section title="Members" aside={countOf(team.memberCount, "member")}>
      {manages && (
        <div className="border-b border-line pb-5">
          {/* Keyed by the number of members: after an addition the form starts empty. */}
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
            stops={stops}
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

type MemberListProps = {
  teamId: string;
  members: readonly TeamMember[];
  stops: Props["stops"];
  /** Null for users who may only view the team. */
  manage: { changeRole: FormAction<unknown>; remove: FormAction<unknown> } | null;
  /** True if making a member an owner needs an owner's consent. */
  isProposing: boolean;
  /** True if the user may also change their own role. */
  mayChangeOwn: boolean;
  now: string;
};

/** The members of a team, with role and joining date. */
function MemberList({ teamId, members, stops, manage, isProposing, mayChangeOwn, now }: MemberListProps) {
  return (
    <ul aria-label="Members" className="divide-y divide-line">
      {members.map(({ userId, name, email, role, joinedAt, isDisabled, isReader }) => (
        <li
          key={userId}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2.5 py-3 first:pt-0 last:pb-0"
        >
          <div className="flex min-w-0 flex-col gap-0.5">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
              {isReader && <span className="text-sm text-muted">you</span>}
              <TeamRoleBadge role={role} />
              {isDisabled && <span className="text-sm text-bad">account disabled</span>}
            </span>
            <span className="text-sm text-muted">
              <span className="break-all">{email}</span>, joined <TimeAgo at={joinedAt} now={now} />
            </span>
          </div>
          {manage && (
            <div className="flex flex-wrap gap-2">
              {(!isReader || mayChangeOwn) && (
                <ActionButton
                  action={manage.changeRole}
                  fields={{ teamId, userId, role: role === "owner" ? "member" : "owner" }}
                  whom={`of ${name}`}
                >
                  {role === "owner" ? "Make member" : isProposing ? "Propose owner" : "Make owner"}
                </ActionButton>
              )}
              {!isReader && (
                <RemoveMember
                  action={manage.remove}
                  stops={stops.get(userId) ?? null}
                  {...{ teamId, userId, name }}
                />
              )}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
