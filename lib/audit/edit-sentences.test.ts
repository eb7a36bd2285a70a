import { expect, it } from "vitest";
import { renamed } from "./edit-sentences";

it("an edit of a credential names each field that it changed", () => {
  const sentence = (...fields: string[]) =>
    renamed(fields, "New", "Old")
      .map((part) => (typeof part === "string" ? part : `“${part.quoted}”`))
      .join("");
  expect(sentence("tags")).toBe("The tags were changed.");
  expect(sentence("description", "tags")).toBe("The description was changed. The tags were changed.");
  expect(sentence("name", "tags")).toBe("The name is “New” instead of “Old” now. The tags were changed too.");
});
