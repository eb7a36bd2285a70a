import { expect, it } from "vitest";
import { displaySchema, displayText, parseDisplay } from "./schema";
import { type Display, usualDisplay } from "./types";

const chosen: Display = {
  theme: "dark",
  density: "dense",
  times: "exact",
  zone: "Europe/Prague",
  dates: "cs-CZ",
};

it("what was chosen is read from its cookie's text, and nothing chosen is the usual display", () => {
  expect(parseDisplay(displayText(chosen), usualDisplay)).toEqual(chosen);
  expect(parseDisplay(displayText(usualDisplay), chosen)).toEqual(usualDisplay);
  expect(parseDisplay(undefined, usualDisplay)).toEqual(usualDisplay);
});

it.each([
  ["theme=pink&density=dense", { density: "dense" }],
  ["theme=dark&zone=Mars/Olympus&dates=xx", { theme: "dark" }],
  ["dates=__proto__&times=exact", { times: "exact" }],
  ["%ff;;;&&&=", {}],
  [`zone=${"x".repeat(5000)}`, {}],
])("of a damaged cookie, each valid choice stays: %s", (text, kept) => {
  expect(parseDisplay(text, usualDisplay)).toEqual({ ...usualDisplay, ...kept });
});

it.each(["Mars/Olympus", "x".repeat(65), "UTC+25", "+05:30", "Europe/Prague; DROP"])(
  "refuses the time zone %s at its field",
  (zone) => {
    const parsed = displaySchema.safeParse({ ...chosen, zone });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["zone"]]);
  },
);
