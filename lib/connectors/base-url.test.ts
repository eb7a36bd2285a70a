import { describe, expect, it, test } from "vitest";
import { baseUrlAt } from "@/lib/testing/base-url";
import { followLink, linkBelow, readBaseUrl } from "./base-url";

describe("a base URL", () => {
  it("is its text and the parts of it", () => {
    expect(readBaseUrl("https://git.example.com:8443/Tools/bitbucket")).toEqual({
      href: "https://git.example.com:8443/Tools/bitbucket",
      origin: "https://git.example.com:8443",
      protocol: "https:",
      host: "git.example.com:8443",
      hostname: "git.example.com",
      contextPath: "/Tools/bitbucket",
    });
    expect(readBaseUrl("http://[::1]:7990")).toMatchObject({ hostname: "[::1]", contextPath: "" });
  });

  it("never changes", () => {
    expect(Object.isFrozen(baseUrlAt("https://git.example.com"))).toBe(true);
  });

  test.each([
    "",
    "nonsense",
    "git.example.com",
    "ftp://git.example.com",
    "javascript:alert(1)",
    "https://git.example.com/",
    "https://git.example.com/stash/",
    "https://git.example.com/a/../stash",
    "https://GIT.example.com",
    "https://git.example.com:443",
    "https://jane:secret@git.example.com",
    "https://git.example.com?q",
    "https://git.example.com/stash#top",
    " https://git.example.com",
  ])("is not read from %j", (text) => {
    expect(readBaseUrl(text)).toBeNull();
  });
});

describe("a link that a server gave", () => {
  const baseUrl = baseUrlAt("https://git.example.com/stash");

  test.each([
    ["https://elsewhere.example/x", "/status", "https://elsewhere.example/x"],
    ["//elsewhere.example/x", "/status", "https://elsewhere.example/x"],
    ["/login", "/status", "https://git.example.com/login"],
    ["login", "/rest/api", "https://git.example.com/stash/rest/login"],
    ["?next", "/", "https://git.example.com/stash/?next"],
  ])("%j, given at %j, leads to %s", (link, path, target) => {
    expect(followLink(baseUrl, link, path)?.href).toBe(target);
  });

  it("may lead nowhere", () => {
    expect(followLink(baseUrl, "https://")).toBeNull();
  });
});

describe("a link to what was written", () => {
  const base = "https://git.example.com/stash";

  test.each([
    "https://git.example.com/stash/projects/SHOP/repos/a/pull-requests/1/overview?commentId=7",
    "https://git.example.com/stash",
  ])("is kept below the base URL: %s", (link) => {
    expect(linkBelow(link, base)).toBe(link);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "/stash/projects",
    "https://git.example.com/stashes/projects",
    "https://git.example.com/stash/../admin",
    "https://git.example.com:8443/stash/x",
    "http://git.example.com/stash/x",
    "https://git.example.com@evil.example/stash/x",
    "https://jane:secret@git.example.com/stash/x",
    "",
  ])("is none: %j", (link) => {
    expect(linkBelow(link, base)).toBeNull();
  });
});
