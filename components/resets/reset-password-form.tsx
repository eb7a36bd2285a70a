"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { resetPasswordFormSchema } from "@/lib/password-resets/form-schema";

type Props = { action: FormAction<unknown> };

/** The new password of a user with a reset link; the server never sends the typed text back. */
export function ResetPasswordForm({ action }: Props) {
  const { wholeError, pending, secret, formProps } = useActionForm(action, {
    schema: resetPasswordFormSchema,
    start: {},
    secrets: ["newPassword"],
  });
  return (
    <form {...formProps} className="flex flex-col gap-5">
      {wholeError && <RefusalNotice error={wholeError} />}
      <Field
        {...secret("newPassword")}
        label="New password"
        type="password"
        required
        autoComplete="new-password"
        hint="At least 12 characters."
      />
      <SubmitButton pending={pending} pendingLabel="Setting…">
        Set password
      </SubmitButton>
    </form>
  );
}
