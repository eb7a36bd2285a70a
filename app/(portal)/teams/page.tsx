import type { Metadata } from "next";
import { SearchForm } from "@/components/portal/search-form";
import { UndoButton } from "@/components/portal/undo-button";
import { TeamList } from "@/components/teams/team-list";
import { OwnProposals } from "@/components/teams/team-notices";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { FlashMessage } from "@/components/ui/flash-message";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { undoLeaveTeamAction } from "@/lib/teams/actions";
import { listOwnProposals, listOwnTeams } from "@/lib/teams/queries";
import { foundInWords } from "@/lib/text/count-of";
import { searchSchema } from "@/lib/text/search";
import { only, type SearchParams } from "@/lib/text/search-param";

export const metadata: Metadata = { title: "Teams" };

const doneInWords: Record<string, string> = {
  left: "You have left the team",
  deleted: "The team is deleted",
  declined: "The invitation is declined",
  asked: "The invitation is used: an owner of the team has to agree now",
};

export default async function TeamsPage({
  searchParams,
}: {
  searchParams: SearchParams<"done" | "q" | "undo">;
}) {
  const actor = await requireActor("/teams");
  const { done, q, undo } = only(await searchParams);
  const text = searchSchema.parse(q);
  const db = await database();
  const [teams, proposals] = await Promise.all([listOwnTeams(db, actor, text), listOwnProposals(db, actor)]);
  const hasNone = teams.length === 0 && text === "";
  const said = done && doneInWords[done];
  const create = (
    <ButtonLink href="/teams/new" look="primary">
      New team
    </ButtonLink>
  );
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Teams"
        lead="What is shared with a team, everybody in it can use."
        action={!hasNone && create}
      />
      {said && (
        <FlashMessage title={said} parameter="done">
          {done === "left" && undo && <UndoButton action={undoLeaveTeamAction} fields={{ teamId: undo }} />}
        </FlashMessage>
      )}
      <OwnProposals proposals={proposals} now={new Date().toISOString()} />
      {!hasNone && (
        <SearchForm
          placeholder="Team name"
          text={text}
          found={foundInWords({ items: teams, next: null }, "team")}
        />
      )}
      {teams.length === 0 && text !== "" && (
        <EmptyState icon="search-x" title="No team matches">
          No name of your teams contains “{text}”.
        </EmptyState>
      )}
      {hasNone && (
        <EmptyState icon="users-round" title="You are in no team yet" action={create}>
          Make one and let others in, or ask an owner of a team to let you into theirs.
        </EmptyState>
      )}
      {teams.length > 0 && <TeamList teams={teams} />}
    </div>
  );
}
