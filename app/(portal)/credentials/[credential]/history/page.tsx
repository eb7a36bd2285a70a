import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { EventList } from "@/components/audit/event-list";
import { CredentialHeader } from "@/components/credentials/credential-header";
import { EmptyState } from "@/components/ui/empty-state";
import { parseEventStart } from "@/lib/audit/cursor";
import { requireActor } from "@/lib/auth/require-actor";
import { findCredentialDetails } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { listHistory } from "@/lib/history/credential-history";
import { credentialPath, pagePaths } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = { params: Promise<{ credential: string }>; searchParams: SearchParams<"after" | "before"> };

// Title and page need the same row, so the row is read once per request.
const readCredential = cache(async (id: string) => {
  const actor = await requireActor(`${credentialPath(id)}/history`);
  const credential = (await findCredentialDetails(await database(), actor, id)) ?? notFound();
  return { actor, credential };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `History of ${(await readCredential((await params).credential)).credential.name}` };
}

export default async function CredentialHistoryPage({ params, searchParams }: Props) {
  const { actor, credential } = await readCredential((await params).credential);
  const start = parseEventStart(only(await searchParams));
  const page = await listHistory(await database(), actor, credential.id, start);
  return (
    <div className="flex flex-col gap-6">
      <CredentialHeader credential={credential} />
      {page.items.length === 0 ? (
        <EmptyState icon="scroll-text" title="No older events">
          What happens to this credential is written here as it happens.
        </EmptyState>
      ) : (
        <EventList
          events={page.items}
          now={new Date().toISOString()}
          paths={pagePaths(`${credentialPath(credential.id)}/history`, page)}
          narrowTo={null}
        />
      )}
    </div>
  );
}
