"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { nameMaxLength } from "@/lib/text/name-limits";
import { acceptFormSchema } from "@/lib/transfers/form-schema";
import type { RecipientsSide } from "@/lib/transfers/types";

type Props = {
  action: FormAction<unknown>;
  offer: Pick<RecipientsSide, "credentialId" | "transferId" | "credentialName" | "nameIsTaken">;
};

/** Accepts an ownership transfer; the new owner may rename the credential. */
export function AcceptForm({ action, offer }: Props) {
  const { wholeError, pending, field, formProps } = useActionForm(action, {
    schema: acceptFormSchema,
    start: { name: offer.credentialName },
  });
  return (
    <form {...formProps} className="flex flex-col gap-4">
      <input type="hidden" name="credentialId" value={offer.credentialId} />
      <input type="hidden" name="transferId" value={offer.transferId} />
      {wholeError && <RefusalNotice error={wholeError} />}
      <Field
        {...field("name")}
        label="Credential Name"
        limit={nameMaxLength}
        required
        autoComplete="off"
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
