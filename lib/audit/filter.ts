import { withoutKeys } from "@/lib/text/key-guard";
import { isTimeZone } from "@/lib/text/time-zone";
import { dayAt, endOfDay, startOfDay } from "./days";
import { isEventKind } from "./kinds";
import type { EventFilter } from "./types";

/** The search parameters of the log's URL. */
export const filterNames = ["person", "thing", "kind", "from", "until", "zone"] as const;

type Given = Partial<Record<(typeof filterNames)[number], string>>;

const longestText = 200;

/** The time zone of days if the URL names none: without JavaScript, the browser's zone is unknown. */
export const zoneOfNobody = "UTC";

/** The filter in a URL; invalid parameters are ignored. Days are those of the URL's zone, the last one included. */
export function parseFilter(given: Given): EventFilter {
  const zone = given.zone && isTimeZone(given.zone) ? given.zone : zoneOfNobody;
  return {
    person: textOf(given.person),
    thing: textOf(given.thing),
    kind: given.kind && isEventKind(given.kind) ? given.kind : null,
    from: startOfDay(given.from ?? "", zone),
    until: endOfDay(given.until ?? "", zone),
    zone,
  };
}

/** True if the filter excludes anything. */
export function isNarrowing({ zone: _, ...filter }: EventFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** The filter as search parameters, without empty ones; `changes` replace parts of it. */
export function searchOf(filter: EventFilter, changes: Readonly<Record<string, string>> = {}): string {
  const { person, thing, kind, zone } = filter;
  const days = daysOf(filter);
  const isOfZone = zone !== zoneOfNobody && (days.from || days.until);
  const parts = { person, thing, kind, ...days, zone: isOfZone ? zone : null, ...changes };
  const given = Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

/** The days of a filter as date fields take them. */
export function daysOf({ from, until, zone }: EventFilter): { from: string; until: string } {
  return {
    from: from ? dayAt(from, zone) : "",
    // The instant at which the last day ends belongs to the next day.
    until: until ? dayAt(new Date(until.getTime() - 1), zone) : "",
  };
}

function textOf(text: string | undefined): string | null {
  const trimmed = withoutKeys(text ?? "").trim();
  // PostgreSQL does not accept NUL in text.
  return trimmed && trimmed.length <= longestText && !trimmed.includes("\0") ? trimmed : null;
}
