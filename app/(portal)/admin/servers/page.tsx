import type { Metadata } from "next";
import { SearchForm } from "@/components/portal/search-form";
import { FindCertificateForm } from "@/components/servers/find-server-form";
import { ServerList } from "@/components/servers/server-list";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { parseKeyStart } from "@/lib/paging";
import { pagePaths } from "@/lib/paths";
import { listServers } from "@/lib/servers/queries";
import { policyPath } from "@/lib/sign-in-policy/schema";
import { foundInWords } from "@/lib/text/count-of";
import { searchSchema } from "@/lib/text/search";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = { searchParams: SearchParams<"q" | "after" | "before"> };

export async function generateMetadata(): Promise<Metadata> {
  // Checked here too: the title would reveal to other users what is at this address.
  await requireAdministrator("/admin/servers");
  return { title: "Servers" };
}

export default async function ServersPage({ searchParams }: Props) {
  const actor = await requireAdministrator("/admin/servers");
  const { q, ...place } = only(await searchParams);
  const text = searchSchema.parse(q);
  const page = await listServers(await database(), actor, { text, start: parseKeyStart(place) });
  const hasNone = page.items.length === 0 && text === "";
  const pages = pagePaths("/admin/servers", page, { q: text || null });
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Servers"
        lead="Every Bitbucket that credentials are kept for, and which certificates are accepted from it."
        action={<ButtonLink href={policyPath(null)}>Policy for sign-ins</ButtonLink>}
      />
      {!hasNone && <SearchForm placeholder="Address" text={text} found={foundInWords(page, "server")} />}
      {page.items.length === 0 && text !== "" && (
        <EmptyState icon="search-x" title="No server matches">
          No server's address contains “{text}”.
        </EmptyState>
      )}
      {hasNone && (
        <EmptyState icon="server" title="No servers yet">
          A server appears here with the first credential that is saved for it.
        </EmptyState>
      )}
      {page.items.length > 0 && (
        <ServerList servers={page.items} pages={pages} now={new Date().toISOString()} />
      )}
      <FindCertificateForm />
    </div>
  );
}
