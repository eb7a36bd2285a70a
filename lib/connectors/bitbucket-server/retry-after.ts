const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const longestSeconds = 86_400;

/**
 * The wait that a `Retry-After` header asks for, in whole seconds from 1 to a day; null if it is neither a number of
 * seconds nor an HTTP date (RFC 9110, 10.2.3). `now` in milliseconds since 1970.
 */
export function readRetryAfter(value: string, now: number): number | null {
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : secondsUntil(value.trim(), now);
  return seconds === null ? null : Math.min(Math.max(seconds, 1), longestSeconds);
}

function secondsUntil(date: string, now: number): number | null {
  const at = parseHttpDate(date, now);
  return at === null ? null : Math.ceil((at - now) / 1000);
}

/**
 * An HTTP date as milliseconds since 1970; null for anything else. All three forms are in GMT, even the last, which
 * does not say so (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6
 * 08:49:37 1994`.
 */
export function parseHttpDate(text: string, now: number): number | null {
  const zone = "(?:GMT|UTC|[+-]0000|Z)";
  const clock = "(\\d{2}):(\\d{2}):(\\d{2})";
  const dayFirst = new RegExp(
    `^(?:[a-z]{3,9},? +)?(\\d{1,2})[ -]([a-z]{3})[ -](\\d{4}|\\d{2}) +${clock} +${zone}$`,
    "i",
  ).exec(text);
  if (dayFirst !== null) {
    const [, day, month, year, ...time] = dayFirst;
    return instantOf(fullYear(year, now), month, day, time);
  }
  const asctime = new RegExp(`^[a-z]{3} +([a-z]{3}) +(\\d{1,2}) +${clock} +(\\d{4})$`, "i").exec(text);
  if (asctime === null) return null;
  const [, month, day, hour, minute, second, year] = asctime;
  return instantOf(Number(year), month, day, [hour, minute, second]);
}

/** A two-digit year that seems more than 50 years ahead means the last year with those digits (RFC 9110, 5.6.7). */
function fullYear(digits: string | undefined, now: number): number {
  const year = Number(digits);
  if (digits?.length !== 2) return year;
  const thisYear = new Date(now).getUTCFullYear();
  const inThisCentury = thisYear - (thisYear % 100) + year;
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury;
}

function instantOf(
  year: number,
  monthName: string | undefined,
  dayDigits: string | undefined,
  time: readonly (string | undefined)[],
): number | null {
  const month = months.indexOf((monthName ?? "").toLowerCase());
  const day = Number(dayDigits);
  const [hour = 0, minute = 0, second = 0] = time.map(Number);
  // A leap second is valid; the next second is close enough.
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const at = Date.UTC(year, month, day, hour, minute, second);
  return new Date(Date.UTC(year, month, day)).getUTCDate() === day ? at : null;
}
