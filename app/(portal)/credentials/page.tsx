import type { Metadata } from "next";
import { CredentialFilterForm } from "@/components/credentials/credential-filter-form";
import { CredentialTable, NoCredentials } from "@/components/credentials/credential-table";
import { OffersToMe } from "@/components/transfers/offers-to-me";
import { ButtonLink } from "@/components/ui/buttons";
import { FlashMessage } from "@/components/ui/flash-message";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { listCredentials } from "@/lib/credentials/queries";
import { credentialFilterSchema } from "@/lib/credentials/schema";
import { countTileGroups } from "@/lib/credentials/tile-groups";
import { database } from "@/lib/db/client";
import { parseCursor } from "@/lib/paging";
import { addCredentialPath, credentialsPath } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";
import { listOffersTo } from "@/lib/transfers/queries";

export const metadata: Metadata = { title: "Credentials" };

type Props = { searchParams: SearchParams<"q" | "status" | "whose" | "after" | "deleted"> };

export default async function CredentialsPage({ searchParams }: Props) {
  const asked = only(await searchParams);
  const filter = credentialFilterSchema.parse(asked);
  const narrowed = new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const isFiltered = narrowed.size > 0;
  const actor = await requireActor(isFiltered ? `${credentialsPath}?${narrowed}` : credentialsPath);
  const db = await database();
  const [page, offers, { teams }] = await Promise.all([
    listCredentials(db, actor, filter, parseCursor(asked.after)),
    listOffersTo(db, actor),
    countTileGroups(db, actor),
  ]);
  const add = (
    <ButtonLink href={addCredentialPath} look="primary">
      Add Credential
    </ButtonLink>
  );
  const next = page.next && `${credentialsPath}?${new URLSearchParams([...narrowed, ["after", page.next]])}`;
  const isEmpty = page.items.length === 0;
  const hasNone = isEmpty && !isFiltered && !asked.after;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Credentials"
        lead="Those that you own, and those that are shared with you."
        action={hasNone ? undefined : add}
      />
      <OffersToMe offers={offers} now={new Date()} />
      {asked.deleted === "1" && <FlashMessage title="The credential is deleted" parameter="deleted" />}
      {!hasNone && <CredentialFilterForm filter={filter} teams={teams} isFiltered={isFiltered} />}
      {isEmpty && !asked.after ? (
        <NoCredentials isFiltered={isFiltered} add={add} />
      ) : (
        <CredentialTable credentials={page.items} next={next} now={new Date()} />
      )}
    </div>
  );
}
