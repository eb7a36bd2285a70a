"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { type ConnectorKind, defaultKind } from "@/lib/connectors/kinds";
import type { FailedCheck, PassedCheck } from "@/lib/credentials/checks/types";
import type { CredentialStart } from "@/lib/credentials/copy";
import { addCredentialFormSchemaOf } from "@/lib/credentials/form-schema";
import { credentialsPath, type Direction, wizardPaths } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";
import { PassedCheckNotice } from "./passed-check-notice";
import { SecretForm } from "./secret-form";

type Props = {
  action: FormAction<unknown, FailedCheck | PassedCheck>;
  /** The wizard to continue after Save; without it, Save leads to the credential. */
  wizard?: { direction: Direction; connector: ConnectorKind };
  /** What the fields start with: those of a credential that is copied. */
  start?: CredentialStart | undefined;
};

const empty: CredentialStart = { name: "", description: "", baseUrl: "", username: "" };

/** Add New Credential: the guide's fields, in its order and words, with a short version of the guide beside them. */
export function AddCredentialForm({ action, wizard, start = empty }: Props) {
  const kind = wizard?.connector ?? defaultKind;
  const form = useActionForm(action, {
    schema: addCredentialFormSchemaOf(kind),
    start,
    secrets: ["password"],
  });
  const found = form.error?.detail ?? null;
  const passed = found && "hasPassed" in found ? found : null;
  return (
    <SecretForm
      failed={found && !("hasPassed" in found) ? found : null}
      notice={passed && <PassedCheckNotice passed={passed} />}
      button={
        <SubmitButton look="secondary" pending={form.pending} name="checkOnly" value="1">
          Check only
        </SubmitButton>
      }
      form={form}
      kind={kind}
      leaveTo={wizard ? wizardPaths(wizard.direction, wizard.connector).authenticate : credentialsPath}
    >
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
