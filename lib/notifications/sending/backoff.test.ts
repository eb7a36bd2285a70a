import { expect, it } from "vitest";
import { mostAttempts, pauseAfter } from "./backoff";

it("a message is tried eight times, with growing pauses, over about a day", () => {
  const pauses = Array.from({ length: mostAttempts }, (_, index) => pauseAfter(index + 1));
  expect(mostAttempts).toBe(8);
  expect(pauses.at(-1)).toBeNull();
  const seconds = pauses.flatMap((pause) => (pause === null ? [] : [pause]));
  expect(seconds).toEqual([...seconds].sort((one, other) => one - other));
  const hours = seconds.reduce((sum, pause) => sum + pause, 0) / 3600;
  expect(hours).toBeGreaterThan(22);
  expect(hours).toBeLessThan(26);
});
