import { describe, expect, it } from "vitest";
import { ownPath } from "./own-path";

describe("the address to return to after signing in", () => {
  it.each([
    ["/sources", "/sources"],
    ["/sources/new/bitbucket-server?credential=1", "/sources/new/bitbucket-server?credential=1"],
    ["https://latchkey.example.com/destinations?after=1", "/destinations?after=1"],
    ["http://latchkey.example.com/destinations", "/"],
    ["https://latchkey.example.com.evil.example/sources", "/"],
    ["https://latchkey.example.com@evil.example.com/", "/"],
    ["/.//evil.example.com", "/"],
    ["/..//evil.example.com", "/"],
    ["/a/..//evil.example.com", "/"],
    ["/%2e//evil.example.com", "/"],
    ["https://latchkey.example.com//evil.example.com", "/"],
    [["/sources", "//evil.example.com"], "/"],
    [undefined, "/"],
    ["", "/"],
    ["https://evil.example.com/", "/"],
    ["//evil.example.com", "/"],
    ["/\\evil.example.com", "/"],
    ["/\t/evil.example.com", "/"],
    ["javascript:alert(1)", "/"],
    ["sources", "/"],
  ])("39 is %s → %s: a path of our own or the start page", (typed, path) => {
    expect(ownPath(typed, "https://latchkey.example.com")).toBe(path);
  });
});
