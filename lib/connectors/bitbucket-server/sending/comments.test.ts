import { describe, expect, test } from "vitest";
import type { Values } from "@/lib/connectors/action";
import type { Past, SendAnswer } from "@/lib/connectors/action-sender";
import { inTurn, inWords, missing, ok, page, playAction, rejection } from "@/lib/testing/play-action";
import { actionCatalogue } from "../actions/all";

const marker = "0123456789abcde0";
const line = `[//]: # (latchkey:${marker})`;
const pull: Values = { project: "SHOP", repository: "storefront", pullRequest: 4 };
const values: Values = { ...pull, text: "Please look." };
const base = "/rest/api/1.0/projects/SHOP/repos/storefront";
const comments = `${base}/pull-requests/4/comments`;
const activities = `GET ${base}/pull-requests/4/activities`;
const jane = { name: "jane", slug: "jane" };
const stands = { id: 7, version: 3, text: `Please look.\n\n${line}`, author: jane, comments: [] };
const kept = {
  id: 7,
  version: 3,
  place: "/projects/SHOP/repos/storefront/pull-requests/4",
  spot: "::::",
  page: "/projects/SHOP/repos/storefront/pull-requests/4/overview?commentId=7",
};
const sentBefore: Past = { kind: "sent", answer: kept };
const lost: Past = { kind: "lost", answer: null };
const gone = missing("comment.NoSuchCommentException");
const outOfDate = rejection(409, "comment.CommentOutOfDateException", "Changed since.");

function play(
  answers: readonly SendAnswer[],
  past: Past,
  given: Values = values,
  action = "pull-request-comment",
) {
  const { calls, results } = playAction(action, given, inTurn(...answers), { past });
  return {
    words: calls.map(({ call }) => inWords(call)),
    bodies: calls.map(({ call }) => call.body),
    results,
  };
}

/** Activities as the server lists them; with a next page. */
const listed = (next: number | null, ...values: object[]): SendAnswer =>
  ok({ values, isLastPage: next === null, ...(next === null ? {} : { nextPageStart: next }) });
const commented = (comment: object) => ({ id: 1, action: "COMMENTED", commentAction: "ADDED", comment });

