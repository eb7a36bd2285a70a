import { describe, expect, test } from "vitest";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import { inTurn, inWords, missing, ok, page, playAction, rejection } from "@/lib/testing/play-action";

const place = { project: "SHOP", repository: "storefront" };
const base = "/rest/api/1.0/projects/SHOP/repos/storefront";

describe("labels", () => {
  const values = { ...place, name: "nightly" };
  const play = (action: string, ...answers: readonly SendAnswer[]) =>
    playAction(action, values, inTurn(...answers));

  test("one is applied if it is not there", () => {
    const { calls, results } = play("label", page({ name: "nightly-2" }), ok({ name: "nightly" }));
    expect(calls[1]?.call).toMatchObject({
      method: "POST",
      path: `${base}/labels`,
      body: { name: "nightly" },
    });
    expect(results).toMatchObject([{ result: "sent" }]);
  });

  test.each([
    ["a page", page({ name: "nightly" })],
    ["a list", ok([{ name: "nightly" }])],
    ["one object", ok({ name: "nightly" })],
  ])("one that is there is found in %s", (_name, answer) => {
    expect(play("label", answer).results).toMatchObject([{ result: "already" }]);
  });

  test("applied meanwhile is there already; another 400 is a refusal", () => {
    const twice = rejection(400, null, "The label nightly is already applied to this repository.");
    expect(play("label", page(), twice).results).toMatchObject([{ result: "already" }]);
    expect(play("label", page(), rejection(400, null, "A bad name.")).results).toMatchObject([
      { result: "rejected", status: 400, problems: [{ message: "A bad name." }] },
    ]);
  });

  test("one is removed, and counts as removed if it is not there or goes meanwhile", () => {
    const removed = play("remove-label", page({ name: "nightly" }), ok(null, 204));
    expect(removed.calls[1]?.call).toEqual({ method: "DELETE", path: `${base}/labels/nightly`, query: {} });
    expect(removed.results).toMatchObject([{ result: "sent", status: 204 }]);
    expect(play("remove-label", page()).results).toMatchObject([{ result: "already" }]);
    const gone = missing("label.NoSuchLabelException");
    expect(play("remove-label", page({ name: "nightly" }), gone).results).toMatchObject([
      { result: "already" },
    ]);
  });
});

describe("webhooks", () => {
  const values = {
    ...{ ...place, name: "Builds", url: "https://ci.example/hook" },
    events: ["pr:opened", "repo:refs_changed"],
  };
  const hook = (more = {}) => ({
    ...{ id: 4, name: "Builds", url: "https://ci.example/hook", active: false, configuration: {} },
    events: ["repo:refs_changed", "pr:opened"],
    ...more,
  });
  const play = (more: Record<string, boolean | string[]>, ...answers: readonly SendAnswer[]) =>
    playAction("webhook", { ...values, ...more }, inTurn(...answers));

  test("one is made if none has that name and address", () => {
    const { calls, results } = play({}, page(hook({ name: "Other" })), ok(hook({ id: 5 }), 201));
    expect(calls[1]?.call).toEqual({
      ...{ method: "POST", path: `${base}/webhooks`, query: {} },
      body: { name: "Builds", url: values.url, events: values.events, active: true },
    });
    expect(results).toMatchObject([{ result: "sent", status: 201, answer: { id: 5 } }]);
  });

  test("the same events in another order are already there", () => {
    expect(play({}, page(hook())).results).toMatchObject([{ result: "already", answer: { id: 4 } }]);
  });

  test("a changed one is written over, and stays switched off", () => {
    const { calls } = play({ events: ["pr:merged"] }, page(hook()), ok(hook()));
    expect(calls[1]?.call).toEqual({
      ...{ method: "PUT", path: `${base}/webhooks/4`, query: {} },
      body: { name: "Builds", url: values.url, events: ["pr:merged"], active: false },
    });
  });

  test("one with a secret is not written over", () => {
    const secret = hook({ configuration: { secret: "s3cret" } });
    const { calls, results } = play({ active: true }, page(secret));
    expect(calls.length).toBe(1);
    expect(results).toMatchObject([{ result: "rejected" }]);
    expect(JSON.stringify(results)).not.toContain("s3cret");
  });

  test("our own one is known by its id, whatever its name", () => {
    const { calls } = playAction("webhook", values, inTurn(page(hook({ name: "Old" })), ok(hook())), {
      past: { kind: "sent", answer: { id: 4 } },
    });
    expect(calls[1] && inWords(calls[1].call)).toBe(`PUT ${base}/webhooks/4`);
  });
});

describe("rights", () => {
  const values = { ...place, holder: "USER", name: "jim", permission: "REPO_WRITE" };
  const entry = (name: string, permission: string) => ({ user: { name }, permission });

  test("one is granted in the query alone", () => {
    const { calls, results } = playAction(
      "grant-right",
      values,
      inTurn(page(entry("jimmy", "REPO_ADMIN"), entry("Jim", "REPO_READ")), ok(null, 204)),
    );
    expect(calls.map(({ call }) => inWords(call))).toEqual([
      `GET ${base}/permissions/users?filter=jim&limit=1000&start=0`,
      `PUT ${base}/permissions/users?name=jim&permission=REPO_WRITE`,
    ]);
    expect(calls[1]?.call).not.toHaveProperty("body");
    expect(results).toEqual([
      { result: "sent", status: 204, answer: { name: "jim", permission: "REPO_WRITE" } },
    ]);
  });

  test("a higher right is not lowered", () => {
    const { results } = playAction("grant-right", values, inTurn(page(entry("jim", "REPO_ADMIN"))));
    expect(results).toMatchObject([{ result: "already", answer: { permission: "REPO_ADMIN" } }]);
  });

  test("groups and projects have paths of their own", () => {
    const group = { project: "SHOP", holder: "GROUP", name: "devs", permission: "PROJECT_READ" };
    const found = page({ group: { name: "devs" }, permission: "PROJECT_READ" });
    const { calls, results } = playAction("grant-right", group, inTurn(found));
    expect(calls[0]?.call.path).toBe("/rest/api/1.0/projects/SHOP/permissions/groups");
    expect(results).toMatchObject([{ result: "already" }]);
  });
});
