import { expect, it } from "vitest";
import { holdingsInWords } from "./holdings-in-words";

it.each([
  [{ records: 0, deleted: 0, runs: 0 }, null],
  [{ records: 0, deleted: 0, runs: 1 }, "1 run"],
  [{ records: 1180, deleted: 20, runs: 3 }, "1,200 records (20 of them deleted on the server) and 3 runs"],
  [{ records: 1, deleted: 0, runs: 2 }, "1 record and 2 runs"],
])("what goes with a source that holds %j: %s", (holdings, words) => {
  expect(holdingsInWords(holdings)).toBe(words);
});
