import { Section } from "@/components/ui/card";
import type { FormAction } from "@/lib/action-result";
import type { NewInvitation, OpenInvitation } from "@/lib/invitations/types";
import { InviteForm } from "./invite-form";
import { OpenInvitations } from "./open-invitations";

type Props = {
  teamId: string;
  invitations: readonly OpenInvitation[];
  actions: { invite: FormAction<NewInvitation>; revoke: FormAction<unknown> };
  now: string;
};

/** Invites users into a team by a link, and lists the open links. */
export function InvitePanel({ teamId, invitations, actions, now }: Props) {
  return (
    <Section title="Invite with a link">
      <InviteForm action={actions.invite}>
        <input type="hidden" name="teamId" value={teamId} />
      </InviteForm>
      <div className="flex flex-col gap-4 border-t border-line pt-5">
        <h3 className="text-sm font-medium">Open invitations</h3>
        <OpenInvitations invitations={invitations} revoke={actions.revoke} now={now} />
      </div>
    </Section>
  );
}
