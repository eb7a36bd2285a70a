import { isEventKind } from "./kinds";
import type { EventFilter } from "./types";

/** The parameters of the log's address. */
export const filterNames = ["person", "thing", "kind", "from", "until"] as const;

type Given = Partial<Record<(typeof filterNames)[number], string>>;

const longestText = 200;

/** The filter in an address; what makes no sense there narrows nothing. Days are days of UTC, the last one included. */
export function parseFilter(given: Given): EventFilter {
  const until = dayOf(given.until);
  return {
    person: textOf(given.person),
    thing: textOf(given.thing),
    kind: given.kind && isEventKind(given.kind) ? given.kind : null,
    from: dayOf(given.from),
    until: until && dayAfter(until),
  };
}

/** Whether the filter narrows anything. */
export function isNarrowing(filter: EventFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** The filter as an address has it, without what is no matter; `changes` replace parts of it. */
export function searchOf(filter: EventFilter, changes: Readonly<Record<string, string>> = {}): string {
  const { person, thing, kind, from, until } = filter;
  const parts = {
    person,
    thing,
    kind,
    from: from && dayText(from),
    until: until && dayText(dayBefore(until)),
    ...changes,
  };
  const given = Object.entries(parts).filter((part): part is [string, string] => Boolean(part[1]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

/** The days of a filter as date fields take them. */
export function daysOf({ from, until }: EventFilter): { from: string; until: string } {
  return { from: from ? dayText(from) : "", until: until ? dayText(dayBefore(until)) : "" };
}

function textOf(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  // A NUL is no text to the database.
  return trimmed && trimmed.length <= longestText && !trimmed.includes("\0") ? trimmed : null;
}

const dayMs = 24 * 60 * 60 * 1000;

function dayOf(text: string | undefined): Date | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00.000Z`);
  return Number.isNaN(day.getTime()) ? null : day;
}

function dayAfter(day: Date): Date {
  return new Date(day.getTime() + dayMs);
}

function dayBefore(day: Date): Date {
  return new Date(day.getTime() - dayMs);
}

function dayText(day: Date): string {
  return day.toISOString().slice(0, 10);
}
