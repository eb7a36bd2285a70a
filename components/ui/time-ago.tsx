"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * The distance of an instant from now, in words; the exact time shows on hover, in the user's time zone once the script
 * runs.
 */
export function TimeAgo({ at, now }: { at: string; now: string }) {
  const localTitle = useSyncExternalStore(
    never,
    () => new Date(at).toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" }),
    () => `${at.slice(0, 19).replace("T", " ")} UTC`,
  );
  return (
    <time dateTime={at} title={localTitle}>
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
