import type { Metadata } from "next";
import { ReplaceSecretForm } from "@/components/credentials/replace-secret-form";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { replaceSecretAction } from "@/lib/credentials/actions";
import { mayOnCredential } from "@/lib/credentials/policy";
import { credentialPath, credentialPaths } from "@/lib/paths";
import { readChangeable } from "../read-changeable";

export const metadata: Metadata = { title: "Replace secret" };

type Props = { params: Promise<{ credential: string }> };

export default async function ReplaceSecretPage({ params }: Props) {
  const { credential: id } = await params;
  const credential = await readChangeable(credentialPaths(id).replaceSecret, id);
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-6">
      <BackLink href={credentialPath(id)}>{credential?.name ?? "Credential"}</BackLink>
      <PageHeader
        title="Replace secret"
        lead="Whoever changes the address or the user name types the secret again. Everything that uses this credential goes on with the new one."
      />
      {credential && !mayOnCredential(credential.role, "replaceSecret") ? (
        <NotYoursToChange what="credential" />
      ) : (
        <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-rest">
          <ReplaceSecretForm action={replaceSecretAction} credentialId={id} credential={credential} />
        </div>
      )}
    </div>
  );
}
