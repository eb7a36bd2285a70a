"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";

type Props = { action: FormAction<unknown>; email: string };

/** The current password and a new one; neither comes back from the server, whatever it answers. */
export function PasswordForm({ action, email }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const errors = refusal?.error.fieldErrors ?? {};
  return (
    <form {...formProps} noValidate className="flex flex-col gap-5">
      {refusal && Object.keys(errors).length === 0 && <RefusalNotice error={refusal.error} />}
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field
        label="Current password"
        name="currentPassword"
        type="password"
        required
        autoComplete="current-password"
        error={errors.currentPassword}
      />
      <Field
        label="New password"
        name="newPassword"
        type="password"
        required
        autoComplete="new-password"
        error={errors.newPassword}
        hint="At least 12 characters."
      />
      <SubmitButton pending={pending} pendingLabel="Changing…" className="self-start">
        Change password
      </SubmitButton>
    </form>
  );
}
