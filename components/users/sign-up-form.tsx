"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { EmailField, Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { nameMaxLength } from "@/lib/text/name-limits";
import { signUpFormSchema } from "@/lib/users/form-schema";

type Props = {
  action: FormAction<unknown>;
  /** The token of the invitation that led here; empty without one. */
  invitation: string;
  /** True for the first account of a portal that is reachable from other machines. */
  asksForSetUpToken: boolean;
};

/** Name, email, password; after a refusal the typed text is kept (without script, all but the password). */
export function SignUpForm({ action, invitation, asksForSetUpToken }: Props) {
  const { error, wholeError, pending, field, secret, formProps } = useActionForm(action, {
    schema: signUpFormSchema,
    start: { name: "", email: "" },
    secrets: ["password", "setUpToken"],
  });
  const refused = error?.fieldErrors ?? {};
  return (
    <form {...formProps} className="flex flex-col gap-5">
      <input type="hidden" name="invitation" value={invitation} />
      {wholeError && <Notice kind="bad" role="alert" title={wholeError.message} />}
      <Field
        {...field("name")}
        label="Name"
        limit={nameMaxLength}
        autoComplete="name"
        required
        takesFocus={!refused.email && !refused.password}
      />
      <EmailField {...field("email")} label="Email" autoComplete="username" required />
      <Field
        {...secret("password")}
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        hint="At least 12 characters."
      />
      {asksForSetUpToken && (
        <Field
          {...secret("setUpToken")}
          label="Set-up token"
          autoComplete="off"
          required
          hint="The portal printed it when it started: look for “Set-up token” in its output. Only the first account needs it."
        />
      )}
      <SubmitButton pending={pending} pendingLabel="Creating your account…">
        Create account
      </SubmitButton>
    </form>
  );
}
