import { describe, expect, it } from "vitest";
import { cursorOf, parseCursor } from "./paging";

const id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

describe("a cursor", () => {
  it("comes back from an address as it went there", () => {
    const at = new Date("2026-11-23T12:34:56.789Z");
    expect(parseCursor(cursorOf(at, id))).toEqual({ at, id });
  });

  it.each([undefined, "", "x", "1", `.${id}`, `zzzzzzzzzzzz.${id}`, `1.${id}x`, "1.' or true --"])(
    "that is nonsense (%j) begins the list anew",
    (text) => {
      expect(parseCursor(text)).toBeNull();
    },
  );

  it("never holds an instant that no Date can have", () => {
    expect(parseCursor(`zzzzzzzzzzz.${id}`)).toBeNull();
    expect(parseCursor(`zzzzzzzzz.${id}`)?.at.getUTCFullYear()).toBe(5188);
  });
});
