"use client";

import { EditRefusal, versionToSend } from "@/components/forms/edit-refusal";
import { useActionForm } from "@/components/forms/use-action-form";
import { ButtonLink } from "@/components/ui/buttons";
import { cardStyle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { FormAction } from "@/lib/action-result";
import { editEndpointFormSchema } from "@/lib/endpoints/form-schema";
import type { EditableEndpoint, EndpointToEdit } from "@/lib/endpoints/types";
import { type Direction, endpointPath } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";

type Props = {
  action: FormAction<unknown, EditableEndpoint>;
  direction: Direction;
  endpointId: string;
  /** Null once the session has ended: the form then shows only the typed values. */
  endpoint: EndpointToEdit | null;
};

/** Name, description and credential of a source or destination. */
export function EditEndpointForm({ action, direction, endpointId, endpoint }: Props) {
  const form = useActionForm(action, {
    schema: editEndpointFormSchema,
    start: { name: endpoint?.name, description: endpoint?.description, credentialId: "" },
  });
  const { pending, field, formProps } = form;
  const refused = form.error?.fieldErrors ?? {};
  const others = endpoint?.choices.filter(({ id }) => id !== endpoint.credential?.id) ?? [];
  return (
    <form {...formProps} className={cardStyle("flex flex-col gap-5")}>
      <input type="hidden" name="endpointId" value={endpointId} />
      <input type="hidden" name="version" value={versionToSend(form, endpoint?.version)} />
      {form.wholeError && <EditRefusal error={form.wholeError} />}
      <Field
        {...field("name")}
        label="Name"
        limit={nameMaxLength}
        required
        takesFocus={!refused.description && !refused.credentialId}
        autoComplete="off"
      />
      <TextArea
        {...field("description")}
        label="Description"
        limit={descriptionMaxLength}
        optional
        rows={3}
        autoComplete="off"
        hint="What it is for, and who to ask."
      />
      <Select
        {...field("credentialId")}
        label="Credential"
        hint="Those that you and the owner of this may both use."
      >
        <option value="">{unchanged(endpoint)}</option>
        {others.map(({ id, name, baseUrl }) => (
          <option key={id} value={id}>
            {name} · {baseUrl}
          </option>
        ))}
      </Select>
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending={pending} pendingLabel="Saving…">
          Save
        </SubmitButton>
        <ButtonLink href={endpointPath(direction, endpointId)} look="quiet">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}

// The credential to keep if the user selects none.
function unchanged(endpoint: EndpointToEdit | null): string {
  if (endpoint?.credential) return `${endpoint.credential.name} · ${endpoint.credential.baseUrl}`;
  return endpoint?.stopped === "credential-deleted" ? "None: it was deleted" : "Leave as it is";
}
