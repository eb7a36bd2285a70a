import { expect, it } from "vitest";
import type { Ending } from "@/lib/overview/types";
import { weeksOf, weeksShown } from "./weeks-of";

const now = "2026-11-30T10:00:00.000Z";
const ending = (at: string): Ending => ({ kind: "key", id: at, name: at, at });

it("has a week for each of the next 90 days, and puts each end into the week of its instant", () => {
  const ends = ["2026-11-30T09:00:00.000Z", "2026-12-07T00:00:00.000Z", "2026-12-06T23:59:59.999Z"];
  const weeks = weeksOf(ends.map(ending), now);
  expect(weeks).toHaveLength(weeksShown);
  expect(weeks.map(({ endings }) => endings.length).slice(0, 3)).toEqual([2, 1, 0]);
});

it("names each month once, at its first week, if there is room", () => {
  expect(weeksOf([], now).flatMap(({ month }) => month ?? [])).toEqual(["Dec", "Jan", "Feb"]);
});
