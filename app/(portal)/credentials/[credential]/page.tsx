import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CredentialDetails } from "@/components/credentials/credential-details";
import { CredentialHeader } from "@/components/credentials/credential-header";
import {
  CredentialFlash,
  type CredentialFlashKind,
  SuspendedNotice,
} from "@/components/credentials/credential-notices";
import { CredentialUses } from "@/components/credentials/credential-uses";
import { KeyEndForm } from "@/components/credentials/key-end-form";
import { LatestCheck } from "@/components/credentials/latest-check";
import { UnbackedLink } from "@/components/sharing/share-links";
import { requireActor } from "@/lib/auth/require-actor";
import { checkCredentialAction, setKeyEndAction } from "@/lib/credentials/actions";
import { findCheckStop } from "@/lib/credentials/check-stop";
import { findCredentialDetails, findEditableKeyEnd, findLatestDetails } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { listEndpointsUsing } from "@/lib/endpoints/queries";
import { parseCursor } from "@/lib/paging";
import { credentialPath } from "@/lib/paths";
import { countUnbacked } from "@/lib/sharing/queries";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = {
  params: Promise<{ credential: string }>;
  searchParams: SearchParams<"after" | CredentialFlashKind>;
};

const flashKinds: readonly CredentialFlashKind[] = ["saved", "edited", "replaced"];

// Title and page need the same row, so the row is read once per request.
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
  const flash = flashKinds.find((kind) => told[kind] === "1");
  const [db, now] = [await database(), new Date()];
  const uses = await listEndpointsUsing(db, actor, credential.id, parseCursor(after));
  const details = await findLatestDetails(db, actor, credential.id, now);
  const stop = await findCheckStop(db, actor, credential.id);
  const thing = { kind: "credential", id: credential.id } as const;
  const unbacked = await countUnbacked(db, actor, thing);
  const isToldByServer = details?.keyEnd?.saidBy === "server";
  const keyEnd = isToldByServer ? null : await findEditableKeyEnd(db, actor, credential.id);
  return (
    <div className="flex flex-col gap-6">
      <CredentialHeader credential={credential} />
      <SuspendedNotice credential={credential} />
      <UnbackedLink thing={thing} count={unbacked} />
      {flash && <CredentialFlash flash={flash} credential={credential} />}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <CredentialDetails credential={credential} details={details} now={now}>
          {keyEnd && <KeyEndForm action={setKeyEndAction} keyEnd={keyEnd} />}
        </CredentialDetails>
        <div className="flex min-w-0 flex-col gap-6">
          <LatestCheck credential={credential} now={now} stop={stop} check={checkCredentialAction} />
          <CredentialUses uses={uses} path={credentialPath(credential.id)} />
        </div>
      </div>
    </div>
  );
}
