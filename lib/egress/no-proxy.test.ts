import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EgressPolicy } from "./policy";
import { type EgressProxy, parseNoProxy, proxyFor } from "./proxy";

const proxy: EgressProxy = {
  isSecure: false,
  host: "proxy.example",
  port: 3128,
  authorization: null,
  direct: [],
  caCertificates: [],
};

describe("a list of hosts that need no proxy", () => {
  const goesDirectly = (text: string, url: string) => {
    const { direct } = parseNoProxy(text);
    const policy: EgressPolicy = { mode: "open", allow: [], loopback: false, proxy: { ...proxy, direct } };
    return proxyFor(policy, new URL(url)) === null;
  };

  test.each([
    ["example.com", "https://example.com", true],
    ["example.com", "https://git.example.com", true],
    ["example.com", "https://myexample.com", false],
    [".example.com", "https://git.example.com", true],
    [".example.com", "https://example.com", false],
    ["*.example.com", "https://git.example.com", true],
    ["*.example.com", "https://example.com", false],
    ["EXAMPLE.com", "https://git.example.COM", true],
    ["other, example.com  third", "https://example.com", true],
    ["10.0.0.0/8", "https://10.1.2.3:7990", true],
    ["10.0.0.0/8", "https://11.1.2.3:7990", false],
    ["10.1.2.3", "https://10.1.2.3", true],
    ["[fd12::1]", "https://[fd12::1]", true],
    ["fd12::1", "https://[fd12::1]", true],
    ["[fd12::1]:8443", "https://[fd12::1]:8443", true],
    ["[fd12::1]:8443", "https://[fd12::1]", false],
    ["example.com:7990", "https://example.com:7990", true],
    ["example.com:443", "https://example.com", true],
    ["example.com:7990", "https://example.com", false],
    ["*", "https://anything.example", true],
    ["", "https://example.com", false],
    ["", "https://localhost:7990", true],
    ["", "https://a.b.localhost", true],
    ["", "https://mylocalhost", false],
    ["", "https://localhost.example", false],
    ["", "https://127.0.1.1", true],
    ["", "https://[::1]:7990", true],
  ])("%j and %s: %s", (text, url, isDirect) => {
    expect(goesDirectly(text, url)).toBe(isDirect);
  });

  test("returns what it could not read, and reads the rest", () => {
    expect(parseNoProxy("http://odd.example, good.example, 10.0.0.0/99").unreadable).toEqual([
      "http://odd.example",
      "10.0.0.0/99",
    ]);
    expect(goesDirectly("http://odd.example, good.example", "https://good.example")).toBe(true);
  });

  test("makes no rule of an entry that it could not read, nor of no entry at all", () => {
    expect(parseNoProxy("x[fd12::1] 10.0.0.0/99")).toEqual({
      direct: [],
      unreadable: ["x[fd12::1]", "10.0.0.0/99"],
    });
    for (const text of ["", " ", ",, ,"]) {
      expect(parseNoProxy(text)).toEqual({ direct: [], unreadable: [] });
    }
  });

  test("whatever it is given it reads without failing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(parseNoProxy(text).direct.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