describe("a pull request comment", () => {
  test("is posted with a hidden line, and not looked for", () => {
    const { words, bodies, results } = play([ok(stands, 201)], { kind: "new" });
    expect(words).toEqual([`POST ${comments}`]);
    expect(bodies).toEqual([{ text: `Please look.\n\n${line}` }]);
    expect(results).toEqual([{ result: "sent", status: 201, answer: kept }]);
  });

  test("stands on a line of a file, in a reply, or as a task", () => {
    const post = (more: Values) => play([ok(stands, 201)], { kind: "new" }, { ...values, ...more }).bodies[0];
    expect(post({ path: "a.ts" })).toMatchObject({ anchor: { path: "a.ts" } });
    expect(post({ path: "a.ts", line: 3 })).toMatchObject({
      anchor: { path: "a.ts", line: 3, lineType: "ADDED", fileType: "TO" },
    });
    expect(post({ path: "a.ts", line: 3, lineType: "REMOVED" })).toMatchObject({
      anchor: { fileType: "FROM" },
    });
    // Comments that were read have the place of their thread, which a reply does not name.
    expect(post({ parent: 6, path: "a.ts", line: 3 })).not.toHaveProperty("anchor");
    expect(post({ parent: 6, severity: "BLOCKER" })).toMatchObject({
      parent: { id: 6 },
      severity: "BLOCKER",
    });
  });

  test("without an answer is looked for to the end of the activities before it is sent again", () => {
    const { words, results } = play(
      [listed(500, commented({ ...stands, text: "Other" })), listed(null), ok(stands, 201)],
      lost,
    );
    expect(words).toEqual([
      `${activities}?start=0&limit=500`,
      `${activities}?start=500&limit=500`,
      `POST ${comments}`,
    ]);
    expect(results).toMatchObject([{ result: "sent" }]);
  });

  test("that is found counts as sent, however deep in a thread", () => {
    const deep = { ...stands, text: "a", comments: [{ text: "b", comments: [stands] }] };
    const { words, results } = play([listed(null, { id: 2, action: "OPENED" }, commented(deep))], lost);
    expect(words).toHaveLength(1);
    expect(results).toEqual([{ result: "already", answer: kept }]);
  });

  test("of another user with our hidden line is a quotation", () => {
    const quoted = { ...stands, text: `> Please look.\n> ${line}`, author: { name: "jim" } };
    const { words } = play([listed(null, commented(quoted)), ok(stands, 201)], lost);
    expect(words.at(-1)).toBe(`POST ${comments}`);
  });

  test("that was sent with another text is edited with its version", () => {
    const { words, bodies, results } = play(
      [ok({ ...stands, text: `Old\r\n\r\n${line}`, version: 4 }), ok({ ...stands, version: 5 })],
      sentBefore,
    );
    expect(words).toEqual([`GET ${comments}/7`, `PUT ${comments}/7`]);
    expect(bodies[1]).toEqual({ version: 4, text: `Please look.\n\n${line}` });
    expect(results).toMatchObject([{ result: "sent", answer: { id: 7, version: 5 } }]);
  });

  test("that was edited meanwhile is read and edited once more, and no more than that", () => {
    const old = ok({ ...stands, text: "Old" });
    expect(play([old, outOfDate, old, ok(stands)], sentBefore).results).toMatchObject([{ result: "sent" }]);
    const twice = play([old, outOfDate, old, outOfDate], sentBefore);
    expect(twice.words).toHaveLength(4);
    expect(twice.results).toMatchObject([{ result: "rejected", status: 409 }]);
  });

  test("that was deleted on the server is sent anew, and looked for if that may have been done", () => {
    expect(play([gone, ok(stands, 201)], sentBefore).words).toEqual([
      `GET ${comments}/7`,
      `POST ${comments}`,
    ]);
    const again = play([gone, listed(null, commented({ ...stands, id: 9 }))], { kind: "lost", answer: kept });
    expect(again.results).toMatchObject([{ result: "already", answer: { id: 9 } }]);
  });

  test("whose answer told no number is looked for", () => {
    const { place } = kept;
    const { words, results } = play([listed(null, commented(stands))], { kind: "sent", answer: { place } });
    expect(words).toEqual([`${activities}?start=0&limit=500`]);
    expect(results).toMatchObject([{ result: "already" }]);
  });

  test("of a record that moved to another pull request is sent there; to another line, it is refused", () => {
    const moved = play([ok(stands, 201)], sentBefore, { ...values, pullRequest: 5 });
    expect(moved.words).toEqual([`POST ${base}/pull-requests/5/comments`]);
    const line = play([], sentBefore, { ...values, path: "a.ts", line: 3 });
    expect(line.results).toMatchObject([{ result: "rejected", status: null }]);
  });

  test("is not sent again if the list of comments cannot be read", () => {
    expect(play([ok("<html>")], lost).results).toMatchObject([{ result: "unknown" }]);
    expect(play([listed(0)], lost).results).toMatchObject([{ result: "unknown" }]);
    const place = missing("repository.NoSuchRepositoryException");
    expect(play([place], lost).results).toMatchObject([{ result: "rejected", status: 404 }]);
  });
});

test("a task is a blocker comment", () => {
  const { words } = play([ok(stands, 201)], { kind: "new" }, values, "pull-request-task");
  expect(words).toEqual([`POST ${base}/pull-requests/4/blocker-comments`]);
});

