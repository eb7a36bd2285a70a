import { describe, expect, test } from "vitest";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import { assumed, inTurn, inWords, missing, ok, playAction, rejection } from "@/lib/testing/play-action";
import { actionCatalogue } from "../actions/all";

const values = {
  ...{ method: "POST", path: "/rest/x/1.0/things?a=1", query: "b=2%203" },
  body: { text: "Hello" },
};
const found = ok({ id: 5, name: "Thing", secret: "hidden" });
const lookup = { ...values, lookup: "/rest/x/1.0/things/5?c=1" };
const nothing = missing("NoSuchThingException");
const play = (given: typeof values, ...answers: readonly SendAnswer[]) =>
  playAction("manual-request", given, inTurn(...answers));

test("the request is sent as it was described, and little of the answer kept", () => {
  const { calls, results } = play(values, found);
  expect(calls.map(({ call }) => inWords(call))).toEqual(["POST /rest/x/1.0/things?a=1&b=2+3"]);
  expect(calls[0]?.call.body).toEqual({ text: "Hello" });
  expect(results).toEqual([{ result: "sent", status: 200, answer: { id: 5, name: "Thing" } }]);
});

test("what the lookup path finds is already there", () => {
  const { calls, results } = play(lookup, found);
  expect(calls.map(({ call }) => inWords(call))).toEqual(["GET /rest/x/1.0/things/5?c=1"]);
  expect(results).toMatchObject([{ result: "already", answer: { id: 5 } }]);
  expect(play(lookup, nothing, found).results).toMatchObject([{ result: "sent" }]);
  expect(play(lookup, rejection(400, null, "Bad.")).results).toMatchObject([{ result: "rejected" }]);
});

describe("what was sent before, or may have been", () => {
  const lost = { kind: "lost", answer: null } as const;
  const sent = { kind: "sent", answer: {} } as const;
  const put = { ...values, method: "PUT" };
  test.each([
    ["a lost POST without lookup path", values, lost, [], { result: "unknown" }],
    ["a lost POST that is not found", lookup, lost, [nothing, found], { result: "sent" }],
    ["a lost POST that is found", lookup, lost, [found], { result: "already" }],
    ["a lost PUT", put, lost, [found], { result: "sent" }],
    ["a POST with other values", values, sent, [], { result: "rejected", status: null }],
    ["a POST with other values that is found", lookup, sent, [found], { result: "rejected" }],
    ["a PUT with other values", { ...lookup, method: "PUT" }, sent, [found], { result: "sent" }],
  ])("%s", (_name, given, past, answers, expected) => {
    const { results } = playAction("manual-request", given, inTurn(...answers), { past });
    expect(results).toMatchObject([expected]);
  });
});

test("a deletion of what is not there is done", () => {
  const gone = { path: "/rest/x/1.0/things/5" };
  const play = (given: Record<string, string>, ...answers: readonly SendAnswer[]) =>
    playAction("manual-deletion", given, inTurn(...answers)).results[0]?.result;
  expect(play(gone, ok(null, 204))).toBe("sent");
  expect(play(gone, nothing)).toBe("already");
  expect(play({ ...gone, lookup: gone.path }, nothing)).toBe("already");
  expect(play({ ...gone, lookup: gone.path }, ok({}), ok(null, 204))).toBe("sent");
  expect(playAction("manual-deletion", gone, () => assumed).calls[0]?.call).toEqual({
    ...{ method: "DELETE", path: gone.path, query: {} },
  });
});

describe("paths", () => {
  const refused = (action: string, given: Record<string, string>) =>
    actionCatalogue.refuseValues(action, given).map(({ field }) => field);

  test.each([
    "/projects",
    "https://git.example/rest/api/1.0/x",
    "//rest/x",
    "/rest/../admin",
    "/rest/x/%2e%2e/y",
    "/rest/a%2Fb",
    "/rest/a;b=c",
    "/rest//x",
    "/rest/x#y",
    "/rest/%ff",
    "/rest/a b",
  ])("%s is refused at its field", (path) => {
    expect(refused("manual-request", { method: "POST", path })).toEqual(["path"]);
    if (path === "/rest/%ff") return;
    expect(refused("manual-deletion", { path })).toEqual(["path"]);
    expect(refused("manual-request", { method: "POST", path: "/rest/x", lookup: path })).toEqual(["lookup"]);
  });

  test.each([
    ["/rest/api/1.0/projects/A/repos/b/pull-requests/1/merge", "Merge a pull request"],
    ["/rest/api/latest/projects/A/repos/b/pull-requests/1/m%65rge?version=1", "Merge a pull request"],
    ["/rest/api/1.0/projects/A/repos/b/pull-requests/1/decline/", "Decline a pull request"],
    ["/rest/api/1.0/projects/A/permissions/users", "Grant a right"],
    ["/rest/api/1.0/admin/permissions/groups", "Grant a right"],
    ["/rest/api/1.0/admin/users/add-groups", "Grant a right"],
  ])("%s has an action of its own", (path, label) => {
    expect(actionCatalogue.refuseValues("manual-request", { method: "PUT", path })).toEqual([
      { field: "path", message: `Use the action “${label}” for this: it has a switch of its own.` },
    ]);
    expect(refused("manual-deletion", { path })).toEqual([]);
  });

  test("others are taken", () => {
    const path = "/rest/api/1.0/projects/A/repos/b/pull-requests/1/comments?merge=1";
    expect(refused("manual-request", { method: "POST", path, lookup: path })).toEqual([]);
  });
});
