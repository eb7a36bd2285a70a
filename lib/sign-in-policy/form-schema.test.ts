import { describe, expect, it } from "vitest";
import { policyFormSchema } from "./form-schema";

const typed = { passwords: "warn", keysMustEnd: "refuse", longestDays: "90" };
const errorOf = (changes: object) =>
  policyFormSchema
    .safeParse({ ...typed, ...changes })
    .error?.issues.map(({ path, message }) => [...path, message]);

describe("the form of a policy", () => {
  it("reads days, and none from an empty field", () => {
    expect(policyFormSchema.parse({ ...typed, longestDays: " 365 " })).toMatchObject({ longestDays: 365 });
    expect(policyFormSchema.parse({ ...typed, longestDays: "" })).toMatchObject({ longestDays: null });
  });

  it.each(["0", "-3", "1.5", "many", "1e9", "3651"])("refuses %s days with a sentence", (longestDays) => {
    expect(errorOf({ longestDays })).toEqual([
      ["longestDays", "Enter a number of days from 1 to 3650, or nothing."],
    ]);
  });

  it("refuses a longest life that nothing enforces", () => {
    expect(errorOf({ keysMustEnd: "no" })).toEqual([
      ["longestDays", "Choose Warn or Refuse above for this to count, or leave it empty."],
    ]);
    expect(errorOf({ keysMustEnd: "no", longestDays: "" })).toBeUndefined();
  });
});
