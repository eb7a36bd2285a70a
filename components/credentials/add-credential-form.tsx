"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/lib/action-result";
import { type ConnectorKind, defaultKind } from "@/lib/connectors/kinds";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { addCredentialFormSchemaOf } from "@/lib/credentials/form-schema";
import type { Direction } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";
import { SecretForm } from "./secret-form";

type Props = {
  action: FormAction<unknown, FailedCheck>;
  /** The wizard to continue after Save; without it, Save leads to the credential. */
  wizard?: { direction: Direction; connector: ConnectorKind };
};

/** Add New Credential: the guide's fields, in its order and words, with a short version of the guide beside them. */
export function AddCredentialForm({ action, wizard }: Props) {
  const kind = wizard?.connector ?? defaultKind;
  const form = useActionForm(action, {
    schema: addCredentialFormSchemaOf(kind),
    start: { name: "", description: "", baseUrl: "", username: "" },
    secrets: ["password"],
  });
  return (
    <SecretForm form={form} kind={kind}>
      {wizard && <input type="hidden" name="direction" value={wizard.direction} />}
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
