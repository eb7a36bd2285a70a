import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { EventList } from "@/components/audit/event-list";
import { teamsCrumb } from "@/components/portal/crumbs";
import { EmptyState } from "@/components/ui/empty-state";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { parseEventStart } from "@/lib/audit/cursor";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { listTeamHistory } from "@/lib/history/team-history";
import { pagePaths } from "@/lib/paths";
import { findTeam } from "@/lib/teams/queries";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = { params: Promise<{ team: string }>; searchParams: SearchParams<"after" | "before"> };

// Title and page need the same row, so the row is read once per request.
const readTeam = cache(async (id: string) => {
  const actor = await requireActor(`/teams/${id}/history`);
  const team = (await findTeam(await database(), actor, id)) ?? notFound();
  return { actor, team };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `History of ${(await readTeam((await params).team)).team.name}` };
}

export default async function TeamHistoryPage({ params, searchParams }: Props) {
  const { actor, team } = await readTeam((await params).team);
  const start = parseEventStart(only(await searchParams));
  const page = await listTeamHistory(await database(), actor, team.id, start);
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={`/teams/${team.id}`} within={[teamsCrumb]}>
        {team.name}
      </BackLink>
      <PageHeader
        title="History"
        lead="What happened to this team, and by whom: members, roles, and where its messages go."
      />
      {page.items.length === 0 ? (
        <EmptyState icon="scroll-text" title="No older events">
          What happens to this team is written here as it happens.
        </EmptyState>
      ) : (
        <EventList
          events={page.items}
          now={new Date().toISOString()}
          paths={pagePaths(`/teams/${team.id}/history`, page)}
          narrowTo={null}
          isOfOneThing
        />
      )}
    </div>
  );
}
