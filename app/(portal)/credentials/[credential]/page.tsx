import type { Metadata } from "next";
import { CheckStrip } from "@/components/credentials/check-strip";
import { CredentialDetails } from "@/components/credentials/credential-details";
import { CredentialHeader } from "@/components/credentials/credential-header";
import {
  CredentialFlash,
  type CredentialFlashKind,
  flashKinds,
  SuspendedNotice,
} from "@/components/credentials/credential-notices";
import { CredentialUses } from "@/components/credentials/credential-uses";
import { KeyEndForm } from "@/components/credentials/key-end-form";
import { LatestCheck } from "@/components/credentials/latest-check";
import { PreviousSecret } from "@/components/credentials/previous-secret";
import { UnbackedLink } from "@/components/sharing/share-links";
import { checkCredentialAction, setKeyEndAction } from "@/lib/credentials/actions";
import { listCheckDays } from "@/lib/credentials/check-days";
import { findCheckStop } from "@/lib/credentials/check-stop";
import { findEditableKeyEnd, findLatestDetails } from "@/lib/credentials/details-queries";
import { findPreviousSecret } from "@/lib/credentials/previous/queries";
import { database } from "@/lib/db/client";
import { readDisplay } from "@/lib/display/cookie";
import { parseStart } from "@/lib/paging";
import { credentialPath } from "@/lib/paths";
import { countUnbacked } from "@/lib/sharing/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { previousActions } from "./previous-actions";
import { readCredential } from "./read-credential";
import { readReplaced } from "./read-replaced";
import { readUses } from "./read-uses";

type Props = {
  params: Promise<{ credential: string }>;
  searchParams: SearchParams<"after" | "before" | "tried" | CredentialFlashKind>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readCredential((await params).credential)).credential.name };
}

export default async function CredentialPage({ params, searchParams }: Props) {
  const { actor, credential } = await readCredential((await params).credential);
  const { after, before, tried, ...flashes } = only(await searchParams);
  const flash = flashKinds.find((kind) => flashes[kind] === "1");
  const [db, now] = [await database(), new Date()];
  const thing = { kind: "credential", id: credential.id } as const;
  const zone = (await readDisplay()).zone ?? "UTC";
  const [used, details, stop, unbacked, days, previous] = await Promise.all([
    readUses(db, actor, credential.id, parseStart({ after, before })),
    findLatestDetails(db, actor, credential.id, now),
    findCheckStop(db, actor, credential.id),
    countUnbacked(db, actor, thing),
    listCheckDays(db, actor, credential.id, { zone, now }),
    findPreviousSecret(db, actor, credential.id),
  ]);
  const isReplaced = flash === "replaced";
  const told = await readReplaced(db, actor, credential.id, { isReplaced, isTried: tried === "1" });
  const isToldByServer = details?.keyEnd?.saidBy === "server";
  const keyEnd = isToldByServer ? null : await findEditableKeyEnd(db, actor, credential.id);
  return (
    <div className="flex flex-col gap-6">
      <CredentialHeader credential={credential} />
      <SuspendedNotice credential={credential} />
      <UnbackedLink thing={thing} count={unbacked} />
      {flash && <CredentialFlash flash={flash} credential={credential} {...told} />}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <CredentialDetails credential={credential} details={details} now={now}>
          {keyEnd && <KeyEndForm action={setKeyEndAction} keyEnd={keyEnd} />}
        </CredentialDetails>
        <div className="flex min-w-0 flex-col gap-6">
          <LatestCheck credential={credential} now={now} stop={stop} check={checkCredentialAction} />
          <PreviousSecret previous={previous} {...previousActions} />
          <CheckStrip days={days} zone={zone} />
          <CredentialUses {...used} now={now} path={credentialPath(credential.id)} />
        </div>
      </div>
    </div>
  );
}
