import { describe, expect, test } from "vitest";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import { inTurn, inWords, missing, ok, page, playAction, rejection } from "@/lib/testing/play-action";

const place = { project: "SHOP", repository: "storefront" };
const base = "/rest/api/1.0/projects/SHOP/repos/storefront/pull-requests";
const commits = base.replace("pull-requests", "commits");
const differing = page({ id: "4f4b0ef1714a5b6cafdaf2f53c7f5f5b38fb9348" });
const repositoryOf = (slug: string, key: string) => ({ slug, id: 1, project: { key, id: 2 } });
const store = repositoryOf("storefront", "SHOP");

const pull = (more = {}) => ({
  ...{ id: 7, version: 3, title: "Basket", description: "One\r\nTwo", state: "OPEN", draft: false },
  fromRef: { id: "refs/heads/feature/basket", repository: store },
  toRef: { id: "refs/heads/main", repository: store },
  author: { user: { name: "jane", slug: "jane" } },
  reviewers: [{ user: { name: "Jim", slug: "jim" }, status: "UNAPPROVED" }],
  participants: [],
  links: { self: [{ href: "https://git.example/pull-requests/7" }] },
  ...more,
});

describe("opening a pull request", () => {
  const values = { ...place, from: "feature/basket", to: "refs/heads/main", title: "Basket" };

  test("an open one between the branches is looked for first", () => {
    const { calls, results } = playAction(
      "pull-request",
      { ...values, description: "Text", reviewers: ["jim"], draft: true },
      inTurn(
        page(pull({ toRef: { id: "refs/heads/next", repository: store } })),
        differing,
        ok(pull({ id: 8 }), 201),
      ),
    );
    expect(calls.map(({ call }) => inWords(call))).toEqual([
      `GET ${base}?state=OPEN&direction=OUTGOING&at=refs%2Fheads%2Ffeature%2Fbasket&limit=1000&start=0`,
      `GET ${commits}?until=refs%2Fheads%2Ffeature%2Fbasket&since=refs%2Fheads%2Fmain&limit=1`,
      `POST ${base}`,
    ]);
    const repository = { slug: "storefront", project: { key: "SHOP" } };
    expect(calls[2]?.call.body).toEqual({
      ...{ title: "Basket", description: "Text", draft: true, reviewers: [{ user: { name: "jim" } }] },
      fromRef: { id: "refs/heads/feature/basket", repository },
      toRef: { id: "refs/heads/main", repository },
    });
    expect(results).toEqual([
      {
        ...{ result: "sent", status: 201 },
        answer: { id: 8, version: 3, state: "OPEN", url: "https://git.example/pull-requests/7" },
      },
    ]);
  });

  test("one that stands is already there, whatever the case of its address", () => {
    const shouting = { ...values, project: "shop", repository: "StoreFront" };
    const { results } = playAction("pull-request", shouting, inTurn(page(pull())));
    expect(results).toMatchObject([{ result: "already", answer: { id: 7 } }]);
  });

  test("the server's word that one stands counts as well", () => {
    const duplicate = rejection(409, "pull.DuplicatePullRequestException", "Only one may be open.", {
      existingPullRequest: pull({ id: 9 }),
    });
    const { results } = playAction("pull-request", values, inTurn(page(), differing, duplicate));
    expect(results).toMatchObject([{ result: "already", answer: { id: 9 } }]);
  });

  test("branches that are missing or the same are found out in a dry run too", () => {
    const noBranch = missing("commit.NoSuchCommitException", "Commit 'refs/heads/main' does not exist.");
    expect(playAction("pull-request", values, inTurn(page(), noBranch)).results).toMatchObject([
      {
        result: "rejected",
        status: 404,
        problems: [{ message: "Commit 'refs/heads/main' does not exist." }],
      },
    ]);
    expect(playAction("pull-request", values, inTurn(page(), page())).results).toMatchObject([
      { result: "rejected", problems: [{ message: "main has all changes of feature/basket already." }] },
    ]);
  });

  test("from a fork it is looked for there, and not mixed up with one of the repository itself", () => {
    const fork = { ...values, fromProject: "~jane", fromRepository: "storefront-fork" };
    const { calls, results } = playAction("pull-request", fork, inTurn(page(pull()), ok(pull(), 201)));
    expect(calls[0]?.call.path).toBe("/rest/api/1.0/projects/~jane/repos/storefront-fork/pull-requests");
    expect(calls[1]?.call.path).toBe(base);
    expect(calls[1]?.call.body).toMatchObject({
      fromRef: { repository: { slug: "storefront-fork", project: { key: "~jane" } } },
    });
    expect(results).toMatchObject([{ result: "sent" }]);
  });

  test("drafts are sent to servers that have them", () => {
    const old = { context: { serverVersion: "8.17.9" } };
    const draft = (isDraft: boolean) => ({ ...values, draft: isDraft });
    expect(playAction("pull-request", draft(true), inTurn(), old).results).toMatchObject([
      {
        result: "rejected",
        problems: [{ message: "This server has no drafts: they came with Bitbucket 8.18." }],
      },
    ]);
    const { calls } = playAction(
      "pull-request",
      draft(false),
      inTurn(page(), differing, ok(pull(), 201)),
      old,
    );
    expect(calls[2]?.call.body).not.toHaveProperty("draft");
  });

  describe("with other values than the last time", () => {
    const past = { kind: "sent", answer: { id: 7 } } as const;
    const changed = { ...values, title: "Basket, again" };

    test("changes the one that was opened", () => {
      const { calls, results } = playAction("pull-request", changed, inTurn(ok(pull()), ok(pull())), {
        past,
      });
      expect(calls.map(({ call }) => inWords(call))).toEqual([`GET ${base}/7`, `PUT ${base}/7`]);
      expect(calls[1]?.call.body).toMatchObject({ version: 3, title: "Basket, again" });
      expect(results).toMatchObject([{ result: "sent" }]);
    });

    test.each([
      ["was merged", pull({ state: "MERGED" }), "Pull request 7, opened earlier for this record, is merged."],
      [
        "comes from another branch",
        pull({ fromRef: { id: "refs/heads/x", repository: store } }),
        "Pull request 7 was opened from another branch.",
      ],
    ])("is rejected if that one %s", (_name, found, message) => {
      const { results } = playAction("pull-request", changed, inTurn(ok(found)), { past });
      expect(results).toMatchObject([{ result: "rejected", problems: [{ message }] }]);
    });

    test("opens a new one if that one was deleted", () => {
      const gone = missing("pull.NoSuchPullRequestException");
      const answers = inTurn(gone, page(), differing, ok(pull({ id: 8 }), 201));
      expect(playAction("pull-request", changed, answers, { past }).results).toMatchObject([
        { result: "sent", answer: { id: 8 } },
      ]);
    });
  });
});

