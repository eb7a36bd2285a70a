import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyWebPath, anyWebUrl } from "@/lib/testing/any-text";
import { baseUrlAt } from "@/lib/testing/base-url";
import { diagnoseBaseUrl } from "./base-url";
import { movedBaseUrl } from "./moved-base-url";

const base = "https://git.example.com";

describe("a redirect", () => {
  test.each([
    ["keeps the path below a context path", base, "/status", "/bitbucket/status", `${base}/bitbucket`],
    ["of the root leads to a context path", base, "/", "/bitbucket", `${base}/bitbucket`],
    ["of the root leads to a page below one", base, "/", "/stash/login?next=%2F", `${base}/stash`],
    ["leads out of a context path that is not there", `${base}/code`, "/status", "/login?next=x", base],
    [
      "keeps the path at another host",
      base,
      "/status",
      "https://new.example.com/status",
      "https://new.example.com",
    ],
    ["of the root leads to another host's root", "http://git", "/", "https://git.example.com/", base],
    [
      "leads from http to https",
      "http://git.example.com/code",
      "/status",
      `${base}/code/status`,
      `${base}/code`,
    ],
    [
      "leads from http to https, to a page",
      "http://git.example.com/code",
      "/status",
      `${base}/login`,
      `${base}/code`,
    ],
    ["leads to another port", base, "/status", `${base}:8443/status`, `${base}:8443`],
  ])("that %s names a base URL", (_what, baseUrl, path, location, moved) => {
    expect(movedBaseUrl(location, { baseUrl: baseUrlAt(baseUrl), path })?.href).toBe(moved);
  });

  test.each([
    ["a sign-in page of another host", "/status", "https://sso.example.com/login?back=/status"],
    ["the root of another host with a question", "/", "https://sso.example.com/?back=git"],
    ["a sign-in page of the same host", "/", "/oauth2/start?rd=/"],
    ["a sign-in page below a path of its own", "/status", "/auth/realms/all/login"],
    ["Bitbucket's own sign-in page", "/status", "/login?next=/status"],
    ["itself", "/status", "/status"],
    ["http", "/status", "http://git.example.com/status"],
    ["another scheme", "/status", "ftp://git.example.com/status"],
    ["somebody's name and password", "/status", "https://a:b@git.example.com/x/status"],
    ["Bitbucket Cloud", "/status", "https://bitbucket.org/status"],
    ["nowhere", "/status", ""],
    ["nonsense", "/status", "http://["],
  ])("to %s names none", (_what, path, location) => {
    expect(movedBaseUrl(location, { baseUrl: baseUrlAt(base), path })).toBeNull();
  });

  test("names, wherever it leads, nothing but a base URL in its one spelling", () => {
    const location = fc.oneof(anyWebUrl, fc.string(), anyWebPath);
    fc.assert(
      fc.property(location, fc.constantFrom("/", "/status"), (where, path) => {
        const moved = movedBaseUrl(where, { baseUrl: baseUrlAt(base), path });
        if (moved === null) return;
        expect(diagnoseBaseUrl(moved.href)).toMatchObject({ ok: true, baseUrl: moved, changes: [] });
        expect(moved).not.toBe(base);
      }),
    );
  });
});
