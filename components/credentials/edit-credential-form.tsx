"use client";

import { EditRefusal, versionToSend } from "@/components/forms/edit-refusal";
import { useActionForm } from "@/components/forms/use-action-form";
import { ButtonLink } from "@/components/ui/buttons";
import { cardStyle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { FormAction } from "@/lib/action-result";
import { editCredentialFormSchema } from "@/lib/credentials/form-schema";
import type { EditableCredential } from "@/lib/credentials/types";
import { credentialPath } from "@/lib/paths";
import { descriptionMaxLength, mostTags, nameMaxLength, tagMaxLength } from "@/lib/text/name-limits";

type Props = {
  action: FormAction<unknown, EditableCredential>;
  credentialId: string;
  /** Null once the session has ended: the form then shows only the typed values. */
  credential: EditableCredential | null;
};

/** Name, description and tags of a credential; the secret has a form of its own. */
export function EditCredentialForm({ action, credentialId, credential }: Props) {
  const form = useActionForm(action, {
    schema: editCredentialFormSchema,
    start: {
      name: credential?.name,
      description: credential?.description,
      tags: credential?.tags.join(", "),
    },
  });
  const { pending, field, formProps } = form;
  return (
    <form {...formProps} className={cardStyle("flex flex-col gap-5")}>
      <input type="hidden" name="credentialId" value={credentialId} />
      <input type="hidden" name="version" value={versionToSend(form, credential?.version)} />
      {form.wholeError && <EditRefusal error={form.wholeError} />}
      <Field
        {...field("name")}
        label="Credential Name"
        limit={nameMaxLength}
        required
        takesFocus={!form.error?.fieldErrors.description && !form.error?.fieldErrors.tags}
        autoComplete="off"
      />
      <TextArea
        {...field("description")}
        label="Credential Description"
        limit={descriptionMaxLength}
        optional
        rows={3}
        autoComplete="off"
        hint="What it is for, and how fresh the data behind it is. Recommended."
      />
      <Field
        {...field("tags")}
        label="Tags"
        optional
        autoComplete="off"
        hint={`Separated by commas: up to ${mostTags} of at most ${tagMaxLength} characters each.`}
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
