import { describe, expect, test } from "vitest";
import type { Values } from "@/lib/connectors/action";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { mapRecord } from "@/lib/mapping/map-record";
import { assumed, inTurn, inWords, missing, ok, playAction, rejection } from "@/lib/testing/play-action";
import { actionCatalogue, findDefinition } from "../actions/all";

const commit = "4f4b0ef1714a5b6cafdaf2f53c7f5f5b38fb9348";
const place = { project: "SHOP", repository: "storefront", commit };
const report = `/rest/insights/1.0/projects/SHOP/repos/storefront/commits/${commit}/reports/lint`;
const path = `${report}/annotations`;

describe("a report", () => {
  test("is put under its key", () => {
    const values: Values = { ...place, key: "lint", title: "Style", result: "FAIL" };
    const { calls, results } = playAction(
      "code-insights-report",
      values,
      inTurn(ok({ key: "lint", result: "FAIL" })),
    );
    expect(calls).toEqual([
      {
        kind: "write",
        call: { method: "PUT", path: report, query: {}, body: { title: "Style", data: [], result: "FAIL" } },
      },
    ]);
    expect(results).toMatchObject([{ result: "sent", answer: { key: "lint", result: "FAIL" } }]);
  });

  test("has a key of at most 50 characters, and equal keys stay equal", () => {
    const action = findDefinition("code-insights-report")?.action;
    if (!action) throw new Error("No action");
    const keyOf = (key: string) => {
      const constant = (value: string) => ({ from: "constant", value }) as const;
      const mapping = Object.fromEntries(
        Object.entries({ ...place, key, title: "Style" }).map(([name, value]) => [name, constant(value)]),
      );
      const writing = { action: action.id, mapping, matchKey: { kind: "record" }, allows: [] } as const;
      const mapped = mapRecord(actionCatalogue, action, writing, { key: "1", data: {} });
      return mapped.ok ? String(mapped.values.key) : "";
    };
    const [one, same, other] = ["a", "a", "b"].map((end) => keyOf(`${"x".repeat(60)}${end}`));
    expect(one).toHaveLength(50);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    expect(keyOf("a/b")).toBe("");
  });

  test.each([
    [{ title: "No list" }, "must be a list"],
    [Array.from({ length: 7 }, () => ({ title: "a", value: 1 })), "at most 6"],
    [[{ title: "a" }], "no “value”"],
    [[{ title: "a", value: 1, type: "COLOUR" }], "“type”"],
    [[7], "no object"],
    [[{ title: "Coverage", value: 81, type: "PERCENTAGE" }], null],
  ])("has data of the server's shape: %j", (data, words) => {
    const problems = actionCatalogue.refuseValues("code-insights-report", { data });
    expect(problems.map(({ field }) => field)).toEqual(words === null ? [] : ["data"]);
    if (words !== null) expect(problems[0]?.message).toContain(words);
  });
});

const externalId = (index: number) => `latchkey-0123456789abcde${index}`;
const remark = (message: string, more: Values = {}): Values => ({
  ...place,
  report: "lint",
  message,
  severity: "LOW",
  path: "a.ts",
  line: 3,
  ...more,
});
const standing = (index: number, message: string): JsonObject => {
  return {
    reportKey: "lint",
    externalId: externalId(index),
    message,
    severity: "LOW",
    path: "a.ts",
    line: 3,
  };
};
const listed = (...annotations: JsonObject[]) => ok({ totalCount: annotations.length, annotations });

function send(values: readonly Values[], ...answers: readonly SendAnswer[]) {
  const { calls, results } = playAction("code-insights-annotation", values, inTurn(...answers));
  return {
    words: calls.map(({ call }) => inWords(call)),
    bodies: calls.map(({ call }) => call.body),
    results,
  };
}

