import { UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { SearchForm } from "@/components/portal/search-form";
import { TeamList } from "@/components/teams/team-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { parseCursor } from "@/lib/paging";
import { listAllTeams } from "@/lib/teams/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { searchTextSchema } from "@/lib/users/schema";

type Props = { searchParams: SearchParams<"q" | "after"> };

export async function generateMetadata(): Promise<Metadata> {
  // Checked here too: the title would reveal to other users what is at this address.
  await requireAdministrator("/admin/teams");
  return { title: "All teams" };
}

export default async function AllTeamsPage({ searchParams }: Props) {
  const actor = await requireAdministrator("/admin/teams");
  const { q, after } = only(await searchParams);
  const text = searchTextSchema.parse(q);
  const { items, next } = await listAllTeams(await database(), actor, { text, after: parseCursor(after) });
  const older = next && `/admin/teams?${new URLSearchParams({ ...(text && { q: text }), after: next })}`;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="All teams"
        lead="Every team of the portal, newest first. Managing one gives you nothing of what is shared with it."
      />
      <SearchForm label="Team name" text={text} />
      {items.length === 0 ? (
        <EmptyState icon={UsersRound} title={text ? "No team is found" : "No teams yet"}>
          {text ? `No team's name contains “${text}”.` : "Everybody can make one, under Teams."}
        </EmptyState>
      ) : (
        <TeamList teams={items} next={older} />
      )}
    </div>
  );
}
