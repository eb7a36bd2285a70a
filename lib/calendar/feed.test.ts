import { expect, it } from "vitest";
import { feedOf } from "./feed";

const now = new Date("2026-03-01T10:00:00Z");
const origin = "https://latchkey.example.com:8443";

/** The lines of a feed, with folded ones joined (RFC 5545, 3.1). */
const linesOf = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");

it("each end is a whole-day event on its last day, with a UID that stays", () => {
  const key = { kind: "key", id: "5f0c", name: "Nightly import", at: "2026-03-21T00:00:00.000Z" } as const;
  const certificate = {
    kind: "certificate",
    id: "s1",
    name: "https://b.example.com",
    at: "2026-04-02T08:30:00.000Z",
  } as const;
  const lines = linesOf(feedOf([key, certificate], origin, now));
  expect(lines).toEqual(
    expect.arrayContaining([
      "BEGIN:VCALENDAR",
      "UID:key-5f0c@latchkey",
      "DTSTART;VALUE=DATE:20260320",
      "SUMMARY:The API key of Nightly import ends",
      `URL;VALUE=URI:${origin}/credentials/5f0c`,
      "UID:certificate-s1@latchkey",
      "DTSTART;VALUE=DATE:20260402",
      "END:VCALENDAR",
    ]),
  );
  expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(2);
  const later = linesOf(feedOf([{ ...key, at: "2026-05-01T00:00:00.000Z" }], origin, now));
  expect(later).toEqual(expect.arrayContaining(["UID:key-5f0c@latchkey", "DTSTART;VALUE=DATE:20260430"]));
});

it("a name is data: nothing in it adds a line or a property, and long lines are folded", () => {
  const name = `a;b,c\\d${"é".repeat(80)} "x": END:VEVENT`;
  const text = feedOf([{ kind: "key", id: "1", name, at: "2026-03-21T00:00:00.000Z" }], origin, now);
  expect(linesOf(text)).toContain(
    `SUMMARY:The API key of a\\;b\\,c\\\\d${"é".repeat(80)} "x": END:VEVENT ends`,
  );
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const empty = linesOf(feedOf([], origin, now));
  expect(empty).toContain("END:VCALENDAR");
  expect(empty).not.toContain("BEGIN:VEVENT");
});
