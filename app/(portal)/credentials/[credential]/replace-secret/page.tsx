import type { Metadata } from "next";
import { ReplaceSecretForm } from "@/components/credentials/replace-secret-form";
import { credentialsCrumb } from "@/components/portal/crumbs";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { mayOnCredential } from "@/lib/credentials/policy";
import { credentialPath, credentialPaths } from "@/lib/paths";
import { replaceSecretAction } from "@/lib/rehearsals/actions";
import { readChangeable } from "../read-changeable";

export const metadata: Metadata = { title: "Replace secret" };

type Props = { params: Promise<{ credential: string }> };

export default async function ReplaceSecretPage({ params }: Props) {
  const { credential: id } = await params;
  const credential = await readChangeable(credentialPaths(id).replaceSecret, id);
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-6">
      <BackLink href={credentialPath(id)} within={[credentialsCrumb]}>
        {credential?.name ?? "Credential"}
      </BackLink>
      <PageHeader
        title="Replace secret"
        lead="A new address or user name needs the secret again. What uses this credential is tried with the new secret before anything changes."
      />
      {credential && !mayOnCredential(credential.role, "replaceSecret") ? (
        <NotYoursToChange what="credential" />
      ) : (
        <div className="overflow-clip rounded-2xl border border-line bg-surface shadow-rest">
          <ReplaceSecretForm action={replaceSecretAction} credentialId={id} credential={credential} />
        </div>
      )}
    </div>
  );
}
