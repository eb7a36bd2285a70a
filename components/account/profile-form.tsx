"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import { nameMaxLength } from "@/lib/text/name-limits";

type Props = { action: FormAction<unknown>; name: string; email: string };

/** One's name, as others see it. The email is how one signs in, and stays. */
export function ProfileForm({ action, name, email }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const error = refusal?.error.fieldErrors.name;
  return (
    <form {...formProps} noValidate className="flex flex-col gap-5">
      {refusal && !error && <RefusalNotice error={refusal.error} />}
      <Field
        label="Name"
        name="name"
        limit={nameMaxLength}
        required
        autoComplete="name"
        defaultValue={refusal?.typed.name ?? name}
        error={error}
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
