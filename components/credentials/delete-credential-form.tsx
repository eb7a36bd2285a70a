"use client";

import { UsesNotice } from "@/components/endpoints/uses-notice";
import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { ButtonLink } from "@/components/ui/buttons";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { CredentialUses } from "@/lib/endpoints/types";
import { credentialPath } from "@/lib/paths";

type Props = { action: FormAction<unknown, CredentialUses>; credentialId: string };

/** The confirmation of a deletion. A refusal lists the uses added since the page was made. */
export function DeleteCredentialForm({ action, credentialId }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      <input type="hidden" name="credentialId" value={credentialId} />
      {error?.detail && <UsesNotice title={error.message} uses={error.detail} isAnswer />}
      {error && !error.detail && <RefusalNotice error={error} />}
      <div className="flex flex-wrap gap-3">
        <SubmitButton look="danger" pending={pending} pendingLabel="Deleting…">
          Delete for good
        </SubmitButton>
        <ButtonLink href={credentialPath(credentialId)}>Keep it</ButtonLink>
      </div>
    </form>
  );
}
