import { describe, expect, it } from "vitest";
import { keepTyped } from "./form-state";

const apiKey = Buffer.from(`123456789012:${"canary-canary-canary"}`).toString("base64");

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe("what the form gets back after a refusal", () => {
  it("is the name, the description, the address and a user name", () => {
    const typed = {
      name: "Team",
      description: "",
      baseUrl: "https://bitbucket.example.com",
      username: "jane",
    };
    expect(keepTyped(formOf({ ...typed, password: "canary" }))).toEqual(typed);
  });

  it.each([
    ["an API key in the first field", { username: apiKey, password: "" }],
    ["an API key in both fields", { username: apiKey, password: apiKey }],
    [
      "an API key in the first field and a mistyped one in the second",
      { username: apiKey, password: "canary" },
    ],
    [
      "a key of unknown shape in the first field alone",
      { username: "canary-0123456789-abcdef", password: "" },
    ],
    ["the same text in both fields", { username: "canary", password: " canary " }],
    ["a password inside the address", { baseUrl: "https://jane:canary@bitbucket.example.com/projects" }],
    [
      "a password inside an address that cannot be used",
      { baseUrl: "ftp://jane:canary@bitbucket.example.com" },
    ],
    [
      "a password with an @ inside an address that cannot be used",
      { baseUrl: "ftp://jane:can@ry:canary@host" },
    ],
    ["an API key in the address field", { baseUrl: apiKey }],
  ])("never holds %s", (_what, fields) => {
    const kept = JSON.stringify(keepTyped(formOf({ baseUrl: "", password: "canary", ...fields })));
    expect(kept).not.toContain("canary");
    expect(kept).not.toContain(apiKey);
  });

  it("has the address as it was normalized, and what was changed", () => {
    const kept = keepTyped(formOf({ baseUrl: "https://jane:canary@BITBUCKET.example.com/projects/X/" }));
    expect(kept.baseUrl).toBe("https://bitbucket.example.com");
    expect(kept.baseUrlNormalized).toMatch(/projects/);
    expect(JSON.stringify(kept)).not.toContain("canary");
  });
});
