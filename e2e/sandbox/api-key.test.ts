import { expect, test } from "vitest";
import { apiKeyId } from "@/lib/text/api-key-shape";
import { allKeys, sandboxKeys } from "./accounts";
import { deriveApiKey } from "./api-key";

test("a key looks like a real one: 44 characters over 12 digits, a colon and 20 bytes, newer keys after BBDC-", () => {
  for (const key of allKeys) {
    const [, prefix, base64 = ""] = /^(BBDC-)?(.*)$/.exec(key.value) ?? [];
    expect(prefix).toBe(key === sandboxKeys.zoeOlder ? undefined : "BBDC-");
    const bytes = Buffer.from(base64, "base64");
    expect(base64).toMatch(/^[A-Za-z0-9+/]{44}$/);
    expect(bytes).toHaveLength(33);
    expect(bytes.subarray(0, 13).toString("ascii")).toBe(`${key.id}:`);
    expect(key.id).toMatch(/^[1-9]\d{11}$/);
  }
});

test("a key is the same on every start, so that documents can name it", () => {
  expect(deriveApiKey("janeWrite").value).toBe("BBDC-NDQ5MjY0MTM5MDY5Ou3gJQXMz1lA7X3ITsilBW8OzIhC");
});

test("the portal recognises every key of the sandbox, and its id", () => {
  for (const key of allKeys) expect(apiKeyId(key.value)).toBe(key.id);
});

test("all keys differ", () => {
  expect(new Set(allKeys.map((key) => key.value)).size).toBe(allKeys.length);
});
