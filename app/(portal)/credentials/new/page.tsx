import type { Metadata } from "next";
import { AddCredentialForm } from "@/components/credentials/add-credential-form";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { addCredentialAction } from "@/lib/credentials/actions";
import { addCredentialPath, credentialsPath } from "@/lib/paths";

export const metadata: Metadata = { title: "Add New Credential" };

/** The Add New Credential form outside the wizard, for a credential without a source or destination. */
export default async function AddCredentialPage() {
  await requireActorUnlessPosting(addCredentialPath);
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6">
      <BackLink href={credentialsPath}>Credentials</BackLink>
      <PageHeader title="Add New Credential" lead="Bitbucket Server" />
      <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-lift">
        <AddCredentialForm action={addCredentialAction} />
      </div>
    </div>
  );
}
