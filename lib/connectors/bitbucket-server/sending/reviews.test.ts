import { expect, test } from "vitest";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import { inTurn, inWords, ok, playAction, rejection } from "@/lib/testing/play-action";

const values = { project: "SHOP", repository: "storefront", pullRequest: 7 };
const path = "/rest/api/1.0/projects/SHOP/repos/storefront/pull-requests/7";
const pull = (more = {}) => ({
  ...{ id: 7, version: 3, state: "OPEN" },
  author: { user: { name: "ann" } },
  reviewers: [{ user: { name: "jane@example", slug: "jane_example" }, status: "NEEDS_WORK" }],
  participants: [],
  ...more,
});
const review = (status: string, account: string | null, ...answers: readonly SendAnswer[]) =>
  playAction("review-pull-request", { ...values, status }, inTurn(...answers), { context: { account } });

test("a review is the account's own, by the slug that the server gives", () => {
  const { calls, results } = review("APPROVED", "Jane@Example", ok(pull()), ok({ status: "APPROVED" }));
  expect(calls.map(({ call }) => inWords(call))).toEqual([
    `GET ${path}`,
    `PUT ${path}/participants/jane_example`,
  ]);
  expect(calls[1]?.call.body).toEqual({ status: "APPROVED" });
  expect(results).toEqual([
    { result: "sent", status: 200, answer: { account: "Jane@Example", status: "APPROVED" } },
  ]);
});

test("of an account that takes no part yet, the slug is made from its name", () => {
  const { calls } = review("APPROVED", "Jim/Doe", ok(pull()), ok({}));
  expect(calls[1]?.call.path).toBe(`${path}/participants/jim_doe`);
});

test.each([
  ["stands already", "NEEDS_WORK", "jane@example", pull(), "already"],
  ["was never given", "UNAPPROVED", "jim", pull(), "already"],
  ["would be the author's", "APPROVED", "ANN", pull(), "rejected"],
  ["is of a closed pull request", "APPROVED", "jim", pull({ state: "MERGED" }), "rejected"],
])("nothing is sent if the review %s", (_name, status, account, found, expected) => {
  const { calls, results } = review(status, account, ok(found));
  expect(calls.length).toBe(1);
  expect(results).toMatchObject([{ result: expected }]);
});

test.each([[null], ["access-token-user/2/1234"]])("the account %s cannot review", (account) => {
  const { calls, results } = review("APPROVED", account);
  expect(calls).toEqual([]);
  expect(results).toMatchObject([{ result: "rejected" }]);
});

const add = (user: string, ...answers: readonly SendAnswer[]) =>
  playAction("add-reviewer", { ...values, user }, inTurn(...answers));

test("a reviewer is added if not there", () => {
  const { calls, results } = add("jim", ok(pull()), ok({ user: { name: "jim" } }));
  expect(calls[1]?.call).toMatchObject({
    ...{ method: "POST", path: `${path}/participants` },
    body: { user: { name: "jim" }, role: "REVIEWER" },
  });
  expect(results).toMatchObject([{ result: "sent", answer: { id: 7, user: "jim" } }]);
});

test.each([
  ["JANE@example", pull(), "already"],
  ["ann", pull(), "rejected"],
  ["jim", pull({ state: "DECLINED" }), "rejected"],
])("%s is not added", (user, found, expected) => {
  expect(add(user, ok(found)).results).toMatchObject([{ result: expected }]);
});

test("one who became a reviewer meanwhile is there already", () => {
  const refusal = rejection(409, null, "jim is already a reviewer.");
  expect(add("jim", ok(pull()), refusal).results).toMatchObject([{ result: "already" }]);
});
