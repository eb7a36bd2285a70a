import { describe, expect, test } from "vitest";
import { supportOf } from "@/lib/bitbucket/server-support";

const on = (day: string) => new Date(`${day}T12:00:00Z`);

describe("Atlassian's support for a version", () => {
  test.each([
    ["9.4.3", "2025-01-01", { state: "supported", lastDay: "2026-12-03" }],
    ["9.4.3", "2026-09-04", { state: "supported", lastDay: "2026-12-03" }],
    ["9.4.3", "2026-09-05", { state: "ends-soon", lastDay: "2026-12-03" }],
    ["9.4.3", "2026-12-03", { state: "ends-soon", lastDay: "2026-12-03" }],
    ["9.4.3", "2026-12-04", { state: "ended", lastDay: "2026-12-03" }],
    ["8.19.14", "2026-12-04", { state: "ended", lastDay: "2026-03-12" }],
    ["7.21.18", "2024-02-28", { state: "ends-soon", lastDay: "2024-02-28" }],
    ["7.20", "2024-02-28", { state: "ended", lastDay: null }],
    ["4.6.0", "2025-01-01", { state: "ended", lastDay: null }],
  ])("of %s on %s is told with its last day", (version, day, support) => {
    expect(supportOf(version, on(day))).toEqual(support);
  });

  test.each(["10.2.1", "9.99", "", "9", "nine.four", "-9.4", null])(
    "is not guessed for %j, which the table does not have",
    (version) => {
      expect(supportOf(version, on("2026-01-01"))).toEqual({ state: "unknown" });
    },
  );
});
