import type { Metadata } from "next";
import { SearchForm } from "@/components/portal/search-form";
import { TeamList } from "@/components/teams/team-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { parseStart } from "@/lib/paging";
import { pagePaths } from "@/lib/paths";
import { listAllTeams } from "@/lib/teams/queries";
import { foundInWords } from "@/lib/text/count-of";
import { searchSchema } from "@/lib/text/search";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = { searchParams: SearchParams<"q" | "after" | "before"> };

export async function generateMetadata(): Promise<Metadata> {
  // Checked here too: the title would reveal to other users what is at this address.
  await requireAdministrator("/admin/teams");
  return { title: "All teams" };
}

export default async function AllTeamsPage({ searchParams }: Props) {
  const actor = await requireAdministrator("/admin/teams");
  const { q, ...asked } = only(await searchParams);
  const text = searchSchema.parse(q);
  const page = await listAllTeams(await database(), actor, { text, start: parseStart(asked) });
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="All teams"
        lead="Every team of the portal, newest first. Managing one gives you nothing of what is shared with it."
      />
      <SearchForm placeholder="Team name" text={text} found={foundInWords(page, "team")} />
      {page.items.length === 0 ? (
        <EmptyState icon="users-round" title={text ? "No team is found" : "No teams yet"}>
          {text ? `No team's name contains “${text}”.` : "Everybody can make one, under Teams."}
        </EmptyState>
      ) : (
        <TeamList teams={page.items} pages={pagePaths("/admin/teams", page, { q: text })} />
      )}
    </div>
  );
}
