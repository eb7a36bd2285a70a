import Link from "next/link";
import { FlashMessage } from "@/components/ui/flash-message";
import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import type { OwnProposal, ProposalToAnswer } from "@/lib/teams/types";

/** Flash message on a team's page after a change. */
export function TeamFlash({ done }: { done: string | undefined }) {
  const said = done && doneInWords[done];
  return said ? <FlashMessage title={said} parameter="done" /> : null;
}

const doneInWords: Record<string, string> = {
  added: "The team is made",
  edited: "The team is saved",
  joined: "You are in the team now",
  "member-added": "The member is added",
  "member-removed": "The member is removed",
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

type ProposalsToAnswerProps = { proposals: readonly ProposalToAnswer[]; now: Date };

/** Portal administrators' proposals for the user's teams, each with a link to answer. */
export function ProposalsToAnswer({ proposals, now }: ProposalsToAnswerProps) {
  return proposals.map(({ id, teamId, teamName, name, role, proposedByName, proposedAt }) => (
    <Notice
      key={id}
      kind="info"
      title={`${name} is to be ${role === "owner" ? "an owner" : "a member"} of your team “${teamName}”`}
    >
      <p>
        Proposed by {proposedByName}, a portal administrator,{" "}
        <TimeAgo at={proposedAt} now={now.toISOString()} />.{" "}
        <Link
          href={`/teams/${teamId}`}
          prefetch={false}
          className="font-medium text-accent underline underline-offset-4"
        >
          Look at it<span className="sr-only">, “{teamName}”,</span> and answer
        </Link>
      </p>
    </Notice>
  ));
}
