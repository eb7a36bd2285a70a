import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextCheckInMs } from "./schedule";

const minutes = (count: number) => count * 60_000;
const hours = (count: number) => minutes(count * 60);

describe("the next check that comes by itself", () => {
  it.each([
    ["after a good check comes a day later", "verified", 0, hours(24)],
    ["after one that lacked rights comes a day later", "restricted", 0, hours(24)],
    ["of what was stored without a check comes five minutes later", "unchecked", 0, minutes(5)],
    ["after a first outage comes five minutes later", "nothing", 1, minutes(5)],
    ["after a second one waits twice as long", "nothing", 2, minutes(10)],
    ["after many waits six hours and no longer", "nothing", 400, hours(6)],
    ["of a refused secret never comes", "rejected", 0, null],
    ["of a locked account never comes", "locked", 0, null],
  ] as const)("%s", (_what, verdict, failures, wait) => {
    expect(nextCheckInMs(verdict, failures, 0)).toBe(wait);
  });

  it("is spread by up to a tenth, and never sooner", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("verified", "nothing", "unchecked" as const),
        fc.nat(50),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (verdict, failures, spread) => {
          const least = nextCheckInMs(verdict, failures, 0) ?? 0;
          const wait = nextCheckInMs(verdict, failures, spread) ?? 0;
          expect(wait).toBeGreaterThanOrEqual(least);
          expect(wait).toBeLessThanOrEqual(least * 1.1);
        },
      ),
    );
  });
});
