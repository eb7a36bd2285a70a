"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/lib/action-result";
import type { ConnectorSlug } from "@/lib/connectors/registry";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { addCredentialFormSchema } from "@/lib/credentials/form-schema";
import type { Direction } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";
import { SecretForm } from "./secret-form";

type Props = {
  action: FormAction<unknown, FailedCheck>;
  /** The wizard to go on with after Save; without one, Save leads to the credential. */
  wizard?: { direction: Direction; connector: ConnectorSlug };
};

/** Add New Credential: the guide's fields, in its order and words, with the guide in short beside them. */
export function AddCredentialForm({ action, wizard }: Props) {
  const form = useActionForm(action, {
    schema: addCredentialFormSchema,
    start: { name: "", description: "", baseUrl: "", username: "" },
    secrets: ["password"],
  });
  return (
    <SecretForm form={form}>
      {wizard && (
        <>
          <input type="hidden" name="direction" value={wizard.direction} />
          <input type="hidden" name="connector" value={wizard.connector} />
        </>
      )}
      <Field
        {...form.field("name")}
        limit={nameMaxLength}
        label="Credential Name"
        required
        takesFocus={Object.keys(form.error?.fieldErrors ?? {}).length === 0}
        autoComplete="off"
      />
      <Field
        {...form.field("description")}
        limit={descriptionMaxLength}
        label="Credential Description"
        optional
        autoComplete="off"
        hint="What it is for, and how fresh the data behind it is. Recommended."
      />
    </SecretForm>
  );
}
