import { expect, test } from "vitest";
import { describeSchedule, nextRunAt, nextRuns, parseSchedule, typedSchedule } from "./schedule";

const berlin = (expression: string) => ({ kind: "cron", expression, timeZone: "Europe/Berlin" }) as const;
const texts = (dates: readonly Date[]) => dates.map((date) => date.toISOString());

test("a nightly time that the spring change skips runs once, at the hour that replaces it", () => {
  expect(texts(nextRuns(berlin("30 2 * * *"), new Date("2027-03-27T12:00:00Z"), 2))).toEqual([
    "2027-03-28T01:00:00.000Z",
    "2027-03-29T00:30:00.000Z",
  ]);
});

test("a nightly time that the autumn change repeats runs once, the first time", () => {
  expect(texts(nextRuns(berlin("30 2 * * *"), new Date("2027-10-30T12:00:00Z"), 2))).toEqual([
    "2027-10-31T00:30:00.000Z",
    "2027-11-01T01:30:00.000Z",
  ]);
});

test.each(["2027-03-27T22:00:00Z", "2027-10-30T22:00:00Z"])(
  "every half hour has no gap and no double in the night of a clock change (%s)",
  (from) => {
    const start = new Date(from).getTime();
    const expected = Array.from({ length: 12 }, (_, index) => start + (index + 1) * 1_800_000);
    const times = nextRuns(berlin("*/30 * * * *"), new Date(from), 12).map((date) => date.getTime());
    expect(times).toEqual(expected);
  },
);

test("a schedule of every so often counts from the last start, whatever the clocks do", () => {
  const days = { kind: "every", amount: 1, unit: "days" } as const;
  expect(nextRunAt(days, new Date("2027-03-27T12:00:00Z"))).toEqual(new Date("2027-03-28T12:00:00Z"));
  const minutes = { kind: "every", amount: 15, unit: "minutes" } as const;
  expect(texts(nextRuns(minutes, new Date("2027-01-01T00:00:00Z"), 2))).toEqual([
    "2027-01-01T00:15:00.000Z",
    "2027-01-01T00:30:00.000Z",
  ]);
});

test("a schedule by hand has no next time", () => {
  expect(nextRunAt({ kind: "manual" }, new Date())).toBeNull();
  expect(parseSchedule({})).toEqual({ ok: true, schedule: { kind: "manual" } });
});

test("what a form sends about a schedule is read, and a form shows the same again", () => {
  const every = { schedule: "every", amount: " 15 ", unit: "minutes", expression: "left", timeZone: "over" };
  expect(parseSchedule(every)).toEqual({
    ok: true,
    schedule: { kind: "every", amount: 15, unit: "minutes" },
  });
  const cron = parseSchedule({ schedule: "cron", expression: " 30  2 * * * ", timeZone: "europe/berlin" });
  expect(cron).toEqual({ ok: true, schedule: berlin("30 2 * * *") });
  expect(parseSchedule(typedSchedule(berlin("30 2 * * *")))).toEqual(cron);
});

test.each([
  ["0", "minutes", /at most once a minute/],
  ["0.5", "minutes", /whole number of minutes/],
  ["-1", "hours", /whole number of hours/],
  ["", "days", /whole number of days/],
  ["1e3", "minutes", /whole number/],
  ["366", "days", /A year is the most: 365 days/],
  ["525601", "minutes", /525,600 minutes/],
])("every “%s” %s is refused at its number", (amount, unit, words) => {
  const parsed = parseSchedule({ schedule: "every", amount, unit });
  expect(parsed).toEqual({ ok: false, fieldErrors: { amount: expect.stringMatching(words) } });
});

test.each([
  ["0 0 30 2 *", /never comes/],
  ["* * * * * *", /Leave out the seconds/],
  ["* * * *", /five fields, this has 4/],
  ["@daily", /five fields, this has 1/],
  ["2027-03-28T00:00:00", /five fields/],
  ["61 * * * *", /The minute “61” cannot be read: 0 to 59/],
  ["0 30 2 * *", /The hour “30” cannot be read/],
  ["0 0 * * blue", /The weekday “blue” cannot be read/],
  ["", /Type five fields/],
  [`0 0 ${"1,".repeat(60)}1 * *`, /at most 100 characters/],
])("the cron expression “%s” is refused with the reason", (expression, words) => {
  const parsed = parseSchedule({ schedule: "cron", expression, timeZone: "UTC" });
  expect(parsed).toEqual({ ok: false, fieldErrors: { expression: expect.stringMatching(words) } });
});

test.each([
  ["", /needs a time zone/],
  ["Mars/Olympus", /does not know this time zone/],
  ["+02:00", /does not know this time zone/],
])("the time zone “%s” is refused at its field", (timeZone, words) => {
  const parsed = parseSchedule({ schedule: "cron", expression: "0 0 * * *", timeZone });
  expect(parsed).toEqual({ ok: false, fieldErrors: { timeZone: expect.stringMatching(words) } });
});

test("an unknown kind or unit is refused at its field", () => {
  expect(parseSchedule({ schedule: "yearly" })).toMatchObject({
    fieldErrors: { schedule: "Choose when it runs." },
  });
  expect(parseSchedule({ schedule: "every", amount: "1", unit: "seconds" })).toMatchObject({
    fieldErrors: { unit: "Choose minutes, hours or days." },
  });
});

test.each([
  [berlin("30 2 * * *"), "At 02:30, every day (Europe/Berlin)"],
  [berlin("0 9 * * 1-5"), "At 09:00, Monday to Friday (Europe/Berlin)"],
  [berlin("0 9 * * MON,FRI"), "At 09:00, Monday, Friday (Europe/Berlin)"],
  [berlin("*/15 * * * *"), "Every 15 minutes of the hour (Europe/Berlin)"],
  [berlin("5 * * * *"), "Every hour at minute 5 (Europe/Berlin)"],
  [berlin("0 4 1 * *"), "At 04:00 on day 1 of the month (Europe/Berlin)"],
  [berlin("0 0 L * *"), "Cron 0 0 L * * (Europe/Berlin)"],
  [{ kind: "every", amount: 1, unit: "hours" } as const, "Every hour"],
  [{ kind: "every", amount: 5, unit: "days" } as const, "Every 5 days"],
  [{ kind: "manual" } as const, "By hand"],
])("a schedule is described in plain words: %j", (schedule, words) => {
  expect(describeSchedule(schedule)).toBe(words);
});
