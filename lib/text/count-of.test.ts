import { describe, expect, it } from "vitest";
import { countedInWords, foundInWords } from "./count-of";

const page = { items: ["one", "two"], next: null, previous: null };

describe("what a list has, in words", () => {
  it("is its total, capped at a thousand", () => {
    expect(foundInWords({ ...page, total: 1 }, "user")).toBe("1 user");
    expect(foundInWords({ ...page, total: 1_000 }, "user")).toBe("1,000 users");
    expect(foundInWords({ ...page, total: 1_001 }, "user")).toBe("1,000+ users");
    expect(countedInWords(213)).toBe("213");
  });

  it("without a total is what the first page shows, and nothing on later ones", () => {
    expect(foundInWords(page, "user")).toBe("2 users");
    expect(foundInWords({ ...page, next: "more" }, "user")).toBe("More than 2 users");
    expect(foundInWords({ ...page, previous: "newer" }, "user")).toBeNull();
  });
});
