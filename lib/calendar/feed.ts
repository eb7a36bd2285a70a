import { ICalCalendar, ICalCalendarMethod } from "ical-generator";
import { lastDayOf } from "@/lib/credentials/shown-status";
import { hrefOfEnding } from "@/lib/overview/needs";
import type { Ending } from "@/lib/overview/types";

const day = { key: "The API key of", certificate: "The certificate of" } as const;

/**
 * The endings as an iCalendar (RFC 5545), one whole-day event each, on the last day that the key or certificate works. An
 * event keeps its UID, so that a program updates it when the end changes. `origin`: the portal's own.
 */
export function feedOf(endings: readonly Ending[], origin: string, now: Date): string {
  const calendar = new ICalCalendar({
    name: "Latchkey: what ends",
    prodId: { company: "Latchkey", product: "Latchkey", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 6 * 60 * 60,
  });
  for (const ending of endings) {
    const url = `${origin}${hrefOfEnding(ending)}`;
    calendar.createEvent({
      id: `${ending.kind}-${ending.id}@latchkey`,
      stamp: now,
      start: new Date(`${lastDayOf(ending.at)}T00:00:00Z`),
      allDay: true,
      timezone: "UTC",
      summary: `${day[ending.kind]} ${ending.name} ends`,
      description: url,
      url,
    });
  }
  return calendar.toString();
}
