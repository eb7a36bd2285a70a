import { Temporal } from "temporal-polyfill";

/** Whether a text, such as one in an address, names a time zone that this machine knows. */
export function isTimeZone(text: string): boolean {
  if (!/^[\w+-]+(\/[\w+-]+){0,2}$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** The day, as `2026-03-29`, that it is in a time zone at that moment. */
export function dayAt(at: Date, timeZone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/**
 * The moment at which a day begins in a time zone; null for what is no day. Where clocks skip midnight, or the whole day, it
 * is the first moment after.
 */
export function startOfDay(day: string, timeZone: string): Date | null {
  return startOf(dateOf(day), timeZone);
}

/** The moment at which a day is over in a time zone; null for what is no day. */
export function endOfDay(day: string, timeZone: string): Date | null {
  return startOf(dateOf(day)?.add({ days: 1 }), timeZone);
}

function startOf(date: Temporal.PlainDate | undefined, timeZone: string): Date | null {
  return date ? new Date(date.toZonedDateTime(timeZone).epochMilliseconds) : null;
}

/** Only a plain `2026-03-29` of the calendar: Temporal itself takes a time after it too. */
function dateOf(day: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  try {
    return Temporal.PlainDate.from(day);
  } catch {
    return undefined;
  }
}
