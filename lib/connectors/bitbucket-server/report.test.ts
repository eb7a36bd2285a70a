import { describe, expect, it } from "vitest";
import type { CheckStep } from "@/lib/connectors/types";
import { type ReportedCheck, reportOf } from "./report";

const passed: CheckStep[] = [
  { name: "address", state: "passed", durationMs: 0 },
  { name: "name", state: "passed", durationMs: 4 },
  { name: "connection", state: "passed", durationMs: 12 },
  { name: "certificate", state: "passed", durationMs: 31 },
  { name: "bitbucket", state: "passed", durationMs: 88 },
  { name: "signedIn", state: "passed", durationMs: 0 },
  { name: "allowed", state: "passed", durationMs: 1_240 },
];

const verified: ReportedCheck = {
  baseUrl: "https://bitbucket.example.com/context",
  checkedAt: "2026-11-25T01:02:03.456Z",
  steps: passed,
  failure: null,
  account: { name: "jcitizen", displayName: "Jane Citizen" },
  serverVersion: "9.4.3",
  access: {
    projects: { count: 4, more: false },
    projectRights: null,
    readable: { count: 1_000, more: true },
    writable: { count: 5, more: false },
    administrable: { count: 0, more: false },
  },
};

const unreachable: ReportedCheck = {
  ...verified,
  steps: passed.map(({ name }, index) => {
    if (index < 2) return { name, state: "passed", durationMs: index };
    return { name, state: index === 2 ? "failed" : "skipped", durationMs: null };
  }),
  failure: { title: "The server could not be reached", cure: "Check host and port.", whose: "your network" },
  account: null,
  serverVersion: null,
  access: null,
};

/** Whatever a server might call itself or an account. */
const hostile: [what: string, text: string][] = [
  ["line breaks", "two\nlines\r\nNext step: nobody"],
  ["escape codes", "\u001b[31mred\u001b[0m"],
  ["direction marks", "right\u202eto\u202cleft"],
  ["NUL and the rarer line breaks", "nul\0 and \u2028 and \u2029 and \u0085"],
  ["quotes", "“quoted” Next step: nobody"],
  ["10 000 characters", "x".repeat(10_000)],
];

describe("a report", () => {
  it("describes a verified check: server, time, each step with its time, version, account, rights", () => {
    expect(reportOf(verified)).toBe(`Latchkey check of a Bitbucket Server

Server: https://bitbucket.example.com/context
Time: 2026-11-25 01:02:03 UTC
Result: all passed

Address: passed, under 1 ms
Name: passed, 4 ms
Connection: passed, 12 ms
Certificate: passed, 31 ms
Is it Bitbucket: passed, 88 ms
Signed in: passed, under 1 ms
Allowed: passed, 1.2 s

Version: “9.4.3”
Account: “jcitizen”, “Jane Citizen”
Rights: It can read more than 1,000 repositories, write to 5 and administer none. Personal repositories are counted, archived ones are not.
`);
  });

  it("describes a failed one: its step, what was found, what to do and who has to act, without the time of a failed connection", () => {
    expect(reportOf(unreachable)).toBe(`Latchkey check of a Bitbucket Server

Server: https://bitbucket.example.com/context
Time: 2026-11-25 01:02:03 UTC
Result: stopped at Connection

Address: passed, under 1 ms
Name: passed, 1 ms
Connection: failed
Certificate: not reached
Is it Bitbucket: not reached
Signed in: not reached
Allowed: not reached

What was found: The server could not be reached
What to do: Check host and port.
Next step: your network
`);
  });

  it.each(hostile)(
    "keeps %s from outside on one line, in quotes and without control characters",
    (_, text) => {
      const plain = reportOf(verified).split("\n");
      const report = reportOf({
        ...verified,
        account: { name: text, displayName: text },
        serverVersion: text,
      });
      expect(report.split("\n")).toHaveLength(plain.length);
      expect(report).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
      expect(report).not.toMatch(/^Next step/m);
      const version = report.split("\n").find((line) => line.startsWith("Version: ")) ?? "";
      expect(version).toMatch(/^Version: “[^“”]*”$/);
      expect(version.length).toBeLessThan(220);
    },
  );

  it("leaves out an account that the server did not name", () => {
    const account = { name: null, displayName: null };
    expect(reportOf({ ...verified, account })).not.toContain("Account");
  });
});
