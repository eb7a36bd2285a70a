import type { Metadata } from "next";
import { CredentialFilterForm } from "@/components/credentials/credential-filter-form";
import { CredentialTable, NoCredentials } from "@/components/credentials/credential-table";
import { shownRowOf } from "@/components/credentials/shown-tile";
import { OffersToMe } from "@/components/transfers/offers-to-me";
import { ButtonLink } from "@/components/ui/buttons";
import { FlashMessage } from "@/components/ui/flash-message";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { listCredentials } from "@/lib/credentials/queries";
import { credentialFilterSchema } from "@/lib/credentials/schema";
import { countTileGroups } from "@/lib/credentials/tile-groups";
import { database } from "@/lib/db/client";
import { parseStart } from "@/lib/paging";
import { addCredentialPath, credentialsPath, pagePaths, withQuery } from "@/lib/paths";
import { foundInWords } from "@/lib/text/count-of";
import { only, type SearchParams } from "@/lib/text/search-param";
import { listOffersTo } from "@/lib/transfers/queries";

export const metadata: Metadata = { title: "Credentials" };

type Props = {
  searchParams: SearchParams<
    "q" | "status" | "whose" | "server" | "owner" | "tag" | "use" | "sort" | "after" | "before" | "deleted"
  >;
};

export default async function CredentialsPage({ searchParams }: Props) {
  const asked = only(await searchParams);
  const filter = credentialFilterSchema.parse(asked);
  const { sort, ...narrowing } = filter;
  const isFiltered = Object.values(narrowing).some(Boolean);
  const actor = await requireActor(withQuery(credentialsPath, filter));
  const db = await database();
  const [page, offers, { teams, servers, owners }] = await Promise.all([
    listCredentials(db, actor, filter, parseStart(asked, sort)),
    listOffersTo(db, actor),
    countTileGroups(db, actor, { withOwners: true }),
  ]);
  const add = (
    <ButtonLink href={addCredentialPath} look="primary">
      Add Credential
    </ButtonLink>
  );
  const isEmpty = page.items.length === 0;
  const hasNone = isEmpty && !isFiltered;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Credentials"
        lead="Those that you own, and those that are shared with you."
        action={hasNone ? undefined : add}
      />
      <OffersToMe offers={offers} now={new Date()} />
      {asked.deleted === "1" && <FlashMessage title="The credential is deleted" parameter="deleted" />}
      {!hasNone && (
        <CredentialFilterForm
          {...{ filter, teams, servers, owners, isFiltered }}
          found={foundInWords(page, "credential")}
        />
      )}
      {isEmpty ? (
        <NoCredentials isFiltered={isFiltered} add={add} />
      ) : (
        <CredentialTable
          credentials={page.items.map(shownRowOf)}
          pages={pagePaths(credentialsPath, page, filter)}
          sort={sort}
          now={new Date().toISOString()}
        />
      )}
    </div>
  );
}
