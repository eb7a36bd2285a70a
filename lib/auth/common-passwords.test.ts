import { describe, expect, it } from "vitest";
import { readSources } from "@/lib/testing/source-tree";
import { isCommonPassword } from "./common-passwords";

describe("a common password", () => {
  it.each([
    ["one of the list", "motherfucker"],
    ["one of the list, in capitals", "MOTHERFUCKER"],
    ["one of the list, in full-width letters", "ｍｏｔｈｅｒｆｕｃｋｅｒ"],
    ["a word with digits at its end", "dragon123456"],
    ["a word with a year and signs", "Sunshine2024!!"],
    ["a word between digits", "123Football456"],
    ["a short word with digits that are common too", "Pass12345678"],
    ["look-alikes for letters", "P@ssw0rd1234"],
    ["a 1 for an l", "we1come12345"],
    ["a word several times", "dragondragon"],
    ["a word several times, and a digit", "dragondragon1"],
    ["a keyboard's rows", "1qaz2wsx3edc"],
    ["digits in a row", "123456789012"],
    ["one character", "ééééééééééééé"],
    ["one character outside the basic plane", "😀".repeat(12)],
    ["letters in their order", "abcdefghijklmnop"],
    ["letters against their order", "zyxwvutsrqpo"],
    ["this portal's own name", "Latchkey2026!"],
    ["its server's name", "bitbucket123"],
    ["a famous example", "correcthorsebatterystaple"],
  ])("is %s", async (_what, password) => {
    expect(await isCommonPassword(password)).toBe(true);
  });

  it.each([
    ["words together", "a long enough password"],
    ["words with a number", "a long password 4f2a9c11"],
    ["random characters", "vT8#kq2Lw!zR"],
    ["a short word among more random digits", "love84729301846"],
    ["random digits", "918273625546"],
    ["another alphabet", "сложный пароль без цифр"],
    ["signs alone", "?~#_-+=/:;.,"],
    ["empty text", ""],
  ])("is not %s", async (_what, password) => {
    expect(await isCommonPassword(password)).toBe(false);
  });

  it("is known offline: the list has thousands of entries and is read when it is first needed", async () => {
    const { dictionary } = await import("@zxcvbn-ts/language-common");
    expect(dictionary["passwords-common"].length).toBeGreaterThan(3_000);
    const readers = readSources(["app", "components", "lib"]).filter(
      ({ text, isTest }) => !isTest && text.includes("@zxcvbn-ts"),
    );
    expect(readers.map(({ path }) => path)).toEqual(["lib/auth/common-passwords.ts"]);
    expect(readers[0]?.text).toContain('await import("@zxcvbn-ts/language-common")');
  });
});
