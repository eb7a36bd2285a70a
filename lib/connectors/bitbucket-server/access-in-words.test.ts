import { describe, expect, it } from "vitest";
import { accessInWords, rightsInWords } from "./access-in-words";

const counted = (count: number, more = false) => ({ count, more });
const access = (readable: number, writable: number, administrable: number) => ({
  readable: counted(readable),
  writable: counted(writable),
  administrable: counted(administrable),
  projects: null,
  projectRights: null,
});

describe("accessInWords", () => {
  it.each([
    [9, 6, 2, "It can read 9 repositories, write to 6 and administer 2."],
    [1, 0, 0, "It can read 1 repository, write to none and administer none."],
    [0, 0, 0, "It can read no repository."],
  ])(
    "says what can be done with %i, %i and %i repositories",
    (readable, writable, administrable, sentence) => {
      expect(accessInWords(access(readable, writable, administrable))).toBe(sentence);
    },
  );

  it("leaves out what was not counted", () => {
    expect(accessInWords(null)).toBe("");
    expect(accessInWords({ ...access(1, 1, 1), readable: null })).toBe("");
  });
});

describe("rightsInWords", () => {
  it("does not list rights of an account that reads nothing", () => {
    expect(rightsInWords(access(0, 0, 0))).toBe("none");
    expect(rightsInWords(access(4, 2, 0))).toBe("read 4, write 2, administer none");
  });

  it("says how far was counted", () => {
    expect(rightsInWords({ ...access(0, 1, 1), readable: counted(1000, true) })).toBe(
      "read more than 1,000, write 1, administer 1",
    );
  });
});
