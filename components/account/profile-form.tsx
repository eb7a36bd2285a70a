"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { renameFormSchema } from "@/lib/account/form-schema";
import type { FormAction } from "@/lib/action-result";
import { nameMaxLength } from "@/lib/text/name-limits";

type Props = { action: FormAction<unknown>; name: string; email: string };

/** The user's name, as others see it. The email is fixed, because the user signs in with it. */
export function ProfileForm({ action, name, email }: Props) {
  const { wholeError, pending, field, formProps } = useActionForm(action, {
    schema: renameFormSchema,
    start: { name },
  });
  return (
    <form {...formProps} className="flex flex-col gap-5">
      {wholeError && <RefusalNotice error={wholeError} />}
      <Field
        {...field("name")}
        label="Name"
        limit={nameMaxLength}
        required
        autoComplete="name"
        hint="Others see it where you own, share or use something."
      />
      <p className="text-sm break-words text-muted">
        You sign in with <span className="text-ink">{email}</span>.
      </p>
      <SubmitButton pending={pending} pendingLabel="Saving…" className="self-start">
        Save name
      </SubmitButton>
    </form>
  );
}
