"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { EmailField } from "@/components/ui/email-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";

type Props = { action: FormAction<unknown>; teamId: string };

/** Lets somebody who has an account into a team. */
export function AddMemberForm({ action, teamId }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const error = refusal?.error.fieldErrors.email;
  return (
    <form {...formProps} noValidate className="flex flex-col gap-4">
      <input type="hidden" name="teamId" value={teamId} />
      {refusal && !error && <RefusalNotice error={refusal.error} />}
      <EmailField
        label="Email"
        name="email"
        required
        autoComplete="off"
        defaultValue={refusal?.typed.email}
        error={error}
        hint="Of somebody who has an account here. They are in the team at once."
      />
      <SubmitButton look="secondary" pending={pending} pendingLabel="Adding…" className="self-start">
        Add member
      </SubmitButton>
    </form>
  );
}
