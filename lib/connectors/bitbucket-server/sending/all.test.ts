import { describe, expect, test } from "vitest";
import type { Action, Values } from "@/lib/connectors/action";
import type { Call, Past, SendAnswer } from "@/lib/connectors/action-sender";
import { valuesFor } from "@/lib/testing/action-values";
import { assumed, missing, ok, page, playAction, rejection } from "@/lib/testing/play-action";
import { actionCatalogue, findDefinition } from "../actions/all";

const actions = actionCatalogue.actions.map((action) => [action.id, action] as const);

const pasts: readonly Past[] = [
  { kind: "new" },
  { kind: "lost", answer: null },
  { kind: "sent", answer: { id: 7, version: 1 } },
];

describe.each(actions)("%s", (id, action) => {
  const isManual = id.startsWith("manual-");
  const values = valuesFor(action);
  const samples = [values, valuesFor(action, "required")].filter(
    (each) => actionCatalogue.refuseValues(id, each).length === 0,
  );

  test("the fields are well described", () => {
    const names = action.fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(action.fields.map(({ label }) => label)).size).toBe(names.length);
    const keys = action.matchKey === "record" ? [] : action.matchKey;
    for (const name of [...keys, ...(findDefinition(id)?.target ?? []), ...(action.together?.by ?? [])]) {
      expect(names).toContain(name);
    }
    for (const { type, choices, pattern, columns } of action.fields) {
      expect(choices !== null).toBe(type === "choice");
      expect(() => new RegExp(`^(?:${pattern?.source ?? ""})$`, "u")).not.toThrow();
      expect(pattern === null || pattern.words.endsWith(".")).toBe(true);
      expect(new Set(columns).size).toBe(columns.length);
    }
  });

  test("the samples fit", () => {
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) {
      for (const { name, pattern } of action.fields) {
        const value = sample[name];
        if (pattern === null || typeof value !== "string") continue;
        expect([name, new RegExp(`^(?:${pattern.source})$`, "u").test(value)]).toEqual([name, true]);
      }
    }
  });

  test.each(pasts)("with a past $kind and nothing found, it ends after at most six calls", (past) => {
    for (const sample of samples) {
      const { calls, results } = playAction(id, sample, () => assumed, { past, most: 6 });
      expect(results.length).toBe(1);
      if (past.kind === "new") {
        expect(results).toMatchObject([{ result: "sent" }]);
        expect(calls.filter(({ kind }) => kind === "write").length).toBeGreaterThan(0);
      }
      for (const { kind, call } of calls) {
        expect(call.path).toMatch(/^\/rest\//);
        expect(kind === "ask").toBe(call.method === "GET");
      }
    }
  });

  test("no value leads to another address", () => {
    if (isManual) return;
    for (const text of ["A/B?c", "..", "%2f", "a#b", "a;b", "a b", "../../admin", "x/../y"]) {
      const { calls } = playAction(id, withTexts(action, values, text), () => assumed);
      for (const { call } of calls) expectSafe(call);
    }
  });

  test("bodies and states are JSON, and results small", () => {
    for (const sample of samples) {
      const { calls, results } = playAction(id, sample, () => assumed);
      for (const { call } of calls) {
        expect(JSON.parse(JSON.stringify(call))).toStrictEqual(call);
      }
      expect(JSON.stringify(results).length).toBeLessThan(1024);
    }
  });

  test.each(refusals)("a refusal is a result with a cure: %s", (_name, refusal) => {
    for (const sample of samples) {
      const { results } = playAction(id, sample, (_call, kind) => (kind === "write" ? refusal : assumed));
      expectRefused(results);
      const early = playAction(id, sample, (call, kind) => (kind === "ask" ? refusal : okFor(call)));
      if (early.calls.some(({ kind }) => kind === "ask") && refusal.kind !== "missing") {
        expectRefused(early.results);
      }
    }
  });

  test("after a lost answer, it looks before it writes again", () => {
    if (upserts.has(id)) return;
    for (const sample of samples) {
      const { calls, results } = playAction(id, sample, () => assumed, {
        past: { kind: "lost", answer: null },
      });
      const [first] = calls;
      if (first === undefined) expect(results).toMatchObject([{ result: "unknown" }]);
      else expect(first.kind).toBe("ask");
    }
  });
});

/** What the server itself keeps single, so that it may be sent again. */
const upserts: ReadonlySet<string> = new Set([
  "build-status",
  "deployment",
  "code-insights-report",
  "manual-deletion",
]);

const refusals: readonly (readonly [string, SendAnswer])[] = [
  ["400 at a field", rejection(400, null, "Too long.", { context: "name" })],
  [
    "401 of a missing right",
    denial("You are not permitted to access this resource", "AuthorisationException"),
  ],
  ["403 of a key", denial("This needs a user.", "AuthorisationException")],
  ["403 of a rule", rejection(403, "ForbiddenException", "This needs a user.")],
  ["404 of a repository", missing("repository.NoSuchRepositoryException")],
  ["404 of a commit", missing("commit.NoSuchCommitException")],
  ["409", rejection(409, null, "The repository is archived.")],
  [
    "409 of a version",
    rejection(409, "pull.PullRequestOutOfDateException", "Out of date.", {
      currentVersion: 2,
      expectedVersion: 1,
    }),
  ],
  [
    "409 of merge checks",
    rejection(409, "pull.PullRequestMergeVetoedException", "Vetoed.", {
      conflicted: true,
      vetoes: [{ summaryMessage: "Needs approval", detailedMessage: "One approval is missing." }],
    }),
  ],
  ["413", { kind: "rejected", status: 413, problems: [{ field: null, message: "Too large." }], body: null }],
  ["415", { kind: "rejected", status: 415, problems: [{ field: null, message: "Not taken." }], body: null }],
  ["422", { kind: "rejected", status: 422, problems: [{ field: null, message: "Not taken." }], body: null }],
];

function denial(message: string, exception: string): SendAnswer {
  const exceptions = [`com.atlassian.bitbucket.${exception}`];
  return { kind: "denied", problems: [{ field: null, message }], exceptions };
}

function okFor(call: Call): SendAnswer {
  return call.method === "GET" ? page() : ok({ id: 1, version: 1 });
}

function expectRefused(results: ReturnType<typeof playAction>["results"]) {
  for (const one of results) {
    expect(["rejected", "already"]).toContain(one.result);
    if (one.result !== "rejected") continue;
    expect(one.problems.length).toBeGreaterThan(0);
    expect(one.cure).toMatch(/\.$/);
  }
}

/** The values with this text wherever a text is free. */
function withTexts(action: Action, values: Values, text: string): Values {
  const free = action.fields.filter(({ type }) => ["text", "lines", "list"].includes(type));
  return {
    ...values,
    ...Object.fromEntries(free.map(({ name, type }) => [name, type === "list" ? [text] : text])),
  };
}

function expectSafe({ path, query }: Call) {
  expect(path).toMatch(/^\/rest\/[A-Za-z0-9/_.~!'()*%-]+$/);
  for (const segment of path.split("/")) {
    expect(decodeURIComponent(segment)).not.toMatch(/^\.{1,2}$/);
  }
  expect(path.slice(1)).not.toMatch(/\/\//);
  for (const value of Object.values(query)) expect(["string", "number"]).toContain(typeof value);
}
