import { describe, expect, test } from "vitest";
import { parseAddress } from "./address-kind";
import { type AllowRule, allows, parseAllowRules } from "./allow-rules";

const errorsOf = (text: string) => {
  const read = parseAllowRules(text);
  return read.ok ? [] : read.errors;
};
const rulesOf = (text: string) => {
  const read = parseAllowRules(text);
  return read.ok ? read.rules : read.errors;
};

describe("a mistake in an allow list", () => {
  test.each([
    ["https://a.example", '"https://a.example": write only the host name, without "https://" and path.'],
    ["10.0.0.0/33", '"10.0.0.0/33" is not an address range such as 10.20.0.0/16.'],
    ["a/b", '"a/b" is not an address range such as 10.20.0.0/16.'],
    ["0.0.0.0/0", '"0.0.0.0/0" covers every address; name those that are meant.'],
    ["::/0", '"::/0" covers every address; name those that are meant.'],
    ["a.example:443", '"a.example:443": a port cannot be given here; write only the host name.'],
    ["10.0.0.1:443", '"10.0.0.1:443": a port cannot be given here; write only the host name.'],
    ["1[::1]", '"1[::1]": a port cannot be given here; write only the host name.'],
    ["[::1]1", '"[::1]1": a port cannot be given here; write only the host name.'],
    ["*", '"*" would name every host; name those that are meant.'],
  ])("%s is told as the mistake that it is", (entry, error) => {
    expect(errorsOf(entry)).toEqual([error]);
  });

  test.each([
    "a b",
    "*.",
    "*.*.example",
    "a*.example",
    "10.1",
    "*.10.0.0.1",
    "2130706433",
    "a?b",
    "a#b",
    "a@b",
    "a\\b",
    "%61.example",
    "-a.example",
    "a-.example",
    "a.-b.example",
    "a.b-.example",
    "a..example",
    ".example",
    "a!.example",
    "a.exa!mple",
    "x[10.0.0.1]",
    "a.example..",
  ])("%s is neither a name nor a range", (entry) => {
    expect(errorsOf(entry)).toEqual([
      `"${entry}" is neither a host name, nor "*." and a domain, nor an address range.`,
    ]);
  });

  test("does not hide another, nor let the good entries through", () => {
    expect(errorsOf("a.example, *, b.example, ::/0")).toHaveLength(2);
  });
});

describe("an entry of an allow list", () => {
  test.each<[string, AllowRule]>([
    ["A.Example", { kind: "host", host: "a.example" }],
    ["a.example.", { kind: "host", host: "a.example" }],
    ["git.x", { kind: "host", host: "git.x" }],
    ["git", { kind: "host", host: "git" }],
    ["a_b.git-1.x0-_9.example", { kind: "host", host: "a_b.git-1.x0-_9.example" }],
    ["*.Git.example", { kind: "suffix", domain: "git.example" }],
    ["10.20.0.0/16", { kind: "cidr", cidr: "10.20.0.0/16" }],
    ["10.20.30.40", { kind: "cidr", cidr: "10.20.30.40/32" }],
    ["fd12::/16", { kind: "cidr", cidr: "fd12::/16" }],
    ["[fd12::]/16", { kind: "cidr", cidr: "fd12::/16" }],
    ["fd12:0:0::1", { kind: "cidr", cidr: "fd12:0:0::1/128" }],
    ["[fd12::1]", { kind: "cidr", cidr: "fd12::1/128" }],
    ["[fd12::]/128", { kind: "cidr", cidr: "fd12::/128" }],
    ["10.0.0.0/1", { kind: "cidr", cidr: "10.0.0.0/1" }],
  ])("%s is read as what it names", (entry, rule) => {
    expect(rulesOf(entry)).toEqual([rule]);
  });

  test("may have spaces around it, and may be empty", () => {
    expect(rulesOf(" , a.example ,,b.example, ")).toEqual([
      { kind: "host", host: "a.example" },
      { kind: "host", host: "b.example" },
    ]);
  });
});

describe("a rule", () => {
  const [ip, mapped] = [parseAddress("10.20.3.4"), parseAddress("::ffff:10.20.3.4")];
  const range: AllowRule = { kind: "cidr", cidr: "10.20.0.0/16" };

  test("for a host allows this name in any case, with or without the closing dot, whatever its address", () => {
    const rule: AllowRule = { kind: "host", host: "a.example" };
    for (const name of ["a.example", "A.EXAMPLE", "a.example."]) {
      expect([allows(rule, name, null), allows(rule, name, ip)]).toEqual([true, true]);
    }
    for (const name of ["b.a.example", "a.example..", ".a.example", "a.example.evil", "aa.example", ""]) {
      expect([allows(rule, name, null), allows(rule, name, ip)]).toEqual([false, false]);
    }
  });

  test("for a suffix allows names below the domain, not the domain nor another that ends alike", () => {
    const rule: AllowRule = { kind: "suffix", domain: "git.example" };
    for (const name of ["eu.git.example", "a.b.git.example.", "EU.Git.example"]) {
      expect(allows(rule, name, ip)).toBe(true);
    }
    for (const name of ["git.example", "evilgit.example", "eu.git.example.evil"]) {
      expect(allows(rule, name, ip)).toBe(false);
    }
  });

  test("for a range allows addresses within it, in any spelling, and no name without an address", () => {
    expect(allows(range, "any.example", ip)).toBe(true);
    expect(allows(range, "any.example", mapped)).toBe(true);
    expect(allows(range, "any.example", parseAddress("10.21.0.1"))).toBe(false);
    expect(allows(range, "any.example", parseAddress("::ffff:10.21.0.1"))).toBe(false);
    expect(allows(range, "any.example", parseAddress("fd12::1"))).toBe(false);
    expect(allows(range, "10.20.3.4", null)).toBe(false);
    expect(allows({ kind: "cidr", cidr: "fd12::/16" }, "any.example", parseAddress("fd12::1"))).toBe(true);
  });
});
