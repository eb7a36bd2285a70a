import { describe, expect, it } from "vitest";
import { isFiltered, longestSearch, parseView, viewParameters } from "./view";

const columns = [{ name: "state", type: "text" }] as const;

describe("the view in an address", () => {
  it("is the newest changes first, of all that are not deleted, without any parameter", () => {
    const view = parseView({}, columns);
    expect(view).toEqual({ order: "newest", q: "", column: null, value: "", hasDeleted: false });
    expect(viewParameters(view)).toEqual({});
    expect(isFiltered(view)).toBe(false);
  });

  it("comes back from its address", () => {
    const given = { order: "key", q: "a&b", column: "state", value: "", deleted: "include" };
    const view = parseView(given, columns);
    expect(isFiltered(view)).toBe(true);
    expect(viewParameters(view)).toEqual(given);
    expect(parseView(viewParameters(view), columns)).toEqual(view);
  });

  it("takes a value without a column for a text to search for", () => {
    const found = { q: "OPEN", column: null, value: "" };
    expect(parseView({ column: "", value: " OPEN " }, columns)).toMatchObject(found);
    expect(parseView({ q: "a", column: "", value: "OPEN" }, columns)).toMatchObject({ ...found, q: "a" });
  });

  it("leaves out what it does not know, and cuts what is too long", () => {
    const view = parseView(
      { order: "x", column: "none", value: "y", deleted: "no", q: "x".repeat(500) },
      columns,
    );
    expect(view).toEqual({
      ...{ order: "newest", q: "x".repeat(longestSearch), column: null, value: "", hasDeleted: false },
    });
  });
});
