import { expect, it } from "vitest";
import { only } from "./search-param";

it("a search parameter counts if it occurs once in the URL", () => {
  expect(only({ credential: "1", after: ["1", "2"], saved: "" })).toEqual({ credential: "1", saved: "" });
});
