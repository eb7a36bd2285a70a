"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** A date, in the user's time zone once the script runs; the exact instant shows on hover. */
export function CalendarDate({ at }: { at: string }) {
  const inUtc = () => dayOf(at, "UTC");
  const day = useSyncExternalStore(never, () => dayOf(at), inUtc);
  const exact = useSyncExternalStore(
    never,
    () => new Date(at).toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" }),
    () => `${at.slice(0, 19).replace("T", " ")} UTC`,
  );
  return (
    <time dateTime={at} title={exact} className="whitespace-nowrap">
      {day}
    </time>
  );
}

// English like the rest of the page.
function dayOf(at: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", ...zone }).format(new Date(at));
}
