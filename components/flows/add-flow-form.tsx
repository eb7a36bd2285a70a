"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { cardStyle } from "@/components/ui/card-style";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import type { ConnectorSlug } from "@/lib/connectors/registry";
import type { Direction } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";

type Props = {
  action: FormAction<unknown>;
  direction: Direction;
  connector: ConnectorSlug;
  credentialId: string;
};

/** The wizard's last step: a name, a description, Save. */
export function AddFlowForm({ action, direction, connector, credentialId }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const errors = refusal?.error.fieldErrors ?? {};
  const hasFieldError = Boolean(errors.name || errors.description);
  return (
    <form {...formProps} noValidate className={cardStyle("flex flex-col gap-5")}>
      <input type="hidden" name="direction" value={direction} />
      <input type="hidden" name="connector" value={connector} />
      <input type="hidden" name="credentialId" value={credentialId} />
      {refusal && !hasFieldError && <RefusalNotice error={refusal.error} />}
      <Field
        label="Name"
        name="name"
        limit={nameMaxLength}
        required
        autoComplete="off"
        defaultValue={refusal?.typed.name}
        error={errors.name}
      />
      <TextArea
        label="Description"
        name="description"
        limit={descriptionMaxLength}
        optional
        rows={3}
        autoComplete="off"
        defaultValue={refusal?.typed.description}
        error={errors.description}
        hint="What it is for, and who to ask."
      />
      <SubmitButton pending={pending} pendingLabel="Saving…" className="self-start">
        Save
      </SubmitButton>
    </form>
  );
}
