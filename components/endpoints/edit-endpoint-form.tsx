"use client";

import { EditRefusal, versionToSend } from "@/components/forms/edit-refusal";
import { useActionForm } from "@/components/forms/use-action-form";
import { RehearsalRegion } from "@/components/rehearsals/rehearsal-region";
import { rehearsedEdit } from "@/components/rehearsals/rehearsed-edit";
import { ButtonLink } from "@/components/ui/buttons";
import { cardStyle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { FormAction } from "@/lib/action-result";
import { editEndpointFormSchema } from "@/lib/endpoints/form-schema";
import { typedSchedule } from "@/lib/endpoints/schedule";
import type { EndpointToEdit } from "@/lib/endpoints/types";
import { type Direction, endpointPath } from "@/lib/paths";
import type { NotEdited } from "@/lib/rehearsals/types";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";
import { EditDestinationFields, type EditedDestination } from "./edit-destination-fields";
import { type EditedSource, EditSourceFields } from "./edit-source-fields";

type Props = {
  action: FormAction<unknown, NotEdited>;
  direction: Direction;
  endpointId: string;
  /** Null once the session has ended: the form then shows only the typed values. */
  endpoint: EndpointToEdit | null;
  /** Null for a destination. */
  source: EditedSource | null;
  /** Null for a source. */
  destination: EditedDestination | null;
};

/** Name, description and credential of a source or destination; also what it reads or writes, and when. */
export function EditEndpointForm({ action, direction, endpointId, endpoint, source, destination }: Props) {
  const form = useActionForm(action, {
    schema: editEndpointFormSchema,
    start: {
      name: endpoint?.name,
      description: endpoint?.description,
      credentialId: "",
      ...dataStart(endpoint, direction),
    },
  });
  const { pending, field, formProps } = form;
  const { rehearsal: tried, edit } = rehearsedEdit(form);
  const isOutdated = tried !== null && form.isOutdated(["credentialId"]);
  const rehearsal = isOutdated ? null : tried;
  const refused = form.error?.fieldErrors ?? {};
  const others = endpoint?.choices.filter(({ id }) => id !== endpoint.credential?.id) ?? [];
  return (
    <form {...formProps} className={cardStyle("flex flex-col gap-5")}>
      <input type="hidden" name="endpointId" value={endpointId} />
      <input type="hidden" name="version" value={versionToSend(edit, endpoint?.version)} />
      {edit.wholeError && <EditRefusal error={edit.wholeError} />}
      <Field
        {...field("name")}
        label="Name"
        limit={nameMaxLength}
        required
        takesFocus={Object.keys(refused).every((name) => name === "name")}
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
      {source && (
        <EditSourceFields
          form={form}
          source={source}
          errors={{ choice: refused.choice, newDataSet: refused.newDataSet }}
        />
      )}
      {destination && <EditDestinationFields form={form} destination={destination} error={refused.choice} />}
      {rehearsal && (
        <RehearsalRegion rehearsal={rehearsal} title="Not saved yet">
          <p>Press Save anyway to use the other credential all the same, or choose another one.</p>
        </RehearsalRegion>
      )}
      <p role="status" className={isOutdated ? "text-sm text-muted" : "sr-only"}>
        {isOutdated && "Changed since it was tried. Save tries it again."}
      </p>
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending={pending} pendingLabel="Saving…">
          Save
        </SubmitButton>
        {rehearsal?.token && (
          <SubmitButton look="secondary" pending={pending} name="rehearsalToken" value={rehearsal.token}>
            Save anyway
          </SubmitButton>
        )}
        <ButtonLink href={endpointPath(direction, endpointId)} look="quiet">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}

function dataStart(endpoint: EndpointToEdit | null, direction: Direction) {
  const kept =
    direction === "source"
      ? { keepDeletedDays: endpoint?.keepDeletedDays.toString() }
      : { keepDeliveriesDays: endpoint?.keepDeliveriesDays.toString() };
  const schedule = typedSchedule(endpoint?.schedule ?? { kind: "manual" });
  return { ...schedule, ...kept, keepRunsDays: endpoint?.keepRunsDays.toString() };
}

// The credential to keep if the user selects none.
function unchanged(endpoint: EndpointToEdit | null): string {
  if (endpoint?.credential) return `${endpoint.credential.name} · ${endpoint.credential.baseUrl}`;
  return endpoint?.stopped === "credential-deleted" ? "None: it was deleted" : "Leave as it is";
}
