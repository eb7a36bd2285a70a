import { expect, it } from "vitest";
import { reportOf } from "./report";
import type { Verification } from "./verify";

const head = { sequence: 7, at: new Date("2026-11-25T01:02:03.004Z"), mac: Buffer.from("c0ffee", "hex") };
const whole: Verification = { chained: 7, unchained: 0, head, findings: [], unnamed: 0 };

it("of a whole log says OK, how many events, and the head to keep", () => {
  expect(reportOf(whole)).toEqual({
    isWhole: true,
    text: "OK: 7 events, none edited, removed, inserted or reordered.\nHead: event 7 of 2026-11-25T01:02:03.004Z, c0ffee\nKeep it elsewhere, and compare later: npm run audit:verify -- --since 7:c0ffee\n",
  });
});

it("of a broken log names the places, counts those it does not name, and what is older than the chain", () => {
  const findings = [{ sequence: 3, kind: "edited", words: "Event 3 was edited." }] as const;
  const { isWhole, text } = reportOf({ ...whole, unchained: 2, findings, unnamed: 4 });
  expect(isWhole).toBe(false);
  expect(text.split("\n")).toEqual([
    "BROKEN: 5 places are not as the portal wrote them.",
    "  Event 3 was edited.",
    "  … and 4 more.",
    "2 older events are from before the chain and cannot be judged.",
    "Head: event 7 of 2026-11-25T01:02:03.004Z, c0ffee",
    "Keep it elsewhere, and compare later: npm run audit:verify -- --since 7:c0ffee",
    "",
  ]);
});

it("of a log that has not begun says that there is no head", () => {
  expect(reportOf({ ...whole, chained: 0, head: null }).text).toMatch(/Head: none\.\n$/);
});
