import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ProposalToAnswer } from "@/lib/teams/types";

type Props = { proposals: readonly ProposalToAnswer[]; now: Date };

/** Whom administrators want in the reader's teams, each with the way to answer. */
export function ProposalsToAnswer({ proposals, now }: Props) {
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
