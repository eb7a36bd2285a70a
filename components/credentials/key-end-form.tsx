"use client";

import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import type { EditableKeyEnd } from "@/lib/credentials/types";

type Props = { action: FormAction<null>; keyEnd: EditableKeyEnd };

/** Lets a person enter when an API key ends, which most servers do not tell. */
export function KeyEndForm({ action, keyEnd }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const { credentialId, secretVersion, keyExpiresOn } = keyEnd;
  return (
    <form {...formProps} noValidate className="flex flex-col items-start gap-3 border-t border-line pt-4">
      <input type="hidden" name="credentialId" value={credentialId} />
      <input type="hidden" name="secretVersion" value={secretVersion} />
      <input type="hidden" name="previous" value={keyExpiresOn ?? ""} />
      <Field
        name="keyExpiresOn"
        type="date"
        label="Last day of the API key"
        optional
        defaultValue={refusal?.typed.keyExpiresOn ?? keyExpiresOn ?? ""}
        error={refusal?.error.fieldErrors.keyExpiresOn ?? refusal?.error.message}
        hint="Bitbucket shows it beside the key. You are warned 30 days before."
        className="w-full sm:max-w-xs"
      />
      <span className="flex flex-wrap items-center gap-3">
        <SubmitButton look="secondary" pending={pending} pendingLabel="Saving…">
          Save day
        </SubmitButton>
        <span role="status" className="text-sm text-good">
          {result?.ok && !pending ? "Saved" : ""}
        </span>
      </span>
    </form>
  );
}