describe("annotations", () => {
  const [one, two] = [remark("One"), remark("Two", { line: 4 })];

  test("of one report are sent with one call, and a missing report is created", () => {
    const { words, bodies, results } = send(
      [remark("One", { reportTitle: "Style" }), two],
      missing("codeinsights.NoSuchReportException"),
      ok({ key: "lint" }),
      ok(null, 204),
    );
    expect(words).toEqual([`GET ${path}`, `PUT ${report}`, `POST ${path}`]);
    expect(bodies[1]).toEqual({ title: "Style", data: [] });
    expect(bodies[2]).toEqual({
      annotations: [
        { externalId: externalId(0), message: "One", severity: "LOW", path: "a.ts", line: 3 },
        { externalId: externalId(1), message: "Two", severity: "LOW", path: "a.ts", line: 4 },
      ],
    });
    expect(results.map(({ result }) => result)).toEqual(["sent", "sent"]);
  });

  test("that stand are not sent again, and a changed one is replaced by its id", () => {
    const others = { externalId: "sonar-1", message: "Other", severity: "HIGH" };
    const { words, bodies, results } = send(
      [one, two, remark("Three")],
      listed(others, standing(0, "One"), { ...standing(1, "Old"), line: 4 }),
      ok(null, 204),
      ok(null, 204),
    );
    expect(words).toEqual([`GET ${path}`, `POST ${path}`, `PUT ${path}/${externalId(1)}`]);
    expect(bodies[1]).toMatchObject({ annotations: [{ externalId: externalId(2), message: "Three" }] });
    expect(bodies[2]).toEqual({ message: "Two", severity: "LOW", path: "a.ts", line: 4 });
    expect(results.map(({ result }) => result)).toEqual(["already", "sent", "sent"]);
  });

  test("beyond the server's limit are rejected before sending, and the others sent", () => {
    const full = Array.from({ length: 999 }, (_, at) => ({ externalId: `sonar-${at}`, message: "x" }));
    const { bodies, results } = send([one, two], listed(...full), ok(null, 204));
    expect(bodies[1]).toMatchObject({ annotations: [{ message: "One" }] });
    expect(results).toMatchObject([{ result: "sent" }, { result: "rejected", status: null }]);
    expect(send([one], listed(...full, {})).words).toEqual([`GET ${path}`]);
  });

  test("that the server names are rejected alone, and the others sent again", () => {
    const refusal: SendAnswer = {
      kind: "rejected",
      status: 400,
      problems: [{ field: "annotations[0].path", message: "Not a path." }],
      body: {},
    };
    const { words, bodies, results } = send([one, two], listed(), refusal, ok(null, 204));
    expect(words).toHaveLength(3);
    expect(bodies[2]).toMatchObject({ annotations: [{ message: "Two" }] });
    expect(results).toMatchObject([
      { result: "rejected", status: 400, problems: [{ field: "path", message: "Not a path." }] },
      { result: "sent" },
    ]);
  });

  test("are rejected together where the server names none", () => {
    const { results } = send([one, two], listed(), rejection(400, null, "Too many."));
    expect(results).toMatchObject([
      { result: "rejected", status: 400, problems: [{ message: "Too many." }] },
      { result: "rejected", status: 400 },
    ]);
  });

  test("of a report of somebody else's are rejected, and nothing is created", () => {
    const denied: SendAnswer = { kind: "denied", problems: [{ field: null, message: "Not permitted." }] };
    expect(send([one], denied).results).toMatchObject([{ result: "rejected", status: 401 }]);
    expect(send([one], missing("commit.NoSuchCommitException")).words).toEqual([`GET ${path}`]);
    const created = send([one, two], missing("x.NoSuchReportException"), denied);
    expect(created.results.map(({ result }) => result)).toEqual(["rejected", "rejected"]);
  });

  test("as an exact request begin with the report", () => {
    const { calls } = playAction("code-insights-annotation", one, () => assumed);
    const writes = calls.filter(({ kind }) => kind === "write");
    expect(writes.map(({ call }) => inWords(call))).toEqual([`PUT ${report}`, `POST ${path}`]);
  });

  test("on a line need a file", () => {
    const problems = (values: Values) => actionCatalogue.refuseValues("code-insights-annotation", values);
    expect(problems({ line: 3 })).toHaveLength(1);
    expect([problems({ line: 0 }), problems({ line: 3, path: "a.ts" })]).toEqual([[], []]);
  });
});
