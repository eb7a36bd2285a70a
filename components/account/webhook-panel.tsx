"use client";

import { useEffect, useRef } from "react";
import { useActionForm } from "@/components/forms/use-action-form";
import { ActionButton } from "@/components/portal/action-button";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { OneTimeLink } from "@/components/ui/one-time-link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { Sending } from "@/lib/notifications/types";
import { webhookFormSchema } from "@/lib/notifications/webhooks/form-schema";
import type { ShownWebhook } from "@/lib/notifications/webhooks/types";
import { TestButton } from "./test-button";

type Props = {
  webhook: ShownWebhook | null;
  /** The team whose webhook it is; without one, the user's own. */
  teamId?: string;
  add: FormAction<{ secret: string }>;
  remove: FormAction<unknown>;
  test: FormAction<Sending>;
};

const stopped = {
  gone: "The receiver answered that it is gone (410).",
  failing: "For five days, no message arrived.",
};

/** The address that a user's or a team's messages are posted to: to add, test, replace and remove. */
export function WebhookPanel({ webhook, teamId, add, remove, test }: Props) {
  const { result, wholeError, pending, field, fillIn, formProps } = useActionForm(add, {
    schema: webhookFormSchema,
    start: { address: "" },
  });
  const emptied = useRef<typeof result>(null);
  // A second press would replace the webhook by itself, and its secret by a new one.
  useEffect(() => {
    if (!result?.ok || emptied.current === result) return;
    emptied.current = result;
    fillIn("address", "");
  });
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-2xl text-sm text-muted">
        Each message is posted as JSON, signed as Standard Webhooks describe. A 2xx answer takes it.
      </p>
      {webhook?.stoppedFor && (
        <Notice kind="warn" title="The webhook was stopped">
          <p>{stopped[webhook.stoppedFor]} Mend the receiver, and add the webhook again.</p>
        </Notice>
      )}
      {webhook && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="min-w-0 text-sm wrap-anywhere">
            {webhook.stoppedFor ? "No messages go to" : "Messages go to"}{" "}
            <strong className="font-medium">{webhook.address}</strong>
          </p>
          <div className="flex flex-wrap gap-3">
            {!webhook.stoppedFor && (
              <TestButton key={webhook.id} action={test} name="webhookId" value={webhook.id} />
            )}
            <ActionButton action={remove} fields={{ webhookId: webhook.id }} whom="the webhook">
              Remove
            </ActionButton>
          </div>
        </div>
      )}
      {result?.ok && (
        <OneTimeLink
          link={result.data.secret}
          label="Secret of the webhook"
          title="This secret signs the messages. Copy it now: it is shown only once"
        />
      )}
      <form key={webhook?.id ?? "first"} {...formProps} className="flex flex-col gap-4">
        {teamId && <input type="hidden" name="teamId" value={teamId} />}
        {wholeError && <RefusalNotice error={wholeError} />}
        <Field
          {...field("address")}
          label={webhook ? "Another address" : "Address"}
          inputMode="url"
          autoComplete="off"
          hint={webhook ? "It replaces the present one and gets a secret of its own." : undefined}
        />
        <SubmitButton look="secondary" pending={pending} pendingLabel="Saving…" className="self-start">
          {webhook ? "Replace webhook" : "Add webhook"}
        </SubmitButton>
      </form>
    </div>
  );
}
