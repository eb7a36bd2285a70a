import { describe, expect, it } from "vitest";
import { isFromOwnOrigin, ownAddressOf } from "./own-origin";

const own = "https://latchkey.example.com";

describe("a state-changing request", () => {
  it.each([
    ["our own origin", { origin: own }, true],
    ["no origin, but a browser that vouches for it", { "sec-fetch-site": "same-origin" }, true],
    ["no origin at all", {}, false],
    ["the opaque origin of a sandboxed frame", { origin: "null" }, false],
    ["another origin", { origin: "https://evil.example.com" }, false],
    ["our host under another scheme", { origin: "http://latchkey.example.com" }, false],
    [
      "another origin that vouches for itself",
      { origin: "https://evil.example.com", "sec-fetch-site": "same-origin" },
      false,
    ],
    ["a sibling site", { "sec-fetch-site": "same-site" }, false],
    [
      "another origin behind a forged forwarded host",
      { origin: "https://evil.example.com", "x-forwarded-host": "evil.example.com" },
      false,
    ],
  ])("from %s is judged by Origin, then by Sec-Fetch-Site", (_from, headers, accepted) => {
    expect(isFromOwnOrigin(new Headers(headers as Record<string, string>), own)).toBe(accepted);
  });
});

describe("a page requested under another name of this machine", () => {
  it.each([
    ["http://127.0.0.1:3000/sources?a=1", "http://localhost:3000", "http://localhost:3000/sources?a=1"],
    ["http://[::1]:3000/", "http://localhost:3000", "http://localhost:3000/"],
    ["http://localhost:3000/", "http://localhost:3000", null],
    ["http://127.0.0.1:4000/", "http://localhost:3000", null],
    ["http://10.0.0.7:3000/", "http://localhost:3000", null],
    ["http://127.0.0.1:3000/", "https://latchkey.example.com", null],
  ])("%s of %s is sent to %s", (requested, own, answer) => {
    expect(ownAddressOf(new URL(requested), own)).toBe(answer);
  });
});
