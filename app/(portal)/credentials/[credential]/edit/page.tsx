import type { Metadata } from "next";
import { EditCredentialForm } from "@/components/credentials/edit-credential-form";
import { credentialsCrumb } from "@/components/portal/crumbs";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { editCredentialAction } from "@/lib/credentials/actions";
import { mayOnCredential } from "@/lib/credentials/policy";
import { credentialPath, credentialPaths } from "@/lib/paths";
import { readChangeable } from "../read-changeable";

export const metadata: Metadata = { title: "Edit credential" };

type Props = { params: Promise<{ credential: string }> };

export default async function EditCredentialPage({ params }: Props) {
  const { credential: id } = await params;
  const credential = await readChangeable(credentialPaths(id).edit, id);
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href={credentialPath(id)} within={[credentialsCrumb]}>
        {credential?.name ?? "Credential"}
      </BackLink>
      <PageHeader title="Edit credential" lead="Its name, description and tags. The secret stays as it is." />
      {credential && !mayOnCredential(credential.role, "edit") ? (
        <NotYoursToChange what="credential" />
      ) : (
        <EditCredentialForm action={editCredentialAction} credentialId={id} credential={credential} />
      )}
    </div>
  );
}
