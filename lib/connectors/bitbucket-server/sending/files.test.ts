import { expect, test } from "vitest";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import { inTurn, inWords, missing, ok, page, playAction, rejection } from "@/lib/testing/play-action";

const tip = "4f4b0ef1714a5b6cafdaf2f53c7f5f5b38fb9348";
const base = "/rest/api/1.0/projects/SHOP/repos/storefront";
const values = {
  ...{ project: "SHOP", repository: "storefront", branch: "main", path: "docs/read me.md" },
  content: "One\nTwo\n",
};
const branch = page({ id: tip });
const lines = (...texts: readonly string[]) =>
  ok({ lines: texts.map((text) => ({ text })), start: 0, size: texts.length, isLastPage: true });
const noFile = missing("content.NoSuchPathException");
const play = (...answers: readonly SendAnswer[]) => playAction("write-file", values, inTurn(...answers));

test("a changed file is written with the commit at which it was read", () => {
  const { calls, results } = playAction(
    "write-file",
    { ...values, message: "Write" },
    inTurn(branch, lines("One", "2"), ok({ id: "c".repeat(40), displayId: "ccc" })),
  );
  expect(calls.map(({ call }) => inWords(call))).toEqual([
    `GET ${base}/commits?until=refs%2Fheads%2Fmain&limit=1`,
    `GET ${base}/browse/docs/read%20me.md?at=${tip}&limit=1000&start=0`,
    `PUT ${base}/browse/docs/read%20me.md`,
  ]);
  expect(calls[2]?.call.form).toEqual({
    ...{ content: "One\nTwo\n", branch: "main", message: "Write", sourceCommitId: tip },
  });
  expect(results).toMatchObject([
    {
      result: "sent",
      answer: {
        displayId: "ccc",
        page: "/projects/SHOP/repos/storefront/browse/docs/read%20me.md?at=refs%2Fheads%2Fmain",
      },
    },
  ]);
});

test("a new file is written without one", () => {
  const { calls } = play(branch, noFile, ok({ id: tip }));
  expect(calls[2]?.call.form).toEqual({ content: "One\nTwo\n", branch: "main" });
});

test("a file with the same lines is already there, also over several pages", () => {
  expect(play(branch, lines("One\r", "Two")).results).toMatchObject([{ result: "already" }]);
  const first = ok({ lines: [{ text: "One" }], start: 0, size: 1, isLastPage: false, nextPageStart: 1 });
  const second = ok({ lines: [{ text: "Two" }], start: 1, size: 1, isLastPage: true });
  const { calls, results } = play(branch, first, second);
  expect(calls[2]?.call.query.start).toBe(1);
  expect(results).toMatchObject([{ result: "already" }]);
});

test.each([
  ["more lines", lines("One", "Two", "Three")],
  ["fewer lines", lines("One")],
  ["no lines, being binary", ok({ binary: true })],
])("a file with %s is written over", (_name, answer) => {
  expect(play(branch, answer, ok({ id: tip })).results).toMatchObject([{ result: "sent" }]);
});

test("a folder is not written over", () => {
  expect(play(branch, ok({ path: {}, children: { values: [] } })).results).toMatchObject([
    { result: "rejected", problems: [{ message: "There is a folder at docs/read me.md." }] },
  ]);
});

test("without the branch it is rejected, unless the repository is empty", () => {
  const noBranch = missing("commit.NoSuchCommitException");
  expect(play(noBranch, page({ id: "refs/heads/next" })).results).toMatchObject([
    { result: "rejected", problems: [{ message: "There is no branch main." }] },
  ]);
  expect(play(noBranch, page(), ok({ id: tip })).results).toMatchObject([{ result: "sent" }]);
});

test("the server's word that nothing changes counts as already there", () => {
  const same = rejection(409, "content.FileContentUnmodifiedException", "The content is the same.");
  expect(play(branch, lines("x"), same).results).toMatchObject([{ result: "already" }]);
});

test("after a change in between it is compared once more", () => {
  const stale = rejection(409, "content.FileOutOfDateException", "The file has changed.");
  const { calls, results } = play(
    branch,
    lines("x"),
    stale,
    page({ id: "d".repeat(40) }),
    lines("One", "Two"),
  );
  expect(calls[4]?.call.query.at).toBe("d".repeat(40));
  expect(results).toMatchObject([{ result: "already" }]);
  const never = play(branch, lines("x"), stale, branch, lines("x"), stale);
  expect(never.results).toMatchObject([{ result: "rejected", status: 409 }]);
});

test("a refused key is told which kind would do", () => {
  const cure =
    "The credential’s account needs: Write access to the repository, as a person: keys of projects and repositories cannot write files.";
  const denied = { kind: "denied", problems: [{ field: null, message: "No user." }] } as const;
  expect(play(branch, noFile, denied).results).toMatchObject([{ result: "rejected", status: 401, cure }]);
  const rule = rejection(403, "AuthorisationException", "A user is needed.");
  expect(play(branch, noFile, rule).results).toMatchObject([{ result: "rejected", status: 403, cure }]);
});
