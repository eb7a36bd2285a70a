"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { cardStyle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { FormAction } from "@/lib/action-result";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { addEndpointFormSchema } from "@/lib/endpoints/form-schema";
import type { Direction } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";

type Props = {
  action: FormAction<unknown>;
  direction: Direction;
  connector: ConnectorKind;
  credentialId: string;
};

/** The wizard's last step: name, description, Save. */
export function AddEndpointForm({ action, direction, connector, credentialId }: Props) {
  const { wholeError, pending, field, formProps } = useActionForm(action, {
    schema: addEndpointFormSchema(direction),
    start: { name: "", description: "" },
  });
  return (
    <form {...formProps} className={cardStyle("flex flex-col gap-5")}>
      <input type="hidden" name="direction" value={direction} />
      <input type="hidden" name="connector" value={connector} />
      <input type="hidden" name="credentialId" value={credentialId} />
      {wholeError && <RefusalNotice error={wholeError} />}
      <Field {...field("name")} label="Name" limit={nameMaxLength} required autoComplete="off" />
      <TextArea
        {...field("description")}
        label="Description"
        limit={descriptionMaxLength}
        optional
        rows={3}
        autoComplete="off"
        hint="What it is for, and who to ask."
      />
      <SubmitButton pending={pending} pendingLabel="Saving…" className="self-start">
        Save
      </SubmitButton>
    </form>
  );
}
