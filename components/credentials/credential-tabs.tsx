import { NavLink } from "@/components/portal/nav-link";
import { SectionTabs } from "@/components/ui/section-tabs";
import { credentialPath } from "@/lib/paths";

/** Between the pages of one credential. */
export function CredentialTabs({ id }: { id: string }) {
  return (
    <SectionTabs label="Credential">
      <NavLink href={credentialPath(id)} isSection={false}>
        Overview
      </NavLink>
      <NavLink href={`${credentialPath(id)}/history`}>History</NavLink>
    </SectionTabs>
  );
}
