import { expect, test } from "vitest";
import { actionCatalogueOf, findAction } from "@/lib/connectors/action-catalogues";
import { streamsOf } from "@/lib/connectors/stream-catalogues";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { mapRecord } from "./map-record";
import { suggestMapping, suggestMatchKey } from "./suggest";

const kind = "bitbucket-server";

function suggested(actionId: string, streamId: string) {
  const action = findAction(kind, actionId);
  const stream = streamsOf(kind).find(({ id }) => id === streamId);
  if (!action || !stream) throw new Error(`no ${actionId} or ${streamId}`);
  const mapping = suggestMapping(action, stream.columns);
  const columns = Object.fromEntries(
    Object.entries(mapping).map(([name, one]) => [name, one.from === "column" ? one.column : null]),
  );
  const map = (data: JsonObject) => {
    const matchKey = suggestMatchKey(action, mapping, true);
    const writing = { action: actionId, mapping, matchKey, allows: [] };
    return mapRecord(actionCatalogueOf(kind), action, writing, { key: "1", data });
  };
  return { columns, map };
}

const repository = { project: "project_key", repository: "repository_slug" };

test.each([
  ["delete-branch", "branches", { ...repository, name: "display_id", commit: "latest_commit" }],
  ["tag", "commits", { ...repository, name: "display_id", startPoint: "id", message: "message" }],
  ["merge-pull-request", "pull-requests", { ...repository, pullRequest: "id", commit: "from_commit" }],
  [
    "review-pull-request",
    "pull-request-participants",
    { ...repository, pullRequest: "pr_id", status: "status" },
  ],
  ["add-reviewer", "pull-request-participants", { ...repository, pullRequest: "pr_id", user: "user_name" }],
  ["label", "labels", { ...repository, name: "name" }],
])("%s is filled from the data set %s", (action, stream, expected) => {
  expect(suggested(action, stream).columns).toEqual(expected);
});

test("a pull request as it was read is mapped to itself, reviewers by their names", () => {
  const { columns, map } = suggested("change-pull-request", "pull-requests");
  expect(columns).toMatchObject({ target: "to_ref", reviewers: "reviewers", title: "title", draft: "draft" });
  const data = {
    ...{ project_key: "SHOP", repository_slug: "storefront", id: 7, title: "Basket", draft: false },
    to_ref: "refs/heads/main",
    reviewers: [{ id: 2, name: "jim", status: "APPROVED", approved: true }],
  };
  expect(map(data)).toMatchObject({
    ok: true,
    values: { pullRequest: 7, target: "refs/heads/main", reviewers: ["jim"], draft: false },
  });
  expect(map({ ...data, reviewers: [{ id: 2 }] })).toMatchObject({
    ok: false,
    problems: [{ field: "reviewers", message: "“Reviewers” must be a list of texts." }],
  });
});
