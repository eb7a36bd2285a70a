"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { newsGroups } from "@/lib/notifications/groups";
import { type Channel, type Choice, choiceField, isOn } from "@/lib/notifications/writing/channels";

type Props = {
  action: FormAction<unknown>;
  choices: readonly Choice[];
  /** The channels that can be chosen; the others keep their choices. */
  shown: readonly Channel[];
};

const labels: Record<Channel, string> = { inbox: "Inbox", email: "E-mail", webhook: "Webhook" };

/** What the user hears about, as checkboxes: one for each kind of message and channel. */
export function ChannelForm({ action, choices, shown }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col gap-6">
      <input type="hidden" name="channels" value={shown.join(",")} />
      {error && <RefusalNotice error={error} />}
      {newsGroups.map(({ title, kinds }) => (
        <fieldset key={title} className="min-w-0">
          <legend className="mb-1 text-sm font-semibold">{title}</legend>
          <ul className="divide-y divide-line">
            {kinds.map(({ kind, label }) => (
              <li key={kind} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
                <span className="min-w-0 text-sm">{label}</span>
                <span className="flex flex-wrap gap-x-5 gap-y-1">
                  {shown.map((channel) => (
                    <label key={channel} className="flex min-h-6 items-center gap-2 text-sm">
                      <input
                        type="checkbox"
                        name={choiceField(kind, channel)}
                        defaultChecked={isOn(choices, kind, channel)}
                        className="size-4 accent-accent"
                      />
                      <span className="sr-only">{label}: </span>
                      {labels[channel]}
                    </label>
                  ))}
                </span>
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
