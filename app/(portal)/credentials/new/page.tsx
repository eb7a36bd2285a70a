import type { Metadata } from "next";
import { AddCredentialForm } from "@/components/credentials/add-credential-form";
import { Notice } from "@/components/ui/notice";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { addCredentialAction } from "@/lib/credentials/actions";
import { startOfCopy } from "@/lib/credentials/copy";
import { findCredentialTile } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { addCredentialPath, copyCredentialPath, credentialsPath } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";

export const metadata: Metadata = { title: "Add New Credential" };

type Props = { searchParams: SearchParams<"copy"> };

/** The Add New Credential form outside the wizard, for a credential without a source or destination, or a copy of one. */
export default async function AddCredentialPage({ searchParams }: Props) {
  const { copy } = only(await searchParams);
  const path = copy ? copyCredentialPath(copy) : addCredentialPath;
  const actor = await requireActorUnlessPosting(path);
  const copied = actor && copy ? await findCredentialTile(await database(), actor, copy) : null;
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6">
      <BackLink href={credentialsPath}>Credentials</BackLink>
      <PageHeader title="Add New Credential" lead="Bitbucket Server" />
      {copied && (
        <Notice kind="info" title={`A copy of ${copied.name}, without its secret and tags`}>
          Enter a secret of its own. Uses and shares of {copied.name} stay where they are.
        </Notice>
      )}
      <div className="overflow-clip rounded-2xl border border-line bg-surface shadow-lift">
        <AddCredentialForm action={addCredentialAction} start={copied ? startOfCopy(copied) : undefined} />
      </div>
    </div>
  );
}
