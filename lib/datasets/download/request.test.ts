import { describe, expect, it } from "vitest";
import { fileNameOf } from "./file-name";
import { parseDownload } from "./request";

const parse = (search: string) =>
  parseDownload(new URLSearchParams(search), { newest: 1200, forgotten: 700 });

describe("the address of a download", () => {
  it("asks for all, for all with deleted ones, or for changes with deleted ones", () => {
    expect(parse("")).toEqual({ ok: true, request: { after: null, hasDeleted: false } });
    expect(parse("deleted=include")).toEqual({ ok: true, request: { after: null, hasDeleted: true } });
    expect(parse("after=0")).toEqual({ ok: true, request: { after: 0, hasDeleted: true } });
    expect(parse("after=1200")).toEqual({ ok: true, request: { after: 1200, hasDeleted: true } });
  });

  it.each([
    "after=",
    "after=x",
    "after=-1",
    "after=1.5",
    "after=1e3",
    "after=1&after=2",
    "after=9999999999999999",
  ])("is refused with a sentence: %s", (search) =>
    expect(parse(search)).toEqual({ ok: false, problem: expect.stringContaining("X-Latchkey-Newest") }),
  );

  it("is refused with a sentence for another value of “deleted”, and for a number of another data set", () => {
    expect(parse("deleted=only")).toMatchObject({ ok: false, problem: expect.stringContaining("“include”") });
    expect(parse("after=1201")).toMatchObject({ ok: false, problem: expect.stringContaining("is 1200") });
  });

  it("is refused where changes after that number are forgotten, except from the beginning", () => {
    expect(parse("after=699")).toMatchObject({ ok: false, problem: expect.stringContaining("up to 700") });
    expect(parse("after=700")).toMatchObject({ ok: true });
    expect(parse("after=0")).toMatchObject({ ok: true });
  });
});

describe("the file name of a download", () => {
  const name = (text: string, after: number | null = null) =>
    fileNameOf(text, { after, hasDeleted: false }, "csv");

  it("is the source's name in letters, digits and dashes", () => {
    expect(name("Pull requests of Web Shop")).toBe("Pull-requests-of-Web-Shop.csv");
    expect(name('Größe; ../x"\r\nX: y', 7)).toBe("Gro-e-x-X-y-after-7.csv");
    expect(name("データ")).toBe("records.csv");
    expect(name("a".repeat(300))).toBe(`${"a".repeat(60)}.csv`);
  });
});
