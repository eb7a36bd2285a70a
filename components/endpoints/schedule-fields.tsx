"use client";

import { useEffect, useState } from "react";
import type { FieldBinding } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import {
  describeSchedule,
  nextRuns,
  parseSchedule,
  type Scheduled,
  type ScheduleField,
  whyNotSchedule,
} from "@/lib/endpoints/schedule";

type Props = {
  field: (name: ScheduleField) => FieldBinding;
  textOf: (name: ScheduleField) => string;
  fillIn: (name: ScheduleField, text: string) => void;
  /** The server's time, so that its page and the browser's show the same next times. */
  now: string;
  /** True if the time zone was never chosen: the browser's is filled in. */
  isNew: boolean;
  scheduled: Scheduled;
};

/**
 * When it runs: by hand, after its source, every so often, or by cron with its next times. The fields of the other kinds are hidden
 * by CSS alone, so they show and hide without script too.
 */
export function ScheduleFields({ field, textOf, fillIn, now, isNew, scheduled }: Props) {
  const [zones, setZones] = useState<readonly string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, after the page has arrived
  useEffect(() => {
    setZones(["UTC", ...Intl.supportedValuesOf("timeZone")]);
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (isNew && own && textOf("timeZone") === "UTC") fillIn("timeZone", own);
  }, []);
  const typed = {
    schedule: textOf("schedule"),
    amount: textOf("amount"),
    unit: textOf("unit"),
    expression: textOf("expression"),
    timeZone: textOf("timeZone"),
  };
  const parsed = parseSchedule(typed);
  const isByHand = scheduled.dangerous !== null;
  const isTold = scheduleFields.some((name) => field(name).error);
  return (
    <div className="group/schedule flex flex-col gap-4">
      <Select {...field("schedule")} label="Schedule">
        <option value="manual">By hand</option>
        {scheduled.hasSource && !isByHand && (
          <option value="after-source">{describeSchedule({ kind: "after-source" })}</option>
        )}
        {!isByHand && (
          <>
            <option value="every">Every …</option>
            <option value="cron">Cron</option>
          </>
        )}
      </Select>
      {isByHand && (
        <p className="-mt-2 text-xs text-muted">{whyNotSchedule({ kind: "after-source" }, scheduled)}</p>
      )}
      <div className="hidden grid-cols-2 gap-4 group-has-[option[value=every]:checked]/schedule:grid">
        <Field {...field("amount")} label="Every" inputMode="numeric" autoComplete="off" />
        <Select {...field("unit")} label="Unit">
          <option value="minutes">minutes</option>
          <option value="hours">hours</option>
          <option value="days">days</option>
        </Select>
      </div>
      <div className="hidden gap-4 group-has-[option[value=cron]:checked]/schedule:grid sm:grid-cols-2">
        <Field
          {...field("expression")}
          label="Cron expression"
          placeholder="30 2 * * *"
          autoComplete="off"
          spellCheck={false}
          hint="Minute, hour, day of the month, month, weekday."
        />
        <Field
          {...field("timeZone")}
          label="Time zone"
          autoComplete="off"
          spellCheck={false}
          list="time-zones"
          hint="Such as Europe/Berlin. Its summer time counts."
        />
        <datalist id="time-zones">
          {zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      {!parsed.ok && !isTold && (
        // With script, Save says it at the field.
        <noscript>
          <p className="text-sm text-bad">{Object.values(parsed.fieldErrors).join(" ")}</p>
        </noscript>
      )}
      {parsed.ok && parsed.schedule.kind !== "manual" && parsed.schedule.kind !== "after-source" && (
        <section
          aria-label="Next times"
          className="flex flex-col gap-1 rounded-xl bg-sunken px-4 py-3 text-sm"
        >
          <p className="font-medium">{describeSchedule(parsed.schedule)}</p>
          <ul className="flex flex-col gap-0.5 text-muted tabular-nums">
            {nextRuns(parsed.schedule, new Date(now), 5).map((time) => (
              <li key={time.getTime()}>
                <time dateTime={time.toISOString()}>{timeIn(time, zoneOf(parsed.schedule))}</time>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const scheduleFields: readonly ScheduleField[] = ["schedule", "amount", "unit", "expression", "timeZone"];

function zoneOf(schedule: { readonly kind: string; readonly timeZone?: string }): string {
  return schedule.timeZone ?? "UTC";
}

// Put together from parts: engines differ in their punctuation, and the server's text must be the browser's.
function timeIn(time: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const zone = timeZone === "UTC" ? " UTC" : "";
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}, ${parts.hour}:${parts.minute}${zone}`;
}
