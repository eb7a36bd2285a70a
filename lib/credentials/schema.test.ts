import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { secretOf } from "@/lib/connectors/sign-in";
import { keyOf } from "@/lib/testing/api-keys";
import { addCredentialSchema } from "./schema";

const key = `BBDC-${keyOf("123456789012", 5)}`;
const typed = {
  name: "Fernwood",
  baseUrl: "https://bitbucket.example.com",
  username: "jane",
  password: "s3",
};

function complaints(fields: object) {
  const result = addCredentialSchema.safeParse({ ...typed, ...fields });
  return result.success
    ? {}
    : Object.fromEntries(result.error.issues.map((one) => [one.path[0], one.message]));
}

describe("the form of a new credential", () => {
  it("complains of a missing user name beside whatever else is wrong", () => {
    expect(Object.keys(complaints({ name: " ", baseUrl: "", username: "\u200b " })).sort()).toEqual([
      "baseUrl",
      "name",
      "username",
    ]);
    expect(complaints({ username: " " })).toEqual({ username: "Enter a user name or an API key." });
  });

  it("takes a key in the second field alone, and a key without a second field", () => {
    expect(complaints({ username: "", password: key })).toEqual({});
    expect(complaints({ username: key, password: undefined })).toEqual({});
  });

  it("comes to a sign-in that opens to what was typed and prints none of it", () => {
    for (const [fields, secret] of [
      [{ password: "canary-pass" }, "canary-pass"],
      [{ username: key, password: "" }, key],
    ] as const) {
      const { signIn } = addCredentialSchema.parse({ ...typed, ...fields });
      expect(secretOf(signIn).use((text) => text)).toBe(secret);
      expect(`${JSON.stringify(signIn)} ${inspect(signIn, { depth: 9 })}`).not.toContain(secret);
    }
  });

  it("says at the field what a key does in a name, a description or an address", () => {
    const wrong = complaints({ name: `The key ${key}`, description: key, baseUrl: `https://${key}` });
    expect(Object.keys(wrong).sort()).toEqual(["baseUrl", "description", "name"]);
    for (const message of Object.values(wrong)) expect(message).toMatch(/^This looks like an API key\./);
  });
});
