import { withoutKeys } from "@/lib/text/key-guard";
import { dayAt, endOfDay, isTimeZone, startOfDay } from "./days";
import { isEventKind } from "./kinds";
import type { EventFilter } from "./types";

/** The parameters of the log's address. */
export const filterNames = ["person", "thing", "kind", "from", "until", "zone"] as const;

type Given = Partial<Record<(typeof filterNames)[number], string>>;

const longestText = 200;

/** The zone in which days count where the address names none: a browser without script cannot say where it is. */
export const zoneOfNobody = "UTC";

/** The filter in an address; what makes no sense there narrows nothing. Days are those of the address's zone, the last one included. */
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

/** Whether the filter narrows anything. */
export function isNarrowing({ zone: _, ...filter }: EventFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** The filter as an address has it, without what is no matter; `changes` replace parts of it. */
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
    // The moment at which the last day is over belongs to the next one.
    until: until ? dayAt(new Date(until.getTime() - 1), zone) : "",
  };
}

function textOf(text: string | undefined): string | null {
  const trimmed = withoutKeys(text ?? "").trim();
  // A NUL is no text to the database.
  return trimmed && trimmed.length <= longestText && !trimmed.includes("\0") ? trimmed : null;
}
