import { Temporal } from "temporal-polyfill";

/** The day in a time zone at an instant, as `2026-03-29`. */
export function dayAt(at: Date, timeZone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/**
 * The instant at which a day begins in a time zone; null for an invalid day. If clocks skip midnight, or the whole
 * day, it is the first instant after.
 */
export function startOfDay(day: string, timeZone: string): Date | null {
  return startOf(dateOf(day), timeZone);
}

/** The instant at which a day ends in a time zone; null for an invalid day. */
export function endOfDay(day: string, timeZone: string): Date | null {
  return startOf(dateOf(day)?.add({ days: 1 }), timeZone);
}

function startOf(date: Temporal.PlainDate | undefined, timeZone: string): Date | null {
  return date ? new Date(date.toZonedDateTime(timeZone).epochMilliseconds) : null;
}

/** Only a plain calendar day such as `2026-03-29`: Temporal itself also accepts a time after it. */
function dateOf(day: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  try {
    return Temporal.PlainDate.from(day);
  } catch {
    return undefined;
  }
}
