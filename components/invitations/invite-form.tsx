"use client";

import type { ReactNode } from "react";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { EmailField } from "@/components/ui/email-field";
import { OneTimeLink } from "@/components/ui/one-time-link";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import { invitationDays } from "@/lib/invitations/schema";
import type { NewInvitation } from "@/lib/invitations/types";
import { countOf } from "@/lib/text/count-of";

type Props = {
  action: FormAction<NewInvitation>;
  /** Into which team, hidden or to be chosen. */
  children: ReactNode;
};

/** Makes an invitation and shows its link, this once. */
export function InviteForm({ action, children }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const errors = refusal?.error.fieldErrors ?? {};
  return (
    <form {...formProps} noValidate className="flex flex-col gap-4">
      {refusal && Object.keys(errors).length === 0 && <RefusalNotice error={refusal.error} />}
      {children}
      <EmailField
        label="Whom it is for"
        name="invitedEmail"
        optional
        autoComplete="off"
        defaultValue={refusal?.typed.invitedEmail}
        error={errors.invitedEmail}
        hint="An email address, as a note for you. Nothing is sent: whoever has the link can use it, once."
      />
      <Select
        label="Works for"
        name="days"
        defaultValue={refusal?.typed.days ?? "7"}
        error={errors.days}
        className="sm:max-w-48"
      >
        {invitationDays.map((days) => (
          <option key={days} value={days}>
            {countOf(days, "day")}
          </option>
        ))}
      </Select>
      <SubmitButton look="secondary" pending={pending} pendingLabel="Making the link…" className="self-start">
        Make invitation link
      </SubmitButton>
      {result?.ok && <OneTimeLink link={result.data.link} label="Invitation link" />}
    </form>
  );
}
