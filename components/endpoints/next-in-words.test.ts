import { expect, test } from "vitest";
import { nextInWords } from "./next-in-words";

const nextRunAt = "2026-12-01T02:00:00.000Z";
const active = {
  ...{ paused: null, stopped: null, refused: null, nextRunAt },
  schedule: { kind: "every", amount: 1, unit: "hours" },
} as const;
const textOf = (of: Partial<Parameters<typeof nextInWords>[0]>) => {
  const { text, at, after } = nextInWords({ ...active, ...of });
  return `${text}${at ? " at" : ""}${after}`;
};

test("a run by schedule is named with its time, unless nothing runs", () => {
  expect(textOf({})).toBe("Next run at");
  expect(textOf({ paused: { since: nextRunAt, byName: null } })).toBe("No run while it is paused");
  expect(textOf({ stopped: "owner-disabled" })).toBe("No run while its owner’s account is disabled");
  for (const of of [
    { stopped: "credential-lost" },
    { refused: "rejected" },
    { refused: "locked" },
  ] as const) {
    expect(textOf(of)).toBe("Waits for its credential");
  }
});

test("a run with a key that has ended is a try that fails until the secret is replaced", () => {
  const fails = ", but it fails until the secret is replaced: the API key has ended";
  expect(textOf({ refused: "ended" })).toBe(`Next try at${fails}`);
  const follows = { schedule: { kind: "after-source" }, nextRunAt: null } as const;
  expect(textOf(follows)).toBe("Runs when its source has run");
  expect(textOf({ ...follows, refused: "ended" })).toBe(`Tries when its source has run${fails}`);
  expect(textOf({ ...follows, refused: "ended", stopped: "credential-lost" })).toBe(
    "Waits for its credential",
  );
  const byHand = { schedule: { kind: "manual" }, nextRunAt: null } as const;
  expect(textOf(byHand)).toBe("Runs when you press Run now");
  // Run now does nothing meanwhile.
  expect(textOf({ ...byHand, refused: "ended" })).toBe("Waits for its credential");
});
