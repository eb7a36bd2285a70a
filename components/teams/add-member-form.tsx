"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { EmailField } from "@/components/ui/email-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";

type Props = {
  action: FormAction<unknown>;
  teamId: string;
  /** What comes of it: they are in the team, an owner has to agree, or no owner can act and the members are told. */
  effect: keyof typeof hints;
};

const hints = {
  done: "Of somebody who has an account here. They are in the team at once.",
  proposed: "Of somebody who has an account here. They are in the team when an owner of it has agreed.",
  unasked:
    "Of somebody who has an account here. No owner of the team can act, so they are in it at once, and its members are told.",
};

/** Lets somebody who has an account into a team. */
export function AddMemberForm({ action, teamId, effect }: Props) {
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
        hint={hints[effect]}
      />
      <SubmitButton look="secondary" pending={pending} pendingLabel="Adding…" className="self-start">
        {effect === "proposed" ? "Propose member" : "Add member"}
      </SubmitButton>
    </form>
  );
}
