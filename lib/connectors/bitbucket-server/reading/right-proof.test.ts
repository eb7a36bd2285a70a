import { describe, expect, it } from "vitest";
import type { Need } from "@/lib/connectors/action";
import type { Place } from "@/lib/connectors/rehearsal";
import type { AnswerMeaning, JsonObject } from "@/lib/connectors/stream-reader";
import { bitbucketRightProof } from "./right-proof";

const ledger: Place = { project: "PAY", repository: "ledger" };
const body = (value: unknown): AnswerMeaning => ({ kind: "body", body: value });
const found = { id: 22, slug: "ledger", name: "Ledger", project: { key: "PAY", name: "Payments" } };
const page = (values: readonly JsonObject[], nextPageStart: number | null = null) =>
  body({ values, isLastPage: nextPageStart === null, nextPageStart });

function step(need: Need, answers: readonly AnswerMeaning[], place = ledger) {
  return bitbucketRightProof(place, need, answers);
}

describe("a right on a repository", () => {
  it("to read is proven by the repository itself", () => {
    expect(step("read", [])).toEqual({
      kind: "ask",
      call: { path: "/rest/api/1.0/projects/PAY/repos/ledger", query: {} },
    });
    expect(step("read", [body(found)])).toEqual({ kind: "proven" });
  });

  it.each([
    ["write", "REPO_WRITE"],
    ["admin", "REPO_ADMIN"],
  ] as const)("to %s is proven by the list of those with %s, by id", (need, permission) => {
    const first = step(need, [body(found)]);
    const query = {
      permission,
      name: "Ledger",
      projectname: "Payments",
      archived: "ALL",
      limit: 100,
      start: 0,
    };
    expect(first).toEqual({ kind: "ask", call: { path: "/rest/api/1.0/repos", query } });
    expect(step(need, [body(found), page([{ id: 22 }])])).toEqual({ kind: "proven" });
    const namesake = page([{ id: 23, slug: "ledger" }]);
    expect(step(need, [body(found), namesake])).toEqual({ kind: "lacking", why: "no-right" });
  });

  it("is looked for by the name that the server has, blanks and all", () => {
    const named = { ...found, name: "Two  blanks\u200b" };
    expect(step("write", [body(named)])).toMatchObject({ call: { query: { name: "Two  blanks\u200b" } } });
  });

  it("is looked for on three pages at most", () => {
    const answers = [body(found), page([{ id: 1 }], 100), page([{ id: 2 }], 200)];
    expect(step("write", answers)).toMatchObject({ kind: "ask", call: { query: { start: 200 } } });
    expect(step("write", [...answers, page([{ id: 3 }], 300)])).toEqual({ kind: "unclear" });
  });

  it.each([
    [
      { kind: "skip", reason: "no-right" },
      { kind: "lacking", why: "no-right" },
    ],
    [
      { kind: "skip", reason: "gone" },
      { kind: "lacking", why: "gone" },
    ],
    [{ kind: "nothing" }, { kind: "lacking", why: "gone" }],
    [
      { kind: "failed", reason: "BAD", words: "No." },
      { kind: "refused", words: "No." },
    ],
    [
      { kind: "failed", reason: "BAD" },
      { kind: "refused", words: null },
    ],
    [{ kind: "not-available" }, { kind: "unclear" }],
    [{ kind: "body", body: "text" }, { kind: "unclear" }],
    [{ kind: "body", body: { id: "x" } }, { kind: "unclear" }],
  ] satisfies [AnswerMeaning, unknown][])("after the answer %j is %j", (answer, expected) => {
    expect(step("admin", [answer])).toEqual(expected);
  });
});

describe("a right on a project", () => {
  const place: Place = { project: "~jane", repository: null };

  it("is asked of projects, and personal keys are addressed as they are", () => {
    const path = "/rest/api/1.0/projects/~jane";
    expect(step("admin", [], place)).toEqual({ kind: "ask", call: { path, query: {} } });
    const project = body({ id: 5, key: "~JANE", name: "Jane" });
    expect(step("admin", [project], place)).toMatchObject({
      call: { path: "/rest/api/1.0/projects", query: { permission: "PROJECT_ADMIN", name: "Jane" } },
    });
    expect(step("admin", [project, page([{ id: 5 }])], place)).toEqual({ kind: "proven" });
  });

  it("cannot leave its path", () => {
    const answer = step("read", [], { project: "..", repository: "a/../../admin" });
    expect(answer).toMatchObject({
      call: { path: "/rest/api/1.0/projects/_/repos/a%2F..%2F..%2Fadmin" },
    });
  });
});
