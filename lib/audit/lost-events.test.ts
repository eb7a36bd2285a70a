import { expect, it } from "vitest";
import { readKeptHead } from "./lost-events";
import { reportOf } from "./report";

const mac = Buffer.alloc(32, 0xab);

it("a stored head is read as one word and as the line of the report", () => {
  const head = { sequence: 12, at: new Date("2026-11-25T01:02:03.004Z"), mac };
  const { text } = reportOf({ chained: 12, unchained: 0, head, findings: [] });
  for (const line of text.split("\n").slice(1, 3)) {
    expect(readKeptHead(line.replace(/^.*--since /, ""))).toEqual({ sequence: 12, mac });
  }
});

it.each(["", "12", "12:abcd", `x:${mac.toString("hex")}`, `12:${mac.toString("hex")}0`, "Head: none."])(
  "“%s” is no head",
  (text) => expect(readKeptHead(text)).toBeNull(),
);
