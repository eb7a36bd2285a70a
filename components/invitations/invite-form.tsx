"use client";

import type { ReactNode } from "react";
import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { EmailField } from "@/components/ui/field";
import { OneTimeLink } from "@/components/ui/one-time-link";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { invitationDays, inviteFormSchema } from "@/lib/invitations/form-schema";
import type { NewInvitation } from "@/lib/invitations/types";
import { countOf } from "@/lib/text/count-of";

type Props = {
  action: FormAction<NewInvitation>;
  /** The team, as a hidden field or a choice. */
  children: ReactNode;
};

/** Makes an invitation and shows its link once. */
export function InviteForm({ action, children }: Props) {
  const { result, wholeError, pending, field, formProps } = useActionForm(action, {
    schema: inviteFormSchema,
    start: { invitedEmail: "", days: "7" },
  });
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {wholeError && <RefusalNotice error={wholeError} />}
      {children}
      <EmailField
        {...field("invitedEmail")}
        label="Whom it is for"
        optional
        autoComplete="off"
        hint="An email address, as a note for you. Nothing is sent: anyone with the link can use it, once."
      />
      <Select {...field("days")} label="Works for" className="sm:max-w-48">
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
