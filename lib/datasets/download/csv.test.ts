import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column } from "@/lib/connectors/streams";
import { csvHead, csvLine, formulaSafe, withoutGuard } from "./csv";

const columns: Column[] = [
  { name: "id", type: "int" },
  { name: "title", type: "text" },
  { name: "open", type: "bool" },
  { name: "at", type: "timestamp" },
  { name: "labels", type: "text[]" },
  { name: "extra", type: "json" },
];

const record = (data: object, deletedAt: Date | null = null) => ({
  key: "31/4",
  seq: 7,
  deletedAt,
  json: JSON.stringify(data),
});

describe("text in a CSV file", () => {
  const dangerous = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("https://example.com")',
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '"=1+1"',
    "\uFF1D1+1",
    "\uFF0B1",
    "\uFF0D1",
    "\uFF20SUM(A1)",
    "\u00A0=1",
  ];

  it.each(dangerous)("is no formula, at the start and after a semicolon: %j", (text) => {
    const [blank = ""] = /^[\t\r]/.exec(text) ?? [];
    const safe = blank ? `'${blank}'${text.slice(1)}` : `'${text}`;
    expect(formulaSafe(text)).toBe(safe);
    expect(formulaSafe(`a;${text}`)).toBe(`a;${safe}`);
  });

  // Opened with another separator than a comma, a text's line breaks end the row: its quotes are not where cells begin.
  it.each([
    ["a\n=1+1\nb", "a\n'=1+1\nb"],
    ["a\r\n=1+1", "a\r\n'=1+1"],
    ["\n=1+1", "\n'=1+1"],
    ["a\n\n\t =1+1", "a\n\n'\t' =1+1"],
    ["a\t=1+1", "a\t'=1+1"],
    ["- one\n- two\nthree", "'- one\n'- two\nthree"],
  ])("is no formula in any of its lines, and after tabs: %j", (text, safe) => {
    expect(formulaSafe(text)).toBe(safe);
  });

  it("comes back as it was, whatever it is", () => {
    const part = fc.constantFrom("=", "+", "-", "@", "'", '"', ";", ",", "\t", "\r", "\n", " ", "a");
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join("")),
        (text) => {
          const safe = formulaSafe(text);
          expect(withoutGuard(safe)).toBe(text);
          expect(safe).not.toMatch(/(?:^|[;\t\r\n])["\s]*[=+\-@]/);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ...dangerous,
    "'=1",
    "''",
    "'",
    ";'",
    "x;'=1",
    ";;=1",
    "plain",
    "",
    "it's",
    "a; b",
    "- fixed",
    "x=1",
    "a@b",
  ])("comes back as it was: %j", (text) => {
    expect(withoutGuard(formulaSafe(text))).toBe(text);
  });

  it("that begins with an apostrophe stays apart from text without it", () => {
    expect(formulaSafe("'=1")).toBe("''=1");
    expect(formulaSafe("=1")).toBe("'=1");
  });

  it("is left alone where it is harmless", () => {
    for (const text of ["plain", "it's", "a=b", "a - b", "2026-11-01", "a; b", "a\n\tb\n c", "a\n\nb"])
      expect(formulaSafe(text)).toBe(text);
  });
});

describe("a CSV file", () => {
  it("has the same head for every download of a stream, with safe names", () => {
    expect(csvHead(columns)).toBe("_key,_seq,_deleted_at,id,title,open,at,labels,extra\r\n");
    expect(csvHead([{ name: "=a", type: "text" }])).toBe("_key,_seq,_deleted_at,'=a\r\n");
  });

  it("tells null from empty text, and true from false", () => {
    const data = { id: -3, title: "", open: false, at: null, labels: [], extra: { a: "=1" } };
    expect(csvLine(record(data), columns)).toBe('31/4,7,,-3,"",false,,[],"{""a"":""=1""}"\r\n');
    expect(csvLine(record({ open: true }), columns)).toBe("31/4,7,,,,true,,,\r\n");
  });

  it("marks deleted records, and quotes what would break its lines", () => {
    const at = new Date("2026-11-01T10:00:00.000Z");
    expect(csvLine(record({ title: 'a "b",\nc', labels: ["x", "-y"] }, at), columns)).toBe(
      '31/4,7,2026-11-01T10:00:00.000Z,,"a ""b"",\nc",,,"[""x"",""-y""]",\r\n',
    );
  });

  it("keeps a formula out of a number's column, too", () => {
    expect(csvLine(record({ id: "=1+1" }), columns)).toBe("31/4,7,,'=1+1,,,,,\r\n");
  });
});
