import { describe, expect, it } from "vitest";
import { daysOf, isNarrowing, parseFilter, searchOf } from "./filter";

const nothing = { person: null, thing: null, kind: null, from: null, until: null };

describe("the days of a filter", () => {
  it("are those of the zone in the address, the last one included, and go through an address as they came", () => {
    const given = { from: "2026-06-30", until: "2026-07-01", zone: "Europe/Berlin" };
    const filter = parseFilter(given);
    expect(filter.from?.toISOString()).toBe("2026-06-29T22:00:00.000Z");
    expect(filter.until?.toISOString()).toBe("2026-07-01T22:00:00.000Z");
    expect(daysOf(filter)).toEqual({ from: given.from, until: given.until });
    expect(Object.fromEntries(new URLSearchParams(searchOf(filter)))).toEqual(given);
  });

  it.each([undefined, "", "Europe/Atlantis"])("are those of UTC where the zone is %j", (zone) => {
    const filter = parseFilter({ from: "2026-07-01", ...(zone === undefined ? {} : { zone }) });
    expect(filter.from?.toISOString()).toBe("2026-07-01T00:00:00.000Z");
    expect(searchOf(filter)).toBe("?from=2026-07-01");
  });

  it("alone make a zone matter: without days it narrows nothing, and is in no address", () => {
    const filter = parseFilter({ zone: "Europe/Berlin" });
    expect(filter).toEqual({ ...nothing, zone: "Europe/Berlin" });
    expect(isNarrowing(filter)).toBe(false);
    expect(searchOf(filter)).toBe("");
  });
});
