import { describe, expect, test } from "vitest";
import { type ServerSupport, supportOf, supportTableDate } from "./server-support";

const on = (day: string) => new Date(`${day}T12:00:00Z`);
const goal = { version: "10.2", lastDay: "2028-03-03" };

describe("Atlassian's support for a version", () => {
  test.each([
    ["10.4.2", "2026-12-01", "supported", "2028-07-21"],
    ["10.3.0", "2026-12-01", "supported", "2028-05-12"],
    ["10.2.1", "2026-12-01", "supported", "2028-03-03"],
    ["10.1.5", "2026-12-01", "supported", "2027-11-20"],
    ["10.0.0", "2026-12-01", "supported", "2027-09-08"],
    ["9.6.1", "2026-10-01", "supported", "2027-01-18"],
    ["9.4.3", "2025-01-01", "supported", "2026-12-03"],
    ["9.4.3", "2026-09-04", "supported", "2026-12-03"],
    ["9.4.3", "2026-09-05", "ends-soon", "2026-12-03"],
    ["9.4.3", "2026-12-03", "ends-soon", "2026-12-03"],
    ["9.4.3", "2026-12-04", "ended", "2026-12-03"],
    ["8.19.14", "2026-12-04", "ended", "2026-03-12"],
    ["7.21.18", "2024-02-28", "ends-soon", "2024-02-28"],
    ["7.20", "2024-02-28", "ended", null],
    ["4.6.0", "2025-01-01", "ended", null],
  ] as const)("of %s on %s is told with its last day", (version, day, state, lastDay) => {
    expect(supportOf(version, on(day))).toMatchObject({ state, lastDay });
  });

  test.each(["10.5.0", "10.10.1", "11.0.0", "12.3"])("of %s is newer than the table", (version) => {
    expect(supportOf(version, on("2026-12-01"))).toEqual({ state: "newer" });
  });

  test.each(["9.99", "8.20.1", "", "9", "nine.four", "-9.4", "9.40000", null])(
    "is not guessed for %j",
    (version) => {
      expect(supportOf(version, on("2026-01-01"))).toEqual({ state: "unknown" });
    },
  );

  test.each([
    ["10.2.1", true],
    ["9.4.3", true],
    ["8.19.14", true],
    ["8.9.22", true],
    ["7.21.18", true],
    ["10.4.2", false],
    ["10.0.0", false],
    ["9.6.0", false],
    ["8.1.9", false],
  ])("of %s is long-term: %s", (version, isLongTerm) => {
    expect(supportOf(version, on("2026-12-01"))).toMatchObject({ isLongTerm });
  });

  test.each([
    ["9.4.3", "2026-12-01", goal],
    ["9.4.3", "2026-12-04", goal],
    ["8.19.14", "2026-12-01", goal],
    ["7.20", "2026-12-01", goal],
    ["10.0.0", "2027-09-01", goal],
    // No need yet; nothing known that lasts longer; the goal's own end has come.
    ["9.4.3", "2026-08-01", null],
    ["10.2.1", "2028-02-01", null],
    ["10.4.0", "2028-07-01", null],
    ["9.4.3", "2028-03-04", null],
  ])("of %s on %s comes with the advice %j", (version, day, advice) => {
    expect(supportOf(version, on(day))).toMatchObject({ goal: advice });
  });

  test("is dated, and no entry that the table has is unknown", () => {
    expect(Date.parse(supportTableDate)).toBeGreaterThan(Date.parse("2026-08-01"));
    const states = ["10.4", "10.3", "10.2", "10.1", "10.0", "9.6", "8.0"].map(
      (version): ServerSupport["state"] => supportOf(version, on("2026-08-22")).state,
    );
    expect(states).toEqual([
      "supported",
      "supported",
      "supported",
      "supported",
      "supported",
      "supported",
      "ended",
    ]);
  });
});
