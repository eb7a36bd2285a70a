import { Server } from "lucide-react";
import type { Metadata } from "next";
import { FindServerForm } from "@/components/servers/find-server-form";
import { ServerList } from "@/components/servers/server-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { listServers } from "@/lib/servers/queries";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = { searchParams: SearchParams<"after"> };

export async function generateMetadata(): Promise<Metadata> {
  // Checked here too: the title would reveal to other users what is at this address.
  await requireAdministrator("/admin/servers");
  return { title: "Servers" };
}

export default async function ServersPage({ searchParams }: Props) {
  const actor = await requireAdministrator("/admin/servers");
  const { after } = only(await searchParams);
  const { items, next } = await listServers(await database(), actor, after ?? null);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Servers"
        lead="Every Bitbucket that credentials are kept for, and which certificates are accepted from it."
      />
      {items.length === 0 && !after ? (
        <EmptyState icon={Server} title="No servers yet">
          A server appears here with the first credential that is saved for it.
        </EmptyState>
      ) : (
        <ServerList servers={items} next={next} now={new Date().toISOString()} />
      )}
      <FindServerForm />
    </div>
  );
}
