import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WizardHeader } from "@/components/endpoints/wizard-header";
import { ChoiceLink } from "@/components/portal/choice-link";
import { endpointsCrumb } from "@/components/portal/crumbs";
import { BackLink } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { connectorKinds } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { directionOf, wizardPaths } from "@/lib/paths";

export const metadata: Metadata = { title: "Choose a connector" };

export default async function ConnectorsPage({ params }: { params: Promise<{ direction: string }> }) {
  const { direction: segment } = await params;
  const direction = directionOf(segment) ?? notFound();
  await requireActor(`/${segment}/new`);
  const list = endpointsCrumb(direction);
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={list.href}>{list.name}</BackLink>
      <WizardHeader direction={direction} step="connector" title={`New data ${direction}`}>
        Choose the system to connect to.
      </WizardHeader>
      <ul aria-label="Connectors" className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {connectorKinds.map((kind) => (
          <ChoiceLink
            key={kind}
            href={wizardPaths(direction, kind).authenticate}
            icon="git-branch"
            title={connectorOf(kind).name}
          >
            {connectorOf(kind).note}
          </ChoiceLink>
        ))}
      </ul>
    </div>
  );
}
