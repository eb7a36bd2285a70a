import { describe, expect, it } from "vitest";
import { exportColumns, headOf, lineOf } from "./export";
import type { EventItem } from "./types";

const item: EventItem = {
  sequence: 7,
  at: "2026-11-25T01:02:03.004Z",
  event: "credential.added",
  label: "Credential added",
  result: "done",
  person: { id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", name: "Robin" },
  thing: { id: "3f2504e0-4f89-41d3-9a0c-0305e82c3302", name: "Nightly" },
  credentialId: null,
  sentence: [{ quoted: "Nightly" }, " signs in with a password."],
  details: [{ label: "method", text: "password" }],
  via: "web",
  address: "192.0.2.7",
  sessionId: null,
  requestId: "r-1",
};

function cellOf(name: string): string {
  return (
    lineOf("csv", { ...item, thing: { id: "x", name } })
      .split(",x,")[0]
      ?.split("c3301,")[1] ?? ""
  );
}

describe("CSV", () => {
  it("has as many cells in a line as in the first one", () => {
    expect(headOf("csv").split(",")).toHaveLength(lineOf("csv", item).split(",").length);
    expect(lineOf("csv", item)).toBe(
      "7,2026-11-25T01:02:03.004Z,credential.added,done,Robin,3f2504e0-4f89-41d3-9a0c-0305e82c3301,Nightly," +
        "3f2504e0-4f89-41d3-9a0c-0305e82c3302,,“Nightly” signs in with a password.,method: password,web,192.0.2.7,,r-1\r\n",
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uFF1D1"])(
    "never begins a cell with %j",
    (name) => {
      expect(cellOf(name)).toMatch(/^'/);
    },
  );

  it.each(["a;=1+1", "a; =1+1", "a;\t@SUM(A1)", 'a;"=1+1', "a;b;\uFF1D1+1", ";+1"])(
    "never begins a cell with a formula where cells end at semicolons: %j",
    (name) => {
      const cells = cellOf(name).replace(/^"/, "").split(";");
      for (const cell of cells) expect(cell).not.toMatch(/^(["\s]|\\u000\w)*[=+\-@\uFF1D]/);
    },
  );

  it("keeps quotes, commas and lines inside their cell", () => {
    expect(cellOf('a "b", c\nd')).toBe('"a ""b"", c\\u000ad"');
  });

  it("42 CSV spells out what a terminal or the direction of writing would obey", () => {
    expect(cellOf("\u001b[31mred\u202Eevil\u2066")).toBe("\\u001b[31mred\\u202eevil\\u2066");
  });
});

describe("NDJSON", () => {
  it("is one object in one line that reads back as it was, whatever is in it", () => {
    const hostile = { ...item, thing: { id: "x", name: '"\n\u001b[2J\u202E\u2028<script>' } };
    const line = lineOf("ndjson", hostile);
    expect(line.endsWith("\n")).toBe(true);
    expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028]/u);
    const { at, credentialId, sessionId, requestId, ...same } = hostile;
    expect(JSON.parse(line)).toEqual({
      ...same,
      occurred_at: at,
      credential_id: credentialId,
      session_id: sessionId,
      request_id: requestId,
      sentence: "“Nightly” signs in with a password.",
    });
  });
});

/** Reserved words that the names of a log's columns come near to: BigQuery, MySQL, SQL Server, Snowflake, PostgreSQL. */
const reserved = new Set(
  `account all and any array as asc at authorization between both by case cast check column condition connect
  connection constraint create cross cube current current_date current_time current_timestamp current_user cursor
  database date_time default delete desc describe distinct drop each else end enum exists extract false fetch file for
  from full function group grouping groups having hash identified if ignore in index inner insert interval into is join
  key keys kill lateral leading left like limit lookup merge natural new no not null nulls of on open or order outer
  over partition plan primary procedure proto public range read recursive references release respect return revoke
  right row rows rule sample schema select session_user set some start system table then time timestamp to trailing
  treat trigger true unbounded union unique update usage use user using values view when where window with within`.split(
    /\s+/,
  ),
);

describe("a column or a field of a line", () => {
  it("has a name that needs no quotes in SQL, the same in both formats", () => {
    const fields = Object.keys(JSON.parse(lineOf("ndjson", item)));
    for (const name of [...exportColumns, ...fields]) {
      expect(name).toMatch(/^[a-z][a-z_]*$/);
      expect(reserved).not.toContain(name);
    }
    for (const name of ["sequence", "occurred_at", "credential_id", "session_id", "request_id"]) {
      expect(exportColumns).toContain(name);
      expect(fields).toContain(name);
    }
  });
});
