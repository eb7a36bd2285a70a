import { ShareLink } from "@/components/sharing/share-link";
import { ButtonLink } from "@/components/ui/button-link";
import { mayOnCredential } from "@/lib/credentials/policy";
import type { CredentialDetails } from "@/lib/credentials/types";
import { credentialPaths } from "@/lib/paths";

/** The ways to change a credential, for those who may; to the others it says whom to ask. */
export function ManageCredential({
  credential,
}: {
  credential: Pick<CredentialDetails, "id" | "role" | "ownerName">;
}) {
  const { id, role, ownerName } = credential;
  const paths = credentialPaths(id);
  const may = {
    edit: mayOnCredential(role, "edit"),
    replaceSecret: mayOnCredential(role, "replaceSecret"),
    delete: mayOnCredential(role, "delete"),
  };
  const share = <ShareLink thing={{ kind: "credential", id }} mayShare={mayOnCredential(role, "share")} />;
  if (!may.edit && !may.replaceSecret && !may.delete) {
    return (
      <div className="flex min-w-0 flex-col items-start gap-3">
        {share}
        <p className="max-w-xs text-sm wrap-anywhere text-muted">
          You may use this credential. To have it changed, ask {ownerName}.
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {share}
      {may.edit && <ButtonLink href={paths.edit}>Edit</ButtonLink>}
      {may.replaceSecret && <ButtonLink href={paths.replaceSecret}>Replace secret</ButtonLink>}
      {may.delete && <ButtonLink href={paths.delete}>Delete</ButtonLink>}
    </div>
  );
}
