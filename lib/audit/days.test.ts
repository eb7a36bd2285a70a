import { describe, expect, it } from "vitest";
import { dayAt, endOfDay, startOfDay } from "./days";

describe("a day in a time zone", () => {
  it.each([
    ["2026-07-01", "UTC", "2026-07-01T00:00:00.000Z", "2026-07-02T00:00:00.000Z"],
    ["2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00.000Z", "2026-07-01T22:00:00.000Z"],
    // 23 hours, and 25.
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    ["2026-07-01", "Asia/Kathmandu", "2026-06-30T18:15:00.000Z", "2026-07-01T18:15:00.000Z"],
    ["2026-07-01", "Pacific/Kiritimati", "2026-06-30T10:00:00.000Z", "2026-07-01T10:00:00.000Z"],
    ["2026-07-01", "Pacific/Pago_Pago", "2026-07-01T11:00:00.000Z", "2026-07-02T11:00:00.000Z"],
    // Midnight is skipped: the clocks go from 23:59:59 to 01:00.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z", "2018-11-05T02:00:00.000Z"],
    // At midnight they go back to 23:00.
    ["2018-02-18", "America/Sao_Paulo", "2018-02-18T03:00:00.000Z", "2018-02-19T03:00:00.000Z"],
    // The day itself is skipped, so it is over when it begins.
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z", "2011-12-30T10:00:00.000Z"],
  ])("%s in %s", (day, zone, begins, ends) => {
    expect(startOfDay(day, zone)?.toISOString()).toBe(begins);
    expect(endOfDay(day, zone)?.toISOString()).toBe(ends);
    if (begins !== ends) expect(dayAt(new Date(begins), zone)).toBe(day);
    if (begins !== ends) expect(dayAt(new Date(Date.parse(ends) - 1), zone)).toBe(day);
  });

  it.each(["", "2026-02-30", "2026-13-01", "yesterday", "2026-07-01T00:00"])("“%s” is no day", (text) => {
    expect(startOfDay(text, "UTC")).toBeNull();
    expect(endOfDay(text, "Europe/Berlin")).toBeNull();
  });
});
