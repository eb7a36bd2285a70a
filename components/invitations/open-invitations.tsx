import { ActionButton } from "@/components/portal/action-button";
import { CalendarDate } from "@/components/ui/calendar-date";
import { KeptFocus } from "@/components/ui/kept-focus";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { OpenInvitation } from "@/lib/invitations/types";

type Props = {
  invitations: readonly OpenInvitation[];
  revoke: FormAction<unknown>;
  /** Shows each invitation's team; not needed on a team's page. */
  withTeam?: boolean;
  now: string;
};

/** Unused invitations, each with a button to revoke it. */
export function OpenInvitations({ invitations, revoke, withTeam = false, now }: Props) {
  return (
    <KeptFocus>
      {invitations.length === 0 ? (
        <p className="text-sm text-muted">No invitation is open.</p>
      ) : (
        <ul aria-label="Open invitations" className="divide-y divide-line">
          {invitations.map(({ id, email, teamName, invitedByName, createdAt, expiresAt }) => (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3 first:pt-0 sm:flex-nowrap last:pb-0"
            >
              <div className="flex min-w-0 flex-col text-sm">
                <span className="font-medium [overflow-wrap:anywhere]">
                  {email || "Anyone with the link"}
                </span>
                {withTeam && (
                  <span className="[overflow-wrap:anywhere]">
                    {teamName ? `Into the team “${teamName}”` : "Into the portal"}
                  </span>
                )}
                <span className="[overflow-wrap:anywhere] text-muted">
                  made <TimeAgo at={createdAt} now={now} /> by {invitedByName}, works until{" "}
                  <CalendarDate at={expiresAt} />
                </span>
              </div>
              <ActionButton
                action={revoke}
                fields={{ invitationId: id }}
                whom={`the invitation for ${email || "anyone with the link"}`}
                look="quiet"
              >
                Revoke
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </KeptFocus>
  );
}
