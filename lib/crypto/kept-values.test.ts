import { createHash, createSecretKey } from "node:crypto";
import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { opensCanary } from "./canary-value";
import { parseKeyRing } from "./key-ring";
import { isSameSecret } from "./same-secret";
import { open } from "./sealed-value";

// Made once, in the formats of version 1. What a portal has stored must open after any update: never make these anew.
const wrapped = "AS8IGXSi83pBZ0J9YSfYVTB71vhZK9Mo91LMe9/8MG/z8o43aGULCsZvk+lqyPh4Q4u3ARBccY5v70Zogg==";
const sealed =
  "AQELbGwejwpPfppwXz+PDnsRZhDlEovXfulpzcsDi5aptUhvLVKgeOqD8AEfwLhUSxrxX10vUN77NibZsn7W4b16yPOABQ7tyq+" +
  "Ptyt7GyfcLrPmdKBf5ST5e5iag5fwTmUkeFs+9cWP5GSWUZw=";
const canary =
  "AQELbGwejwpPfppwXz+PDnsRu0k7wwhegK7ueK+j6wfqiz+/QdsAKCpJkxxcUv9ZNn0U/6YoCZDCzz3kkVYhgjaRKnNYxcaJh1r" +
  "RLalBTRYQzwOWE86MqTT/SQjskdDdW/TF9UhcPMsbhKXBlco=";

const bytesOf = (text: string) => createHash("sha256").update(text).digest();
const dataKey = {
  id: "0b6c6c1e-8f0a-4f7e-9a70-5f3f8f0e7b11",
  key: createSecretKey(bytesOf("a data key for tests")),
};

test("a secret that was sealed in the format of version 1 opens", () => {
  const opened = open(dataKey, Buffer.from(sealed, "base64"), {
    table: "credential_secrets",
    column: "sealed",
    rowId: "row-1",
    ownerId: "owner-1",
    field: "password",
    origin: "https://bitbucket.example.com",
    secretVersion: 3,
  });
  expect(isSameSecret(opened, Secret.of("s3cret-Märker"))).toBe(true);
});

test("a canary that was stored in it opens, or every start after an update would be refused", () => {
  expect(opensCanary(dataKey, Buffer.from(canary, "base64"))).toBe(true);
});

test("a data key that was wrapped in it unwraps", async () => {
  const parsed = parseKeyRing(`k1:${bytesOf("a wrapping key for tests").toString("base64")}`);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const bytes = Buffer.from(wrapped, "base64");
  const unwrapped = await parsed.ring.unwrap({ wrappingKeyId: "k1", bytes }, { dataKeyId: dataKey.id });
  expect(unwrapped.equals(dataKey.key)).toBe(true);
});
