import { expect, it } from "vitest";
import { isTimeZone } from "./time-zone";

it("accepts only time zones that this machine knows, by their names", () => {
  expect(
    ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+3"].filter(isTimeZone),
  ).toHaveLength(4);
  expect(
    [
      "",
      "Europe/Atlantis",
      "../../etc",
      "Europe/Berlin\n",
      "x".repeat(9999),
      "+05",
      "+05:30",
      "UTC+25",
    ].filter(isTimeZone),
  ).toEqual([]);
});
