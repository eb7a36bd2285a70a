import { NavLink } from "@/components/portal/nav-link";
import { BackLink } from "@/components/ui/back-link";
import { PageHeader } from "@/components/ui/page-header";
import { SectionTabs } from "@/components/ui/section-tabs";
import type { CredentialDetails } from "@/lib/credentials/types";
import { credentialPath, credentialsPath } from "@/lib/paths";
import { ManageCredential } from "./manage-credential";

/** The head of each page of a credential: the same on all, so that nothing moves from tab to tab. */
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

/** Between the pages of one credential. */
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
