import { expect, test } from "vitest";
import { allKeys } from "./accounts";
import { deriveApiKey } from "./api-key";

test("a key has the shape of a real one: 44 characters over 12 digits, a colon and 20 bytes", () => {
  for (const key of allKeys) {
    const bytes = Buffer.from(key.value, "base64");
    expect(key.value).toMatch(/^[A-Za-z0-9+/]{44}$/);
    expect(bytes).toHaveLength(33);
    expect(bytes.subarray(0, 13).toString("ascii")).toBe(`${key.id}:`);
    expect(key.id).toMatch(/^[1-9]\d{11}$/);
  }
});

test("a key is the same on every start, so that documents can name it", () => {
  expect(deriveApiKey("janeWrite").value).toBe("NDQ5MjY0MTM5MDY5Ou3gJQXMz1lA7X3ITsilBW8OzIhC");
});

test("no two keys are alike", () => {
  expect(new Set(allKeys.map((key) => key.value)).size).toBe(allKeys.length);
});
