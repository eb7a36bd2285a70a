const dayMs = 24 * 60 * 60 * 1000;

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
  const { year = "", month = "", day = "" } = partsOf(at, timeZone);
  return `${year.padStart(4, "0")}-${month}-${day}`;
}

/**
 * The moment at which a day begins in a time zone; null for what is no day. Where clocks skip midnight, or the whole day, it
 * is the first moment after.
 */
export function startOfDay(day: string, timeZone: string): Date | null {
  const midnight = new Date(`${day}T00:00:00.000Z`);
  // A date that does not exist, such as the 30th of February, would be taken for one in March.
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(`${day}T`);
  if (!isDay) return null;
  // The zone's distance from UTC may change on that day: it begins by one of the distances around it.
  const around = [-dayMs, 0, dayMs].map((ms) => offsetMs(new Date(midnight.getTime() + ms), timeZone));
  const begins = around
    .map((offset) => midnight.getTime() - offset)
    .filter((at) => dayAt(new Date(at), timeZone) >= day);
  return begins.length === 0 ? midnight : new Date(Math.min(...begins));
}

/** The moment at which a day is over in a time zone; null for what is no day. */
export function endOfDay(day: string, timeZone: string): Date | null {
  const midnight = startOfDay(day, "UTC");
  if (!midnight) return null;
  return startOfDay(new Date(midnight.getTime() + dayMs).toISOString().slice(0, 10), timeZone);
}

function offsetMs(at: Date, timeZone: string): number {
  const { hour, minute, second } = partsOf(at, timeZone);
  const local = Date.parse(`${dayAt(at, timeZone)}T${hour}:${minute}:${second}.000Z`);
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

function partsOf(at: Date, timeZone: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
