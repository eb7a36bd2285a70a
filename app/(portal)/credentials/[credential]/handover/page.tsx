import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ChooseRecipient, ConfirmOffer, OpenOffer } from "@/components/handovers/make-offer";
import { OfferAnswer } from "@/components/handovers/offer-answer";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { credentialPath, credentialsPath, handoverPath } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";
import {
  acceptHandoverAction,
  declineHandoverAction,
  offerHandoverAction,
  withdrawHandoverAction,
} from "@/lib/transfers/actions";
import { findHandover } from "@/lib/transfers/queries";
import { searchPeopleAndTeams } from "@/lib/users/queries";

export const metadata: Metadata = { title: "Hand over ownership" };

type Props = { params: Promise<{ credential: string }>; searchParams: SearchParams<"q" | "to"> };

/** Where an owner hands a credential over, step by step, and where the other one answers. */
export default async function HandoverPage({ params, searchParams }: Props) {
  const { credential: id } = await params;
  const { q = "", to } = only(await searchParams);
  const actor = await requireActor(handoverPath(id));
  const db = await database();
  const handover = (await findHandover(db, actor, id)) ?? notFound();
  const now = new Date();
  if (handover.side === "recipient") {
    return (
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
        <BackLink href={credentialsPath}>Credentials</BackLink>
        <PageHeader
          title={handover.credentialName}
          lead={`${handover.fromName} wants to hand it over to you.`}
        />
        <OfferAnswer
          offer={handover}
          now={now}
          accept={acceptHandoverAction}
          decline={declineHandoverAction}
        />
      </div>
    );
  }
  const found = q.trim() && !handover.open ? await searchPeopleAndTeams(db, actor, q.trim()) : [];
  const chosen = found.find((entry) => entry.kind === "person" && entry.id === to);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <BackLink href={credentialPath(id)}>{handover.credentialName}</BackLink>
      <PageHeader
        title="Hand over ownership"
        lead="The other one becomes the owner once they accept. Until then nothing changes."
      />
      {handover.open ? (
        <OpenOffer credentialId={id} open={handover.open} now={now} withdraw={withdrawHandoverAction} />
      ) : chosen ? (
        <ConfirmOffer
          credentialId={id}
          credentialName={handover.credentialName}
          to={chosen}
          offer={offerHandoverAction}
        />
      ) : (
        <ChooseRecipient credentialId={id} searched={q.trim()} found={found} />
      )}
    </div>
  );
}
