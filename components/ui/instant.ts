"use client";

import { useSyncExternalStore } from "react";
import type { DateLanguage } from "@/lib/display/types";
import { useDisplay } from "./display-context";

const styles = {
  day: { dateStyle: "medium" },
  short: { dateStyle: "medium", timeStyle: "short" },
  full: { dateStyle: "full", timeStyle: "long" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Style = keyof typeof styles;

const never = () => () => {};

/**
 * An instant (ISO 8601) as text, in the language and the time zone that the user has chosen, or else in the browser's zone:
 * until the script runs that is not known, and the text is in UTC and says so, but for days.
 */
export function useInstant(at: string, style: Style): string {
  const { zone, dates } = useDisplay();
  return useSyncExternalStore(
    never,
    () => formatted(at, style, dates, zone),
    () => (zone === null ? inUtc(at, style, dates) : formatted(at, style, dates, zone)),
  );
}

/** The `lang` of a date on the page, which is in English. */
export function otherLanguage(dates: DateLanguage): string | undefined {
  return dates === "en" ? undefined : dates;
}

function inUtc(at: string, style: Style, language: string): string {
  if (style === "day") return formatted(at, style, language, "UTC");
  return `${at.slice(0, style === "full" ? 19 : 16).replace("T", " ")} UTC`;
}

// Kept, because making one takes longer than all that it formats on a page.
const formats = new Map<string, Intl.DateTimeFormat>();
const mostFormats = 100;

function formatted(at: string, style: Style, language: string, zone: string | null): string {
  const key = `${style} ${language} ${zone}`;
  const known = formats.get(key);
  if (known) return known.format(new Date(at));
  if (formats.size >= mostFormats) formats.clear();
  const made = new Intl.DateTimeFormat(language, {
    ...styles[style],
    ...(zone === null ? {} : { timeZone: zone }),
  });
  formats.set(key, made);
  return made.format(new Date(at));
}
