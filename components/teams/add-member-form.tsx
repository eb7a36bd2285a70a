"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { EmailField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { addMemberFormSchema } from "@/lib/teams/form-schema";

type Props = {
  action: FormAction<unknown>;
  teamId: string;
  /** The effect: the user joins at once, an owner must agree, or no owner can act and the members are notified. */
  effect: keyof typeof hints;
};

const hints = {
  done: "Of a person with an account here. They join the team at once.",
  proposed: "Of a person with an account here. They join the team once one of its owners agrees.",
  unasked:
    "Of a person with an account here. No owner of the team can act, so they join at once, and its members are told.",
};

/** Adds a user with an account to a team. */
export function AddMemberForm({ action, teamId, effect }: Props) {
  const { wholeError, pending, field, formProps } = useActionForm(action, {
    schema: addMemberFormSchema,
    start: { email: "" },
  });
  return (
    <form {...formProps} className="flex flex-col gap-4">
      <input type="hidden" name="teamId" value={teamId} />
      {wholeError && <RefusalNotice error={wholeError} />}
      <EmailField {...field("email")} label="Email" required autoComplete="off" hint={hints[effect]} />
      <SubmitButton look="secondary" pending={pending} pendingLabel="Adding…" className="self-start">
        {effect === "proposed" ? "Propose member" : "Add member"}
      </SubmitButton>
    </form>
  );
}
