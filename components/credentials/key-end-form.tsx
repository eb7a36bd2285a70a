"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { keyEndFormSchema } from "@/lib/credentials/form-schema";
import type { EditableKeyEnd } from "@/lib/credentials/types";

type Props = { action: FormAction<null>; keyEnd: EditableKeyEnd };

/** Lets the user enter an API key's end date, which most servers do not report. */
export function KeyEndForm({ action, keyEnd }: Props) {
  const { credentialId, secretVersion, keyExpiresOn } = keyEnd;
  const { result, wholeError, pending, field, formProps } = useActionForm(action, {
    schema: keyEndFormSchema,
    start: { keyExpiresOn: keyExpiresOn ?? "" },
  });
  const bound = field("keyExpiresOn");
  return (
    <form {...formProps} className="flex flex-col items-start gap-3 border-t border-line pt-4">
      <input type="hidden" name="credentialId" value={credentialId} />
      <input type="hidden" name="secretVersion" value={secretVersion} />
      <input type="hidden" name="previous" value={keyExpiresOn ?? ""} />
      <Field
        {...bound}
        type="date"
        label="Last day of the API key"
        optional
        error={bound.error ?? wholeError?.message}
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
