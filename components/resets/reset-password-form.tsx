"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";

type Props = { action: FormAction<unknown> };

/** The one field of whoever came by a password reset link; what was typed never comes back from the server. */
export function ResetPasswordForm({ action }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const error = refusal?.error.fieldErrors.newPassword;
  return (
    <form {...formProps} noValidate className="flex flex-col gap-5">
      {refusal && !error && <RefusalNotice error={refusal.error} />}
      <Field
        label="New password"
        name="newPassword"
        type="password"
        required
        autoComplete="new-password"
        error={error}
        hint="At least 12 characters."
      />
      <SubmitButton pending={pending} pendingLabel="Setting…">
        Set password
      </SubmitButton>
    </form>
  );
}
