import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { parseHttpDate, readRetryAfter } from "./retry-after";

const now = Date.UTC(2026, 10, 29, 12, 0, 0);
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

/** One instant in the three forms of RFC 9110, 5.6.7. */
function formsOf(at: Date): readonly string[] {
  const day = days[at.getUTCDay()] ?? "";
  const month = monthNames[at.getUTCMonth()] ?? "";
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(":");
  const date = at.getUTCDate();
  const year = at.getUTCFullYear();
  return [
    `${day.slice(0, 3)}, ${two(date)} ${month} ${year} ${clock} GMT`,
    `${day}, ${two(date)}-${month}-${two(year % 100)} ${clock} GMT`,
    `${day.slice(0, 3)} ${month} ${String(date).padStart(2, " ")} ${clock} ${year}`,
  ];
}

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe("Retry-After", () => {
  test.each(["America/New_York", "Asia/Tokyo", "UTC", "Pacific/Chatham"])(
    "means the same in its three forms, wherever the portal runs (%s)",
    (timeZone) => {
      process.env.TZ = timeZone;
      for (const form of formsOf(new Date(now + 90_000))) expect(readRetryAfter(form, now)).toBe(90);
    },
  );

  test("the examples of RFC 9110 are one instant", () => {
    const at = Date.UTC(1994, 10, 6, 8, 49, 37);
    for (const form of [
      "Sun, 06 Nov 1994 08:49:37 GMT",
      "Sunday, 06-Nov-94 08:49:37 GMT",
      "Sun Nov  6 08:49:37 1994",
    ]) {
      expect(parseHttpDate(form, now)).toBe(at);
    }
  });

  test("every instant is read from each form", () => {
    const soon = fc.date({
      min: new Date(now - 40 * 365 * 86_400_000),
      max: new Date(now + 40 * 365 * 86_400_000),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(soon, (date) => {
        const at = new Date(Math.floor(date.getTime() / 1000) * 1000);
        for (const form of formsOf(at)) expect(parseHttpDate(form, now)).toBe(at.getTime());
      }),
    );
  });

  test.each([
    ["0", 1],
    ["1", 1],
    [" 120 ", 120],
    ["86400", 86_400],
    ["999999999999999", 86_400],
    ["Sun, 29 Nov 2026 11:00:00 GMT", 1],
    ["Fri, 31 Dec 2027 23:59:60 GMT", 86_400],
    ["Sun, 29 Nov 2026 12:00:30 UTC", 30],
    ["Sun, 29 Nov 2026 12:00:30 +0000", 30],
    ["sun nov 29 12:00:30 2026", 30],
  ])("%j is a wait of %i seconds", (value, seconds) => {
    expect(readRetryAfter(value, now)).toBe(seconds);
  });

  test.each([
    "",
    " ",
    "-5",
    "1.5",
    "soon",
    "12 minutes",
    "Sun, 31 Feb 2027 12:00:00 GMT",
    "Sun, 29 Nov 2026 25:00:00 GMT",
    "Sun, 29 Nov 2026 12:00:30",
    "Sun, 29 Nov 2026 12:00:30 PST",
    "29/11/2026 12:00",
    "Sun Foo 29 12:00:30 2026",
    "Invalid Date",
  ])("%j says nothing", (value) => {
    expect(readRetryAfter(value, now)).toBeNull();
  });
});
