import { expect, it } from "vitest";
import { durationInWords } from "./duration";

it.each([
  [0, "0 s"],
  [850.4, "850 ms"],
  [1000, "1 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [125_000, "2 min 5 s"],
  [3_840_000, "1 h 4 min"],
  [3_600_000, "1 h"],
  [93_600_000, "1 d 2 h"],
  [-5, "0 s"],
])("%d ms are written as %s", (ms, words) => {
  expect(durationInWords(ms)).toBe(words);
});
