import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { SuspendedNotice } from "@/components/credentials/credential-notices";
import { DestinationStep } from "@/components/destinations/data/destination-step";
import { DataStep } from "@/components/endpoints/data/data-step";
import { WizardHeader } from "@/components/endpoints/wizard-header";
import { BackLink } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { findCredentialTile } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { readDestinationStep } from "@/lib/destinations/read-destination-step";
import { addressOf } from "@/lib/endpoints/choice-address";
import { readDataStep } from "@/lib/endpoints/read-data-step";
import { withCredential, wizardPaths } from "@/lib/paths";
import { sendBackUnusable } from "../../send-back-unusable";
import { wizardOf } from "../../wizard-of";

export const metadata: Metadata = { title: "Data" };

type Props = {
  params: Promise<{ direction: string; connector: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DataPage({ params, searchParams }: Props) {
  const { direction, connector } = wizardOf(await params);
  const [address, paths] = [addressOf(await searchParams), wizardPaths(direction, connector.slug)];
  const id = address.get("credential");
  const actor = await requireActor(id ? `${paths.data}?${address}` : paths.authenticate);
  if (!id) redirect(paths.authenticate);
  const db = await database();
  const credential = (await findCredentialTile(db, actor, id)) ?? notFound();
  const { kind, serverVersion, baseUrl, isSuspended } = credential;
  if (kind !== connector.slug) notFound();
  if (address.size === 1) sendBackUnusable(credential, paths.authenticate);
  const read = { kind, serverVersion, address };
  const source =
    direction === "source" && !isSuspended
      ? await readDataStep(db, actor, { ...read, credentialId: id })
      : null;
  const destination =
    direction === "destination" && !isSuspended
      ? await readDestinationStep(db, actor, { ...read, baseUrl, account: credential.account?.name ?? null })
      : null;
  const { errors, result } = source
    ? { errors: source.errors, result: source.preview }
    : { errors: destination?.errors ?? {}, result: destination?.checked ?? null };
  const hasAnswer = result !== null || Object.keys(errors).length > 0;
  const step = {
    path: paths.data,
    back: { href: withCredential(paths.authenticate, id), label: "Back" },
    next: { path: paths.details, label: "Next" },
  };
  const chosen = <input type="hidden" name="credential" value={id} />;
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={step.back.href}>Authenticate</BackLink>
      <WizardHeader
        direction={direction}
        step="data"
        title={direction === "source" ? "Choose the data" : "Choose what to write"}
        takesFocus={!hasAnswer}
      >
        {direction === "source" ? "Read from" : "Write to"} {baseUrl} with “{credential.name}”.
      </WizardHeader>
      {isSuspended && <SuspendedNotice credential={credential} />}
      {source && (
        <DataStep state={source} {...step}>
          {chosen}
        </DataStep>
      )}
      {destination && (
        <DestinationStep state={destination} {...step}>
          {chosen}
        </DestinationStep>
      )}
    </div>
  );
}
