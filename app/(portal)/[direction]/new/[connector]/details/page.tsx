import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ChosenCredential } from "@/components/credentials/chosen-credential";
import { SuspendedNotice } from "@/components/credentials/credential-notices";
import { AddEndpointForm } from "@/components/endpoints/add-endpoint-form";
import { WizardHeader } from "@/components/endpoints/wizard-header";
import { BackLink } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { checkCredentialAction } from "@/lib/credentials/actions";
import { findCheckStop } from "@/lib/credentials/check-stop";
import { findCredentialTile } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { addEndpointAction } from "@/lib/endpoints/actions";
import { addressOf } from "@/lib/endpoints/choice-address";
import { wizardPaths } from "@/lib/paths";
import { wizardOf } from "../../wizard-of";
import { destinationStart } from "./destination-start";
import { sourceStart } from "./source-start";

export const metadata: Metadata = { title: "Details" };

type Props = {
  params: Promise<{ direction: string; connector: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DetailsPage({ params, searchParams }: Props) {
  const { direction, connector } = wizardOf(await params);
  const address = addressOf(await searchParams);
  // The button that shows a schedule's next times sends the form's own fields.
  const id = address.get("credential") ?? address.get("credentialId");
  const paths = wizardPaths(direction, connector.slug);
  const actor = await requireActorUnlessPosting(id ? `${paths.details}?${address}` : paths.authenticate);
  if (!id) redirect(paths.authenticate);
  const db = await database();
  const credential = actor ? ((await findCredentialTile(db, actor, id)) ?? notFound()) : null;
  const stop = actor ? await findCheckStop(db, actor, id) : null;
  const start =
    direction === "source"
      ? sourceStart(connector.slug, id, address)
      : await destinationStart(actor, connector.slug, id, address);
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={start.data}>Data</BackLink>
      <WizardHeader direction={direction} step="details" title={`Name your data ${direction}`}>
        {direction === "source"
          ? "A name that your team will recognise in lists, and the times at which it is read."
          : "A name that your team will recognise in lists, and the times at which it is written."}
      </WizardHeader>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        {credential?.isSuspended ? (
          <SuspendedNotice credential={credential} />
        ) : (
          <AddEndpointForm
            action={addEndpointAction}
            direction={direction}
            connector={connector.slug}
            credentialId={id}
            back={start.data}
            data={start.form}
          />
        )}
        {credential && (
          <ChosenCredential
            credential={credential}
            now={new Date()}
            stop={stop}
            check={checkCredentialAction}
          />
        )}
      </div>
    </div>
  );
}
