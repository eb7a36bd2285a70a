import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CredentialFacts } from "@/components/credentials/credential-facts";
import { CredentialHeader } from "@/components/credentials/credential-header";
import {
  CredentialNews,
  type CredentialNewsKind,
  SuspendedNotice,
} from "@/components/credentials/credential-notices";
import { CredentialUses } from "@/components/credentials/credential-uses";
import { KeyEndForm } from "@/components/credentials/key-end-form";
import { NewestCheck } from "@/components/credentials/newest-check";
import { UnbackedLink } from "@/components/sharing/share-links";
import { requireActor } from "@/lib/auth/require-actor";
import { checkCredentialAction, setKeyEndAction } from "@/lib/credentials/actions";
import { findCheckStop } from "@/lib/credentials/check-stop";
import { findCredentialDetails, findEditableKeyEnd, findProvenFacts } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { listFlowsUsing } from "@/lib/endpoints/queries";
import { parseCursor } from "@/lib/paging";
import { credentialPath } from "@/lib/paths";
import { countUnbacked } from "@/lib/sharing/queries";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = {
  params: Promise<{ credential: string }>;
  searchParams: SearchParams<"after" | CredentialNewsKind>;
};

const newsKinds: readonly CredentialNewsKind[] = ["saved", "edited", "replaced"];

// Title and page need the same row: read once per request.
const readCredential = cache(async (id: string) => {
  const actor = await requireActor(credentialPath(id));
  const credential = (await findCredentialDetails(await database(), actor, id)) ?? notFound();
  return { actor, credential };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readCredential((await params).credential)).credential.name };
}

export default async function CredentialPage({ params, searchParams }: Props) {
  const { actor, credential } = await readCredential((await params).credential);
  const { after, ...told } = only(await searchParams);
  const news = newsKinds.find((kind) => told[kind] === "1");
  const [db, now] = [await database(), new Date()];
  const uses = await listFlowsUsing(db, actor, credential.id, parseCursor(after));
  const facts = await findProvenFacts(db, actor, credential.id, now);
  const stop = await findCheckStop(db, actor, credential.id);
  const thing = { kind: "credential", id: credential.id } as const;
  const unbacked = await countUnbacked(db, actor, thing);
  const isToldByServer = facts?.keyEnd?.saidBy === "server";
  const keyEnd = isToldByServer ? null : await findEditableKeyEnd(db, actor, credential.id);
  return (
    <div className="flex flex-col gap-6">
      <CredentialHeader credential={credential} />
      <SuspendedNotice credential={credential} />
      <UnbackedLink thing={thing} count={unbacked} />
      {news && <CredentialNews news={news} credential={credential} />}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <CredentialFacts credential={credential} facts={facts} now={now}>
          {keyEnd && <KeyEndForm action={setKeyEndAction} keyEnd={keyEnd} />}
        </CredentialFacts>
        <div className="flex min-w-0 flex-col gap-6">
          <NewestCheck credential={credential} now={now} stop={stop} check={checkCredentialAction} />
          <CredentialUses uses={uses} path={credentialPath(credential.id)} />
        </div>
      </div>
    </div>
  );
}
