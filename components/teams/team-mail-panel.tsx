"use client";

import { TestButton } from "@/components/account/test-button";
import { useActionForm } from "@/components/forms/use-action-form";
import { ActionButton } from "@/components/portal/action-button";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { noMailServer } from "@/lib/mail/words";
import { teamMailFormSchema } from "@/lib/notifications/team-mail/form-schema";
import type { Sending } from "@/lib/notifications/types";

type Props = {
  teamId: string;
  /** The present address; null without one. */
  address: string | null;
  isStopped: boolean;
  /** False if the portal has no mail server: then an address can only be removed. */
  hasMail: boolean;
  add: FormAction<unknown>;
  remove: FormAction<unknown>;
  test: FormAction<Sending>;
};

/** The e-mail address that a team's messages go to: to add, test, replace and remove. */
export function TeamMailPanel({ teamId, address, isStopped, hasMail, add, remove, test }: Props) {
  const { wholeError, pending, field, formProps } = useActionForm(add, {
    schema: teamMailFormSchema,
    start: { teamId, email: "" },
  });
  return (
    <div className="flex flex-col gap-5">
      {isStopped && (
        <Notice kind="warn" title="The e-mail address was stopped">
          <p>
            For five days, no e-mail arrived: the delivery log says why. Check that the address takes e-mails,
            and add it again.
          </p>
        </Notice>
      )}
      {address && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="min-w-0 text-sm wrap-anywhere">
            {isStopped ? "No messages go to" : "Messages go to"}{" "}
            <strong className="font-medium">{address}</strong>
          </p>
          <div className="flex flex-wrap gap-3">
            {hasMail && !isStopped && (
              <TestButton key={address} action={test} name="teamId" value={teamId} whom="by e-mail" />
            )}
            <ActionButton action={remove} fields={{ teamId }} whom="the e-mail address">
              Remove
            </ActionButton>
          </div>
        </div>
      )}
      {hasMail ? (
        <form key={address} {...formProps} className="flex flex-col gap-4">
          <input type="hidden" name="teamId" value={teamId} />
          {wholeError && <RefusalNotice error={wholeError} />}
          <Field
            {...field("email")}
            label={address ? "Another e-mail address" : "E-mail address"}
            type="email"
            autoComplete="off"
            hint="Such as a mailing list of the team. It is not verified, and all who read it learn the names of what the team uses, so check its spelling. The first e-mail there names you. At most 60 e-mails an hour go there."
          />
          <SubmitButton look="secondary" pending={pending} pendingLabel="Sending…" className="self-start">
            {address ? "Replace e-mail address" : "Add e-mail address"}
          </SubmitButton>
        </form>
      ) : (
        <p className="text-sm text-muted">{noMailServer}</p>
      )}
    </div>
  );
}
