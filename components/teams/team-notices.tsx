import { UndoButton } from "@/components/portal/undo-button";
import { FlashMessage } from "@/components/ui/flash-message";
import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { OwnProposal } from "@/lib/teams/types";

/** Flash message on a team's page after a change. */
export function TeamFlash({ done, teamId, undo, undoRemove }: FlashProps) {
  const said = done && doneInWords[done];
  if (!said) return null;
  return (
    <FlashMessage title={said} parameter="done">
      {done === "member-removed" && undo && (
        <UndoButton action={undoRemove} fields={{ teamId, userId: undo }} />
      )}
    </FlashMessage>
  );
}

type FlashProps = {
  done?: string | undefined;
  teamId: string;
  /** The id of the member who was just removed. */
  undo?: string | undefined;
  undoRemove: FormAction<unknown>;
};

const doneInWords: Record<string, string> = {
  added: "The team is made",
  edited: "The team is saved",
  joined: "You are in the team now",
  "member-added": "The member is added",
  "member-removed": "The member is removed",
  "member-restored": "The member is in the team again, as before",
  back: "You are in the team again, as before",
  role: "The role is changed",
  proposed: "It is proposed: an owner of the team has to agree",
  accepted: "The proposal is accepted",
  "proposal-declined": "The proposal is declined",
  "proposal-withdrawn": "The proposal is withdrawn",
};

type Props = { proposals: readonly OwnProposal[]; now: string };

/** The teams for which the user is proposed; a proposal gives no rights. */
export function OwnProposals({ proposals, now }: Props) {
  return proposals.map(({ id, role, teamName, proposedAt }) => (
    <Notice
      key={id}
      kind="info"
      title={`You are proposed as ${role === "owner" ? "an owner" : "a member"} of the team “${teamName}”`}
    >
      <p>
        Since <TimeAgo at={proposedAt} now={now} />. An owner of the team has to agree.
      </p>
    </Notice>
  ));
}
