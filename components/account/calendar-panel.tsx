"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { ActionButton } from "@/components/portal/action-button";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { OneTimeLink } from "@/components/ui/one-time-link";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { OwnCalendar } from "@/lib/calendar/queries";

type Props = {
  calendar: OwnCalendar | null;
  make: FormAction<{ address: string }>;
  revoke: FormAction<unknown>;
  now: string;
};

/** The address at which a calendar program reads what ends: to make, replace and end. */
export function CalendarPanel({ calendar, make, revoke, now }: Props) {
  const { result, error, pending, formProps } = useButtonForm(make);
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-2xl text-sm text-muted">
        A calendar program that subscribes to your address shows when the API keys and certificates end that
        you see here, 90 days ahead. Whoever knows the address reads their names, so keep it to yourself.
      </p>
      {calendar && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="min-w-0 text-sm">
            Made <TimeAgo at={calendar.madeAt} now={now} />,{" "}
            {calendar.readAt ? (
              <>
                last read <TimeAgo at={calendar.readAt} now={now} />.
              </>
            ) : (
              "not read yet."
            )}
          </p>
          <ActionButton action={revoke} fields={{ calendar: "end" }} whom="the calendar address">
            End
          </ActionButton>
        </div>
      )}
      <form {...formProps} className="flex flex-col gap-4">
        <input type="hidden" name="calendar" value="make" />
        {error && <RefusalNotice error={error} />}
        <SubmitButton look="secondary" pending={pending} pendingLabel="Making…" className="self-start">
          {calendar ? "Replace the address" : "Make an address"}
        </SubmitButton>
        {result?.ok && (
          <OneTimeLink
            link={result.data.address}
            label="Calendar address"
            title="The address is ready. Copy it now: it is shown only once"
          />
        )}
      </form>
    </div>
  );
}
