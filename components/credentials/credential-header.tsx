"use client";

import { NavLink } from "@/components/portal/nav-link";
import { ShareLink } from "@/components/sharing/share-links";
import { ButtonLink } from "@/components/ui/buttons";
import { BackLink, PageHeader, SectionTabs } from "@/components/ui/page-header";
import { whomToAsk } from "@/lib/credentials/checks/whom-to-ask";
import { mayOnCredential } from "@/lib/credentials/policy";
import type { CredentialDetails } from "@/lib/credentials/types";
import { copyCredentialPath, credentialPath, credentialPaths, credentialsPath } from "@/lib/paths";

/** The header of each page of a credential: the same on all, so that nothing moves between tabs. */
export function CredentialHeader({ credential }: { credential: CredentialDetails }) {
  const { id, name, description } = credential;
  return (
    <>
      <BackLink href={credentialsPath}>Credentials</BackLink>
      <PageHeader
        title={name}
        lead={description && <span className="whitespace-pre-line">{description}</span>}
        action={<ManageCredential credential={credential} />}
      />
      <CredentialTabs id={id} />
    </>
  );
}

/** Tabs between the pages of one credential. */
function CredentialTabs({ id }: { id: string }) {
  return (
    <SectionTabs label="Credential">
      <NavLink href={credentialPath(id)} isSection={false}>
        Overview
      </NavLink>
      <NavLink href={`${credentialPath(id)}/history`}>History</NavLink>
    </SectionTabs>
  );
}

/** The buttons that change a credential, for users who may; other users read whom to ask. */
function ManageCredential({
  credential,
}: {
  credential: Pick<CredentialDetails, "id" | "role" | "ownerName" | "isSuspended">;
}) {
  const { id, role } = credential;
  const paths = credentialPaths(id);
  const may = {
    edit: mayOnCredential(role, "edit"),
    replaceSecret: mayOnCredential(role, "replaceSecret"),
    delete: mayOnCredential(role, "delete"),
  };
  const share = <ShareLink thing={{ kind: "credential", id }} mayShare={mayOnCredential(role, "share")} />;
  const copy = <ButtonLink href={copyCredentialPath(id)}>Copy</ButtonLink>;
  if (!may.edit && !may.replaceSecret && !may.delete) {
    return (
      <div className="flex min-w-0 flex-col items-start gap-3">
        <div className="flex flex-wrap gap-2">
          {share}
          {copy}
        </div>
        <p className="max-w-xs text-sm wrap-anywhere text-muted">
          You may use this credential. To have it changed, ask {whomToAsk(credential)}.
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {share}
      {may.edit && <ButtonLink href={paths.edit}>Edit</ButtonLink>}
      {may.replaceSecret && <ButtonLink href={paths.replaceSecret}>Replace secret</ButtonLink>}
      {copy}
      {may.delete && <ButtonLink href={paths.delete}>Delete</ButtonLink>}
    </div>
  );
}
