import { expect, test } from "vitest";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import { inTurn, inWords, ok, playAction, rejection } from "@/lib/testing/play-action";

const tip = "4f4b0ef1714a5b6cafdaf2f53c7f5f5b38fb9348";
const values = { project: "SHOP", repository: "storefront", pullRequest: 7 };
const path = "/rest/api/1.0/projects/SHOP/repos/storefront/pull-requests/7";
const pull = (state: string, version = 3) => ({ id: 7, version, state, fromRef: { latestCommit: tip } });
const canMerge = ok({ canMerge: true, conflicted: false, vetoes: [] });
const merge = (more: Record<string, string>, ...answers: readonly SendAnswer[]) =>
  playAction("merge-pull-request", { ...values, ...more }, inTurn(...answers));

test("a pull request is merged at the version that was read, after its checks were asked for", () => {
  const { calls, results } = merge(
    { message: "Merge it", strategy: "squash", commit: tip },
    ok(pull("OPEN")),
    canMerge,
    ok(pull("MERGED", 4)),
  );
  expect(calls.map(({ call }) => inWords(call))).toEqual([
    `GET ${path}`,
    `GET ${path}/merge`,
    `POST ${path}/merge`,
  ]);
  expect(calls[2]?.call.body).toEqual({ version: 3, message: "Merge it", strategyId: "squash" });
  expect(results).toEqual([{ result: "sent", status: 200, answer: { id: 7, version: 4, state: "MERGED" } }]);
});

test("older servers read the version from the query", () => {
  const { calls } = playAction(
    "decline-pull-request",
    values,
    inTurn(ok(pull("OPEN")), ok(pull("DECLINED"))),
    { context: { serverVersion: "7.21.0" } },
  );
  expect(calls[1]?.call).toMatchObject({ query: { version: 3 }, body: { version: 3 } });
});

test.each([
  ["merge-pull-request", "MERGED", "already"],
  ["merge-pull-request", "DECLINED", "rejected"],
  ["decline-pull-request", "DECLINED", "already"],
  ["decline-pull-request", "MERGED", "rejected"],
  ["reopen-pull-request", "OPEN", "already"],
  ["reopen-pull-request", "MERGED", "rejected"],
])("%s of one that is %s: %s, and nothing is sent", (action, state, expected) => {
  const { calls, results } = playAction(action, values, inTurn(ok(pull(state))));
  expect(calls.length).toBe(1);
  expect(results).toMatchObject([{ result: expected }]);
});

test("a pull request with newer commits than expected is not merged", () => {
  const { results } = merge({ commit: tip.replace("4", "5") }, ok(pull("OPEN")));
  expect(results).toMatchObject([
    {
      result: "rejected",
      problems: [{ message: "Its branch ends at 4f4b0ef1714a now, not at 5f4b0ef1714a." }],
    },
  ]);
});

const vetoes = [{ summaryMessage: "Not approved", detailedMessage: "You need one more approval." }];

test("what the merge checks object to is said, in a dry run too", () => {
  const { calls, results } = merge({}, ok(pull("OPEN")), ok({ canMerge: false, conflicted: true, vetoes }));
  expect(calls.length).toBe(2);
  expect(results).toMatchObject([
    {
      result: "rejected",
      problems: [
        { message: "You need one more approval." },
        { message: "Its changes conflict with the target branch." },
      ],
    },
  ]);
});

test("a veto in the answer is said with its words, and not tried again", () => {
  const vetoed = rejection(409, "pull.PullRequestMergeVetoedException", "Cannot be merged.", {
    ...{ conflicted: false, vetoes },
  });
  const { calls, results } = merge({}, ok(pull("OPEN")), canMerge, vetoed);
  expect(calls.length).toBe(3);
  expect(results).toMatchObject([
    {
      ...{ result: "rejected", status: 409 },
      problems: [{ message: "Cannot be merged." }, { message: "You need one more approval." }],
    },
  ]);
});

const outOfDate = rejection(409, "pull.PullRequestOutOfDateException", "Out of date.");

test("one that was changed meanwhile is read again: merged meanwhile, or merged at the newer version", () => {
  const begin = [ok(pull("OPEN")), canMerge, outOfDate] as const;
  expect(merge({}, ...begin, ok(pull("MERGED", 4))).results).toMatchObject([{ result: "already" }]);
  const again = merge({}, ...begin, ok(pull("OPEN", 4)), canMerge, ok(pull("MERGED", 5)));
  expect(again.calls[5]?.call.body).toEqual({ version: 4 });
  const never = merge({}, ...begin, ok(pull("OPEN", 4)), canMerge, outOfDate);
  expect(never.results).toMatchObject([{ result: "rejected", status: 409 }]);
});
