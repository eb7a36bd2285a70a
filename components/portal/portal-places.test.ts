import { describe, expect, it } from "vitest";
import { placesFor } from "./portal-places";

const names = (text: string, isAdministrator = false) =>
  placesFor(text, isAdministrator).map(({ name }) => name);

describe("the places that a search leads to", () => {
  it("have a word that begins with each typed word, in any order and case", () => {
    expect(names("SO")).toEqual(["New data source", "Data sources"]);
    expect(names("sour new")).toEqual(["New data source"]);
    expect(names("ource")).toEqual([]);
  });

  it("are those of administration for portal administrators only", () => {
    expect(names("audit")).toEqual([]);
    expect(names("audit", true)).toEqual(["Audit log"]);
    expect(names("", true).length).toBeGreaterThan(names("").length);
  });

  it("lead to different addresses", () => {
    const hrefs = placesFor("", true).map(({ href }) => href);
    expect(new Set(hrefs).size).toBe(hrefs.length);
  });
});
