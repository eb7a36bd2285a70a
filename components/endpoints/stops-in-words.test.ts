import { expect, test } from "vitest";
import { andStop, stopsInWords } from "./stops-in-words";

test("what stops is counted in words, and what does not is left out", () => {
  expect(stopsInWords({ sources: 3, destinations: 0, users: 2 })).toBe(
    "This stops 3 data sources of 2 people.",
  );
  expect(stopsInWords({ sources: 1, destinations: 1, users: 1 })).toBe(
    "This stops 1 data source and 1 data destination of 1 person.",
  );
  expect(stopsInWords({ sources: 1, destinations: 0, users: 1 }, { whose: "yours" })).toBe(
    "This stops 1 data source of yours.",
  );
});

test("the button that stops it says how many", () => {
  expect(andStop("Disable", { sources: 2, destinations: 1, users: 2 })).toBe("Disable and stop 3");
  expect(andStop("Leave", { sources: 1, destinations: 0, users: 1 })).toBe("Leave and stop it");
});