describe("a commit comment", () => {
  const sha = "4F4B0ef1714a5b6cafdaf2f53c7f5f5b38fb9348";
  const onCommit: Values = { project: "SHOP", repository: "storefront", commit: sha, text: "Please look." };
  const path = `${base}/commits/${sha.toLowerCase()}/comments`;
  const send = (answers: readonly SendAnswer[], more: Values, past: Past) =>
    play(answers, past, { ...onCommit, ...more }, "commit-comment");

  test("names its file in the anchor", () => {
    const { words, bodies } = send([ok(stands, 201)], { path: "a.ts" }, { kind: "new" });
    expect(words).toEqual([`POST ${path}`]);
    expect(bodies).toEqual([{ text: `Please look.\n\n${line}`, anchor: { path: "a.ts" } }]);
  });

  test("is looked for among those of its file", () => {
    const { words, results } = send([page(stands)], { path: "a.ts" }, lost);
    expect(words).toEqual([`GET ${path}?start=0&limit=1000&path=a.ts`]);
    expect(results).toMatchObject([{ result: "already", answer: { id: 7 } }]);
  });

  test("on no file cannot be looked for, and is not sent twice", () => {
    const refusal = rejection(400, null, "The path query parameter is required when retrieving comments.");
    expect(send([refusal], {}, lost).results).toMatchObject([
      { result: "unknown", cure: expect.any(String) },
    ]);
  });
});

describe("changing a comment", () => {
  const given: Values = { ...pull, comment: 7 };
  const change = (answers: readonly SendAnswer[], more: Values) =>
    play(answers, { kind: "new" }, { ...given, ...more }, "change-comment");

  test("sends only what differs, with the version, and keeps the hidden line", () => {
    const { words, bodies } = change([ok({ ...stands, state: "OPEN" }), ok(stands)], {
      text: "New",
      state: "RESOLVED",
      severity: "NORMAL",
    });
    expect(words).toEqual([`GET ${comments}/7`, `PUT ${comments}/7`]);
    expect(bodies[1]).toEqual({
      version: 3,
      text: `New\n\n${line}`,
      state: "RESOLVED",
      severity: "NORMAL",
    });
  });

  test("changes nothing twice", () => {
    const { words, results } = change([ok({ ...stands, state: "RESOLVED" })], {
      text: "Please look.",
      state: "RESOLVED",
    });
    expect(words).toHaveLength(1);
    expect(results).toMatchObject([{ result: "already", answer: { id: 7, version: 3 } }]);
  });

  test("reads once more if it was changed meanwhile, and says so if it is gone", () => {
    const state = { state: "RESOLVED" };
    const again = change([ok(stands), outOfDate, ok({ ...stands, version: 4 }), ok(stands)], state);
    expect(again.bodies[3]).toMatchObject({ version: 4 });
    expect(change([gone], state).results).toMatchObject([{ result: "rejected", status: 404 }]);
  });

  test("needs something to change", () => {
    expect(actionCatalogue.refuseValues("change-comment", given)).toHaveLength(1);
    expect(actionCatalogue.refuseValues("change-comment", { ...given, threadResolved: false })).toEqual([]);
  });
});

test("deleting names the version, and a comment that is gone is deleted already", () => {
  const remove = (...answers: SendAnswer[]) =>
    play(answers, { kind: "new" }, { ...pull, comment: 7 }, "delete-comment");
  const { words, results } = remove(ok(stands), ok(null, 204));
  expect(words).toEqual([`GET ${comments}/7`, `DELETE ${comments}/7?version=3`]);
  expect(results).toEqual([{ result: "sent", status: 204, answer: { id: 7 } }]);
  expect(remove(gone).results).toEqual([{ result: "already", answer: { id: 7 } }]);
});

test.each([
  [{ line: 3 }, ["path"]],
  [{ path: "a.ts", lineType: "ADDED" }, ["lineType"]],
  [{ path: "a.ts", parent: 4 }, []],
  [{ lineType: "ADDED", parent: 4 }, []],
  [{ path: "a.ts", line: 3, fileType: "TO" }, []],
])("the place %j is judged before sending", (place, fields) => {
  const problems = actionCatalogue.refuseValues("commit-comment", { ...values, ...place });
  expect(problems.map(({ field }) => field)).toEqual(fields);
});
