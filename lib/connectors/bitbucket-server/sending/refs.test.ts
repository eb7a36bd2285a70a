import { describe, expect, test } from "vitest";
import {
  assumed,
  inTurn,
  inWords,
  missing,
  ok,
  page,
  playAction,
  rejection,
} from "@/lib/testing/play-action";

const [tip, other] = ["4f4b0ef1714a5b6cafdaf2f53c7f5f5b38fb9348", "f636fe22d302c852df1a68fff2d744039fe55b3d"];
const place = { project: "SHOP", repository: "storefront" };
const values = { ...place, name: "release/1.4", startPoint: "main" };
const base = "/rest/api/1.0/projects/SHOP/repos/storefront";

const branch = (name: string, latestCommit: string, more = {}) => ({
  ...{ id: `refs/heads/${name}`, displayId: name, type: "BRANCH", latestCommit, isDefault: false },
  ...more,
});
const pageOf = (ref: string) => `/projects/SHOP/repos/storefront/commits?until=${encodeURIComponent(ref)}`;
const commits = (id: string) => page({ id, displayId: id.slice(0, 11) });

test("a branch is looked for, its commit found out, and then created", () => {
  const { calls, results } = playAction(
    "branch",
    { ...values, name: "refs/heads/release/1.4", message: "Cut" },
    inTurn(page(branch("release/1.40", other)), commits(tip), ok(branch("release/1.4", tip))),
  );
  expect(calls.map(({ call }) => inWords(call))).toEqual([
    `GET ${base}/branches?filterText=release%2F1.4&boostMatches=true&orderBy=ALPHABETICAL&limit=1000&start=0`,
    `GET ${base}/commits?until=main&limit=1`,
    `POST ${base}/branches`,
  ]);
  expect(calls[2]?.call.body).toEqual({ name: "release/1.4", startPoint: "main", message: "Cut" });
  expect(results).toEqual([
    {
      result: "sent",
      status: 200,
      answer: { id: "refs/heads/release/1.4", commit: tip, page: pageOf("refs/heads/release/1.4") },
    },
  ]);
});

test("a branch at the same commit is already there, on whatever page it stands", () => {
  const first = ok({
    ...{ isLastPage: false, start: 0, nextPageStart: 1000 },
    values: [branch("release/1.40", other)],
  });
  const { calls, results } = playAction(
    "branch",
    values,
    inTurn(first, page(branch("release/1.4", tip)), commits(tip)),
  );
  expect(calls[1]?.call.query.start).toBe(1000);
  expect(results).toMatchObject([{ result: "already", answer: { commit: tip } }]);
});

test("a branch at another commit is left as it is", () => {
  const { results } = playAction("branch", values, inTurn(page(branch("release/1.4", other)), commits(tip)));
  expect(results).toEqual([
    {
      result: "rejected",
      status: null,
      problems: [
        { field: null, message: "The branch release/1.4 stands at f636fe22d302, not at 4f4b0ef1714a." },
      ],
      cure: "Nothing was changed. Delete the branch in Bitbucket first, or choose another name.",
    },
  ]);
});

describe("a name that is taken meanwhile", () => {
  const taken = rejection(409, "DuplicateRefException", "The branch release/1.4 already exists.");
  test.each([
    ["by the same branch", [branch("release/1.4", tip)], { result: "already" }],
    ["by another branch", [branch("release/1.4", other)], { result: "rejected", status: null }],
    ["by nothing that can be seen", [], { result: "rejected", status: 409 }],
  ])("%s", (_name, found, expected) => {
    const answers = inTurn(page(), commits(tip), taken, page(...found));
    expect(playAction("branch", values, answers).results).toMatchObject([expected]);
  });

  test("another refusal is believed at once", () => {
    const answers = inTurn(page(), commits(tip), rejection(400, null, "A bad name."));
    expect(playAction("branch", values, answers).results).toMatchObject([{ status: 400 }]);
  });
});

test.each([
  ["an answer without a commit", page()],
  ["a commit that does not exist", missing("commit.NoSuchCommitException")],
])("%s is no start point", (_name, answer) => {
  expect(playAction("branch", values, inTurn(page(), answer)).results).toMatchObject([
    {
      result: "rejected",
      problems: [{ field: "startPoint", message: "There is no branch, tag or commit main." }],
    },
  ]);
});

test("a repository that does not exist is not written to", () => {
  const { calls, results } = playAction("tag", values, () =>
    missing("repository.NoSuchRepositoryException", "Repository SHOP/storefront does not exist."),
  );
  expect(calls.length).toBe(1);
  expect(results).toMatchObject([{ result: "rejected", status: 404 }]);
});

test("a tag with a message keeps it, and another message is not written over it", () => {
  const annotated = { ...values, name: "v1", message: "First" };
  const tagged = { id: "refs/tags/v1", displayId: "v1", latestCommit: tip, hash: other };
  const made = playAction("tag", annotated, inTurn(page(), commits(tip), ok(tagged)));
  expect(made.calls[2]?.call.body).toEqual({ name: "v1", startPoint: "main", message: "First" });
  const [result] = made.results;
  if (result?.result !== "sent") throw new Error("not sent");
  expect(result.answer).toEqual({
    ...{ id: "refs/tags/v1", commit: tip, message: "First", page: pageOf("refs/tags/v1") },
  });
  const again = (message: string) =>
    playAction("tag", { ...annotated, message }, inTurn(page(tagged), commits(tip)), {
      past: { kind: "sent", answer: result.answer },
    }).results[0]?.result;
  expect([again("First"), again("Second")]).toEqual(["already", "rejected"]);
});

describe("deleting a branch", () => {
  const doomed = { ...place, name: "old" };
  const found = page(branch("old", tip), branch("older", tip));

  test("sends the expected commit, and nothing of it without one", () => {
    const remove = (more: Record<string, string>) =>
      playAction("delete-branch", { ...doomed, ...more }, inTurn(found, ok(null, 204)));
    const { calls, results } = remove({ commit: tip });
    expect(calls[1]?.call).toEqual({
      method: "DELETE",
      path: "/rest/branch-utils/1.0/projects/SHOP/repos/storefront/branches",
      query: {},
      body: { name: "refs/heads/old", endPoint: tip, dryRun: false },
    });
    expect(results).toMatchObject([{ result: "sent", status: 204 }]);
    expect(remove({}).calls[1]?.call.body).toEqual({ name: "refs/heads/old", dryRun: false });
  });

  test.each([
    ["is not there", page(branch("older", tip)), "already"],
    ["is the default one", page(branch("old", tip, { isDefault: true })), "rejected"],
    ["has newer commits", page(branch("old", other)), "rejected"],
  ])("does nothing if the branch %s", (_name, answer, expected) => {
    const { calls, results } = playAction("delete-branch", { ...doomed, commit: tip }, inTurn(answer));
    expect(calls.length).toBe(1);
    expect(results).toMatchObject([{ result: expected }]);
  });

  test("counts as done if the branch vanished meanwhile", () => {
    const gone = rejection(400, "repository.NoSuchBranchException", "No such branch.");
    expect(playAction("delete-branch", doomed, inTurn(found, gone)).results[0]?.result).toBe("already");
  });

  test("is shown as the request that it would be", () => {
    expect(playAction("delete-branch", doomed, () => assumed).calls.map(({ kind }) => kind)).toEqual([
      "ask",
      "write",
    ]);
  });
});
