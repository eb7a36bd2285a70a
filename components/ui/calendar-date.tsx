"use client";

import { useDisplay } from "./display-context";
import { otherLanguage, useInstant } from "./instant";

/** A date, in the user's language and time zone; the exact instant shows on hover. */
export function CalendarDate({ at }: { at: string }) {
  const { dates } = useDisplay();
  return (
    // Browsers and Node.js may differ in the spaces that they put into other languages' dates.
    <time
      dateTime={at}
      title={useInstant(at, "full")}
      lang={otherLanguage(dates)}
      className="whitespace-nowrap"
      suppressHydrationWarning
    >
      {useInstant(at, "day")}
    </time>
  );
}
