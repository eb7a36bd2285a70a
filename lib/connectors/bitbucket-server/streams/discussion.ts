import type { JsonObject } from "@/lib/connectors/stream-reader";
import { commentsOf, tasksOf } from "./comments";
import { type ColumnSource, define } from "./definition";
import { ofPullRequest, ofReview, state } from "./pull-request-parts";
import { filePath, isObject, pullRequestPath, user, userDrops } from "./shared";

export const activities = define(
  {
    ...ofReview,
    id: "pull-request-activities",
    label: "Pull request activities",
    note: "What happened on each pull request. One request for each that changed.",
    parameters: [state],
    key: ["repository_id", "id"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "pull-requests",
    lists: [{ path: `${pullRequestPath}/activities`, most: 500 }],
    parent: ["pr_id"],
    sources: [
      ...ofPullRequest,
      ["id", "int", "id"],
      ["action", "text", "action"],
      ["created_at", "timestamp", "createdDate"],
      ...user("user", "user"),
      ["comment_action", "text", "commentAction"],
      ["comment_id", "int", "comment.id"],
      ["from_hash", "text", "fromHash"],
      ["to_hash", "text", "toHash"],
      ["previous_from_hash", "text", "previousFromHash"],
      ["previous_to_hash", "text", "previousToHash"],
      ["commits_added", "int", "added.total"],
      ["commits_removed", "int", "removed.total"],
      ["merge_commit", "text", "commit.id"],
      ["added_reviewers", "json", "addedReviewers"],
      ["removed_reviewers", "json", "removedReviewers"],
      ["detail", "json", detailOf],
    ],
    drops: [
      ...userDrops("user"),
      ...["comment", "commentAnchor", "diff", "added", "removed", "commit", "participant"],
    ],
  },
);

/** The rest that belongs to an action: where a comment stands, who voted; without the text of the code. */
function detailOf({ commentAnchor, participant, added, removed, commit }: JsonObject): unknown {
  const detail = { commentAnchor, participant, added, removed, commit };
  return Object.values(detail).some((value) => value !== undefined) ? detail : undefined;
}

const commentSources: readonly ColumnSource[] = [
  ...ofPullRequest,
  ["id", "int", "id"],
  ["version", "int", "version"],
  ["parent_id", "int", "parentId"],
  ["root_id", "int", "rootId"],
  ["depth", "int", "depth"],
  ["text", "text", "text"],
  ...user("author", "author"),
  ["created_at", "timestamp", "createdDate"],
  ["updated_at", "timestamp", "updatedDate"],
  ["severity", "text", "severity"],
  ["state", "text", "state"],
  ["resolved_at", "timestamp", "resolvedDate"],
  ...user("resolver", "resolver"),
  ["thread_resolved", "bool", "threadResolved"],
  ["anchor_path", "text", (item) => filePath(anchorOf(item).path)],
  ["anchor_src_path", "text", (item) => filePath(anchorOf(item).srcPath)],
  ["anchor_line", "int", (item) => anchorOf(item).line],
  ["anchor_line_type", "text", (item) => anchorOf(item).lineType],
  ["anchor_file_type", "text", (item) => anchorOf(item).fileType],
  ["anchor_diff_type", "text", (item) => anchorOf(item).diffType],
  ["anchor_from_hash", "text", (item) => anchorOf(item).fromHash],
  ["anchor_to_hash", "text", (item) => anchorOf(item).toHash],
];

function anchorOf({ anchor }: JsonObject): JsonObject {
  return isObject(anchor) ? anchor : {};
}

const commentDrops = [
  ...["comments", "tasks", "anchor", "parent", "permittedOperations", "properties.repositoryId"],
  ...[...userDrops("author"), ...userDrops("resolver")],
];

export const comments = define(
  {
    ...ofReview,
    id: "pull-request-comments",
    label: "Pull request comments",
    note: "Comments, replies and tasks. One request for each pull request that changed.",
    parameters: [state],
    key: ["repository_id", "id"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "pull-requests",
    lists: [{ path: `${pullRequestPath}/activities`, most: 500 }],
    explode: commentsOf,
    // An activity may show a reply by itself, without its place in the thread.
    prefer: "depth",
    parent: ["pr_id"],
    sources: commentSources,
    drops: commentDrops,
  },
);

export const tasks = define(
  {
    ...ofReview,
    id: "pull-request-tasks",
    label: "Pull request tasks",
    note: "Comments that block merging, resolved ones too. One request for each pull request that changed.",
    parameters: [state],
    key: ["repository_id", "id"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "pull-requests",
    lists: [{ path: `${pullRequestPath}/activities`, most: 500 }],
    explode: tasksOf,
    prefer: "depth",
    parent: ["pr_id"],
    sources: commentSources,
    drops: commentDrops,
  },
);
