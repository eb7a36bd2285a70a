import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEmail } from "./email";
import { emailSchema } from "./schema";

describe("an email address", () => {
  test.each([
    ["jane@example.com", "jane@example.com"],
    ["  Jane.Doe@Example.COM ", "jane.doe@example.com"],
    ["mailto:jane@example.com", "jane@example.com"],
    ["\u200ejane@example.com\u202c", "jane@example.com"],
    ["jane&joe@x.io", "jane&joe@x.io"],
    ["o'neil@example.ie", "o'neil@example.ie"],
    ["jane+bitbucket@example.com", "jane+bitbucket@example.com"],
    ["jane/ops=data!#$%*?^_`{|}~-@example.com", "jane/ops=data!#$%*?^_`{|}~-@example.com"],
    ["jane@xn--e1aybc.xn--p1ai", "jane@xn--e1aybc.xn--p1ai"],
    ["jane@тест.рф", "jane@xn--e1aybc.xn--p1ai"],
    ["Jane@ТЕСТ.РФ", "jane@xn--e1aybc.xn--p1ai"],
    ["jane@bücher.example", "jane@xn--bcher-kva.example"],
    ["jane@bu\u0308cher.example", "jane@xn--bcher-kva.example"],
    ["jane@例え。テスト", "jane@xn--r8jz45g.xn--zckzah"],
    ["jürgen@example.de", "jürgen@example.de"],
    ["ju\u0308rgen@example.de", "jürgen@example.de"],
    ["JÜRGEN@example.de", "jürgen@example.de"],
    ["用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"],
    ["jane@example.photography", "jane@example.photography"],
    ["jane@mail.eu.company.example", "jane@mail.eu.company.example"],
    ["jane@x-y.io", "jane@x-y.io"],
    ["1@2.io", "1@2.io"],
    [`${"a".repeat(64)}@example.com`, `${"a".repeat(64)}@example.com`],
    [`jane@${"a".repeat(63)}.example`, `jane@${"a".repeat(63)}.example`],
  ])("%j is stored as %j, and stays so", (typed, email) => {
    expect(readEmail(typed)).toEqual({ ok: true, email });
    expect(readEmail(email)).toEqual({ ok: true, email });
    expect(emailSchema.parse(typed)).toBe(email);
  });

  test.each([
    ["", /^Enter an email address\.$/],
    ["   ", /^Enter an email address\.$/],
    ["jane", /has no @/],
    ["jane at example.com", /has no @/],
    ["@example.com", /Before the @/],
    ["jane doe@example.com", /Before the @/],
    [".jane@example.com", /Before the @/],
    ["jane.@example.com", /Before the @/],
    ["jane..doe@example.com", /Before the @/],
    ["jane@doe@example.com", /Before the @/],
    ["Jane Doe <jane@example.com>", /Before the @/],
    ["jane,joe@example.com", /Before the @/],
    ["ja\u0000ne@example.com", /Before the @/],
    ["jane@", /After the @/],
    ["jane@localhost", /After the @/],
    ["jane@example", /After the @/],
    ["jane@example.", /After the @/],
    ["jane@.example.com", /After the @/],
    ["jane@example..com", /After the @/],
    ["jane@-example.com", /After the @/],
    ["jane@exa_mple.com", /After the @/],
    ["jane@exa mple.com", /After the @/],
    ["jane@example.com/x", /After the @/],
    ["jane@example.com:25", /After the @/],
    ["jane@192.0.2.1", /After the @/],
    ["jane@[192.0.2.1]", /After the @/],
    ["jane@xn--a.example", /After the @/],
    ["jane@example.com, joe@example.com", /Before the @/],
    [`${"a".repeat(65)}@example.com`, /at most 254 characters/],
    [`${"ü".repeat(33)}@example.com`, /at most 254 characters/],
    [`jane@${"a.".repeat(130)}example`, /at most 254 characters/],
  ])("%j is refused: %s", (typed, words) => {
    const read = readEmail(typed);
    expect(read.ok ? read.email : read.message).toMatch(words);
    expect(emailSchema.safeParse(typed).error?.issues[0]?.message).toMatch(words);
  });

  test("has one spelling, whatever was typed", () => {
    const text = fc.oneof(
      fc.emailAddress(),
      fc.string({ unit: "grapheme" }).map((name) => `${name}@тест.рф`),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const read = readEmail(typed);
        if (!read.ok) return;
        expect(readEmail(read.email)).toEqual(read);
        expect(readEmail(` ${typed}\n`)).toEqual(read);
        expect(read.email).toBe(read.email.toLowerCase());
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.emailAddress(), (typed) => {
        const [local = ""] = typed.split("@");
        if (local.length <= 64 && typed.length <= 254) expect(readEmail(typed).ok).toBe(true);
      }),
    );
  });
});
