"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { changePasswordFormSchema } from "@/lib/account/form-schema";
import type { FormAction } from "@/lib/action-result";

type Props = { action: FormAction<unknown>; email: string };

/** The current password and a new one; the server never sends either of them back. */
export function PasswordForm({ action, email }: Props) {
  const { wholeError, pending, secret, formProps } = useActionForm(action, {
    schema: changePasswordFormSchema,
    start: {},
    secrets: ["currentPassword", "newPassword"],
  });
  return (
    <form {...formProps} className="flex flex-col gap-5">
      {wholeError && <RefusalNotice error={wholeError} />}
      {/* Tells password managers which account this password belongs to. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field
        {...secret("currentPassword")}
        label="Current password"
        type="password"
        required
        autoComplete="current-password"
      />
      <Field
        {...secret("newPassword")}
        label="New password"
        type="password"
        required
        autoComplete="new-password"
        hint="At least 12 characters."
      />
      <SubmitButton pending={pending} pendingLabel="Changing…" className="self-start">
        Change password
      </SubmitButton>
    </form>
  );
}
