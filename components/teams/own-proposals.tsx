import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import type { OwnProposal } from "@/lib/teams/types";

type Props = { proposals: readonly OwnProposal[]; now: string };

/** The teams for which the reader is proposed; nothing of them is theirs yet. */
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