describe("changing a pull request", () => {
  const values = { ...place, pullRequest: 7 };
  const change = (more: Record<string, string | boolean | string[]>, ...answers: readonly SendAnswer[]) =>
    playAction("change-pull-request", { ...values, ...more }, inTurn(...answers));

  test("what is not mapped stays, reviewers too", () => {
    const { calls, results } = change({ description: "New" }, ok(pull()), ok(pull({ version: 4 })));
    expect(calls[1]?.call.body).toEqual({
      ...{ version: 3, title: "Basket", description: "New", draft: false },
      reviewers: [{ user: { name: "Jim" } }],
    });
    expect(results).toMatchObject([{ result: "sent", answer: { version: 4 } }]);
  });

  test("the target is sent if it is another one", () => {
    const { calls } = change({ target: "next", title: "T" }, ok(pull()), ok(pull()));
    expect(calls[1]?.call.body).toMatchObject({
      title: "T",
      toRef: { id: "refs/heads/next", repository: { slug: "storefront", project: { key: "SHOP" } } },
    });
  });

  test("one that is as wanted is already there", () => {
    const same = {
      title: "Basket",
      description: "One\nTwo",
      reviewers: ["jim"],
      target: "main",
      draft: false,
    };
    const { calls, results } = change(same, ok(pull()));
    expect(calls.length).toBe(1);
    expect(results).toMatchObject([{ result: "already" }]);
  });

  const outOfDate = rejection(409, "pull.PullRequestOutOfDateException", "It was changed.", {
    ...{ currentVersion: 4, expectedVersion: 3 },
    pullRequest: pull({ version: 4 }),
  });

  test("one that was changed meanwhile is read again, and changed once more", () => {
    const { calls, results } = change(
      { title: "T" },
      ok(pull()),
      outOfDate,
      ok(pull({ version: 4, description: "Theirs" })),
      ok(pull({ version: 5 })),
    );
    expect(calls[3]?.call.body).toMatchObject({ version: 4, title: "T", description: "Theirs" });
    expect(results).toMatchObject([{ result: "sent" }]);
  });

  test("but not a third time", () => {
    const { calls, results } = change({ title: "T" }, ok(pull()), outOfDate, ok(pull()), outOfDate);
    expect(calls.length).toBe(4);
    expect(results).toMatchObject([{ result: "rejected", status: 409 }]);
  });

  test("closed ones are left as they are", () => {
    expect(change({ title: "T" }, ok(pull({ state: "DECLINED" }))).results).toMatchObject([
      { result: "rejected", problems: [{ message: "The pull request is declined." }] },
    ]);
  });
});
