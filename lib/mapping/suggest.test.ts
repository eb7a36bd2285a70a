import { describe, expect, test } from "vitest";
import { findAction } from "@/lib/connectors/action-catalogues";
import { catalogueOf } from "@/lib/connectors/stream-catalogues";
import type { Column } from "@/lib/connectors/streams";
import { suggestMapping, suggestMatchKey } from "./suggest";

function suggested(actionId: string, columns: readonly Column[]) {
  const action = findAction("bitbucket-server", actionId);
  if (!action) throw new Error(`no action ${actionId}`);
  const mapping = suggestMapping(action, columns);
  return Object.fromEntries(
    Object.entries(mapping).map(([name, from]) => [name, from.from === "column" ? from.column : from]),
  );
}

const ofStream = (id: string) =>
  catalogueOf("bitbucket-server").streams.find((one) => one.id === id)?.columns ?? [];
const text = (...names: string[]): Column[] => names.map((name) => ({ name, type: "text" }));

describe("Suggested columns of a pull request comment", () => {
  test("from pull requests: their own id is the pull request", () => {
    expect(suggested("pull-request-comment", ofStream("pull-requests"))).toMatchObject({
      project: expect.stringMatching(/project_key$/),
      repository: expect.stringMatching(/repository_slug$/),
      pullRequest: "id",
    });
  });

  test("from comments: pr_id is the pull request, and id is not", () => {
    expect(suggested("pull-request-comment", ofStream("pull-request-comments"))).toMatchObject({
      pullRequest: "pr_id",
      text: "text",
    });
  });

  test("from repositories: their id is no pull request, since their slug is the repository", () => {
    const mapping = suggested("pull-request-comment", ofStream("repositories"));
    expect(mapping).toMatchObject({ project: "project_key", repository: "slug" });
    expect(mapping).not.toHaveProperty("pullRequest");
  });

  test("from commits: their id is a text, and no pull request", () => {
    expect(suggested("pull-request-comment", ofStream("commits"))).not.toHaveProperty("pullRequest");
  });

  test("from a file: by label and like names, of types that fit", () => {
    const columns: Column[] = [
      ...text("Project", "REPOSITORY", "Pull Request", "Comment"),
      { name: "line", type: "json" },
    ];
    expect(suggested("pull-request-comment", columns)).toEqual({
      project: "Project",
      repository: "REPOSITORY",
      pullRequest: "Pull Request",
      text: "Comment",
    });
  });
});

describe("The suggested match key", () => {
  const action = findAction("bitbucket-server", "pull-request-comment");
  const mapping = {
    text: { from: "column", column: "t" },
    project: { from: "constant", value: "P" },
  } as const;

  test("is the record's own, and for a file all mapped fields", () => {
    if (!action) throw new Error("no action");
    const own = { ...action, matchKey: "record" as const };
    expect(suggestMatchKey(own, mapping, true)).toEqual({ kind: "record" });
    expect(suggestMatchKey(own, mapping, false)).toEqual({ kind: "fields", fields: ["project", "text"] });
    const fields = { ...action, matchKey: ["project", "line"] };
    expect(suggestMatchKey(fields, mapping, true)).toEqual({ kind: "fields", fields: ["project"] });
  });
});
