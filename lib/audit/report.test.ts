import { expect, it } from "vitest";
import { reportOf } from "./report";
import type { Verification } from "./verify";

const head = { sequence: 7, at: new Date("2026-11-25T01:02:03.004Z"), mac: Buffer.from("c0ffee", "hex") };
const whole: Verification = { chained: 7, unchained: 0, head, findings: [] };

it("of a whole log says OK, how many events, and the head to keep", () => {
  expect(reportOf(whole)).toEqual({
    isWhole: true,
    text: "OK: 7 events, none edited, removed, inserted or reordered.\nHead: event 7 of 2026-11-25T01:02:03.004Z, c0ffee\nKeep it elsewhere, and compare later: npm run audit:verify -- --since 7:c0ffee\n",
  });
});

it("of a broken log names the problem, and counts events from before the chain", () => {
  const findings = [{ sequence: 3, kind: "event", words: "Event 3 is broken." }] as const;
  const { isWhole, text } = reportOf({ ...whole, unchained: 2, findings });
  expect(isWhole).toBe(false);
  expect(text.split("\n")).toEqual([
    "BROKEN: the log is not as the portal wrote it.",
    "  Event 3 is broken.",
    "2 older events are from before the chain and cannot be judged.",
    "Head: event 7 of 2026-11-25T01:02:03.004Z, c0ffee",
    "Keep it elsewhere, and compare later: npm run audit:verify -- --since 7:c0ffee",
    "",
  ]);
});

it("of a log that has not begun says that there is no head", () => {
  expect(reportOf({ ...whole, chained: 0, head: null }).text).toMatch(/Head: none\.\n$/);
});
