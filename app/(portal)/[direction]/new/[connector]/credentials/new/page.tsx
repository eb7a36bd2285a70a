import type { Metadata } from "next";
import { AddCredentialForm } from "@/components/credentials/add-credential-form";
import { WizardHeader } from "@/components/endpoints/wizard-header";
import { BackLink } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { addCredentialAction } from "@/lib/credentials/actions";
import { wizardPaths } from "@/lib/paths";
import { wizardOf } from "../../../wizard-of";

export const metadata: Metadata = { title: "Add New Credential" };

type Props = { params: Promise<{ direction: string; connector: string }> };

/** The Add New Credential form as a page: opened directly, reloaded or without script. */
export default async function AddCredentialPage({ params }: Props) {
  const { direction, connector } = wizardOf(await params);
  const paths = wizardPaths(direction, connector.slug);
  await requireActorUnlessPosting(paths.addCredential);
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6">
      <BackLink href={paths.authenticate}>Authenticate</BackLink>
      <WizardHeader direction={direction} step="authenticate" title="Add New Credential" takesFocus={false}>
        {connector.name}
      </WizardHeader>
      <div className="overflow-clip rounded-2xl border border-line bg-surface shadow-lift">
        <AddCredentialForm action={addCredentialAction} wizard={{ direction, connector: connector.slug }} />
      </div>
    </div>
  );
}
