"use client";

import { OvertakenNotice } from "@/components/portal/overtaken-notice";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { useEditForm } from "@/components/portal/use-edit-form";
import { ButtonLink } from "@/components/ui/button-link";
import { cardStyle } from "@/components/ui/card-style";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { FormAction } from "@/lib/action-result";
import type { EditableCredential } from "@/lib/credentials/types";
import { credentialPath } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";

type Props = {
  action: FormAction<unknown, EditableCredential>;
  credentialId: string;
  /** Null once the session has ended: what was typed is shown all the same. */
  credential: EditableCredential | null;
};

/** Name and description of a credential; the secret is no part of it. */
export function EditCredentialForm({ action, credentialId, credential }: Props) {
  const { pending, formProps, errors, typed, overtaken, refused, version } = useEditForm(
    action,
    credential?.version,
    ["name", "description"],
  );
  return (
    <form {...formProps} noValidate className={cardStyle("flex flex-col gap-5")}>
      <input type="hidden" name="credentialId" value={credentialId} />
      <input type="hidden" name="version" value={version} />
      {overtaken && <OvertakenNotice {...overtaken} />}
      {refused && <RefusalNotice error={refused} />}
      <Field
        label="Credential Name"
        name="name"
        limit={nameMaxLength}
        required
        takesFocus={!errors.description}
        autoComplete="off"
        defaultValue={typed.name ?? credential?.name}
        error={errors.name}
      />
      <TextArea
        label="Credential Description"
        name="description"
        limit={descriptionMaxLength}
        optional
        rows={3}
        autoComplete="off"
        defaultValue={typed.description ?? credential?.description}
        error={errors.description}
        hint="What it is for, and how fresh the data behind it is. Recommended."
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending={pending} pendingLabel="Saving…">
          Save
        </SubmitButton>
        <ButtonLink href={credentialPath(credentialId)} look="quiet">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
