"use client";

import { EmailField } from "@/components/ui/email-field";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import { nameMaxLength } from "@/lib/text/name-limits";

type Props = {
  action: FormAction<unknown>;
  /** The token of the invitation that one came by; empty without one. */
  invitation: string;
  /** True for the first account of a portal that others reach. */
  asksForSetUpToken: boolean;
};

/** Name, email, password; after a refusal what was typed is still there (without script, all but the password). */
export function SignUpForm({ action, invitation, asksForSetUpToken }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const errors = refusal?.error.fieldErrors ?? {};
  return (
    <form {...formProps} noValidate className="flex flex-col gap-5">
      <input type="hidden" name="invitation" value={invitation} />
      {refusal && Object.keys(errors).length === 0 && (
        <Notice kind="bad" role="alert" title={refusal.error.message} />
      )}
      <Field
        label="Name"
        name="name"
        limit={nameMaxLength}
        autoComplete="name"
        required
        takesFocus={!errors.email && !errors.password}
        defaultValue={refusal?.typed.name}
        error={errors.name}
      />
      <EmailField
        label="Email"
        name="email"
        autoComplete="username"
        required
        defaultValue={refusal?.typed.email}
        error={errors.email}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint="At least 12 characters."
        error={errors.password}
      />
      {asksForSetUpToken && (
        <Field
          label="Set-up token"
          name="setUpToken"
          autoComplete="off"
          required
          hint="The portal printed it when it started: look for “Set-up token” in its output. Only the first account needs it."
          error={errors.setUpToken}
        />
      )}
      <SubmitButton pending={pending} pendingLabel="Creating your account…">
        Create account
      </SubmitButton>
    </form>
  );
}
