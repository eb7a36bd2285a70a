import type { Ending } from "@/lib/overview/types";

const dayMs = 24 * 60 * 60 * 1000;

/** Weeks of the strip: the last one is cut at 90 days. */
export const weeksShown = 13;

/** One week of the strip. */
export type Week = {
  /** ISO 8601: the first instant of the week. */
  readonly from: string;
  readonly endings: readonly Ending[];
  /** The month, where a week is the first that begins in it. */
  readonly month: string | null;
};

const monthFormat = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });

/** The weeks from `now` (ISO 8601) on, each with what ends in it. */
export function weeksOf(endings: readonly Ending[], now: string): readonly Week[] {
  const begin = Math.floor(Date.parse(now) / dayMs) * dayMs;
  const fromOf = (week: number) => begin + week * 7 * dayMs;
  const months = Array.from({ length: weeksShown }, (_, week) => monthFormat.format(fromOf(week)));
  return months.map((month, week) => ({
    from: new Date(fromOf(week)).toISOString(),
    endings: endings.filter(({ at }) => Date.parse(at) >= fromOf(week) && Date.parse(at) < fromOf(week + 1)),
    month: isNamed(months, week) ? month : null,
  }));
}

// A month with a single week at the beginning has no room for its name.
function isNamed(months: readonly string[], week: number): boolean {
  return months[week] !== months[week - 1] && (week > 0 || months[1] === months[0]);
}
