import { ActionButton } from "@/components/portal/action-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { TeamMember } from "@/lib/teams/types";
import { TeamRoleBadge } from "./team-role-badge";

type Props = {
  teamId: string;
  members: readonly TeamMember[];
  /** Null for those who may only look. */
  manage: { changeRole: FormAction<unknown>; remove: FormAction<unknown> } | null;
  /** What is said of making somebody an owner where an owner has to agree. */
  isProposing: boolean;
  /** Whether the reader may change their own role too. */
  mayChangeOwn: boolean;
  now: string;
};

/** Who is in a team, as what, and since when. */
export function MemberList({ teamId, members, manage, isProposing, mayChangeOwn, now }: Props) {
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
                <ActionButton action={manage.remove} fields={{ teamId, userId }} whom={name} look="quiet">
                  Remove
                </ActionButton>
              )}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
