import { expect, it } from "vitest";
import { only } from "./search-param";

it("a search parameter counts when it stands in the address once", () => {
  expect(only({ credential: "1", after: ["1", "2"], saved: "" })).toEqual({ credential: "1", saved: "" });
});
