"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import { nameMaxLength } from "@/lib/text/name-limits";
import type { RecipientsSide } from "@/lib/transfers/types";

type Props = {
  action: FormAction<unknown>;
  offer: Pick<RecipientsSide, "credentialId" | "handoverId" | "credentialName" | "nameIsTaken">;
};

/** Accepts an offer; the credential's name among one's own can be chosen on the way. */
export function AcceptForm({ action, offer }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const error = refusal?.error.fieldErrors.name;
  return (
    <form {...formProps} noValidate className="flex flex-col gap-4">
      <input type="hidden" name="credentialId" value={offer.credentialId} />
      <input type="hidden" name="handoverId" value={offer.handoverId} />
      {refusal && !error && <RefusalNotice error={refusal.error} />}
      <Field
        label="Credential Name"
        name="name"
        limit={nameMaxLength}
        required
        autoComplete="off"
        defaultValue={refusal?.typed.name ?? offer.credentialName}
        error={error}
        hint={
          offer.nameIsTaken
            ? `You own a credential named “${offer.credentialName}” already, so this one needs another name.`
            : "What it is called among your credentials."
        }
      />
      <SubmitButton pending={pending} pendingLabel="Accepting…" className="self-start">
        Accept
      </SubmitButton>
    </form>
  );
}
