"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { NewsKind } from "@/lib/notifications/news";
import { teamNewsGroups } from "@/lib/notifications/webhooks/form-schema";

type Props = {
  action: FormAction<unknown>;
  teamId: string;
  /** The kinds of messages that are not sent. */
  muted: readonly NewsKind[];
};

/** What a team's webhook or e-mail address is told, as checkboxes: one for each kind of message. */
export function TeamNewsForm({ action, teamId, muted }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col gap-6">
      <input type="hidden" name="teamId" value={teamId} />
      {error && <RefusalNotice error={error} />}
      {teamNewsGroups.map(({ title, kinds }) => (
        <fieldset key={title} className="min-w-0">
          <legend className="mb-1 text-sm font-semibold">{title}</legend>
          <ul className="divide-y divide-line">
            {kinds.map(({ kind, label }) => (
              <li key={kind}>
                <label className="flex min-h-10 items-center gap-3 py-2 text-sm">
                  <input
                    type="checkbox"
                    name={kind}
                    defaultChecked={!muted.includes(kind)}
                    className="size-4 shrink-0 accent-accent"
                  />
                  <span className="min-w-0">{label}</span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      ))}
      <SubmitButton pending={pending} pendingLabel="Saving…" className="self-start">
        Save choices
      </SubmitButton>
    </form>
  );
}
