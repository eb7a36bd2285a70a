import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { credentialsCrumb } from "@/components/portal/crumbs";
import { ChooseRecipient, ConfirmOffer, OpenOffer } from "@/components/transfers/make-offer";
import { OfferAnswer } from "@/components/transfers/offer-answer";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { credentialPath, credentialsPath, transferPath } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";
import {
  acceptTransferAction,
  declineTransferAction,
  offerTransferAction,
  withdrawTransferAction,
} from "@/lib/transfers/actions";
import { findTransfer } from "@/lib/transfers/queries";
import { searchUsersAndTeams } from "@/lib/users/queries";

export const metadata: Metadata = { title: "Hand over ownership" };

type Props = { params: Promise<{ credential: string }>; searchParams: SearchParams<"q" | "to"> };

/** Ownership transfer: the owner makes the offer here, and the recipient answers it here. */
export default async function TransferPage({ params, searchParams }: Props) {
  const { credential: id } = await params;
  const { q = "", to } = only(await searchParams);
  const actor = await requireActor(transferPath(id));
  const db = await database();
  const transfer = (await findTransfer(db, actor, id)) ?? notFound();
  const now = new Date();
  if (transfer.side === "recipient") {
    return (
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
        <BackLink href={credentialsPath}>Credentials</BackLink>
        <PageHeader
          title={transfer.credentialName}
          lead={`${transfer.fromName} wants to hand it over to you.`}
        />
        <OfferAnswer
          offer={transfer}
          now={now}
          accept={acceptTransferAction}
          decline={declineTransferAction}
        />
      </div>
    );
  }
  const found = q.trim() && !transfer.open ? await searchUsersAndTeams(db, actor, q.trim()) : [];
  const chosen = found.find((entry) => entry.kind === "person" && entry.id === to);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <BackLink href={credentialPath(id)} within={[credentialsCrumb]}>
        {transfer.credentialName}
      </BackLink>
      <PageHeader
        title="Hand over ownership"
        lead="The other one becomes the owner once they accept. Until then nothing changes."
      />
      {transfer.open ? (
        <OpenOffer credentialId={id} open={transfer.open} now={now} withdraw={withdrawTransferAction} />
      ) : chosen ? (
        <ConfirmOffer
          credentialId={id}
          credentialName={transfer.credentialName}
          to={chosen}
          offer={offerTransferAction}
        />
      ) : (
        <ChooseRecipient credentialId={id} searched={q.trim()} found={found} />
      )}
    </div>
  );
}
