"use client";

import { useDisplay } from "./display-context";
import { otherLanguage, useInstant } from "./instant";

/**
 * The distance of an instant from now, in words, with the exact time on hover; or the exact time, if the user has chosen
 * that.
 */
export function TimeAgo({ at, now }: { at: string; now: string }) {
  const { times, dates } = useDisplay();
  const exact = useInstant(at, "full");
  const short = useInstant(at, "short");
  if (times === "exact") {
    return (
      // Browsers and Node.js may differ in the spaces that they put into other languages' dates.
      <time dateTime={at} title={exact} lang={otherLanguage(dates)} suppressHydrationWarning>
        {short}
      </time>
    );
  }
  return (
    <time dateTime={at} title={exact} suppressHydrationWarning>
      {inWords((Date.parse(at) - Date.parse(now)) / 1000)}
    </time>
  );
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

// English like the rest of the page; the server and the browser must print the same.
const format = new Intl.RelativeTimeFormat("en", { numeric: "always" });

function inWords(seconds: number): string {
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return "just now";
}
