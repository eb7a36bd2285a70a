import type { Values } from "@/lib/connectors/action";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { type CommentPlace, commentSender } from "./comment-sender";
import { asObject, unknown } from "./machine";
import { commitPath, get, given, placePath, pullRequestPath, segment } from "./paths";

/** The side of the diff on which removed lines stand is the old one. A reply stands where its comment does. */
function anchorOf({ parent, path, line, lineType, fileType }: Values): JsonObject | undefined {
  if (parent !== undefined || path === undefined) return undefined;
  if (line === undefined) return { path };
  const type = lineType ?? "ADDED";
  return { path, line, lineType: type, fileType: fileType ?? (type === "REMOVED" ? "FROM" : "TO") };
}

const onPullRequest = (collection: string): CommentPlace => ({
  path: ({ values }) => `${pullRequestPath(values)}/${collection}`,
  name: ({ values }) => `${placePath(values)}/pull-requests/${segment(values.pullRequest)}`.slice(0, 300),
  page: ({ values }, id) =>
    `${placePath(values)}/pull-requests/${segment(values.pullRequest)}/overview?commentId=${id}`,
  body: ({ values }) =>
    given({
      parent: values.parent === undefined ? undefined : { id: values.parent },
      anchor: anchorOf(values),
      severity: values.severity,
    }),
  list: ({ values }, start) => get(`${pullRequestPath(values)}/activities`, { start, limit: 500 }),
  // Activities name the comment at the top of a thread, with all replies.
  commentsIn: ({ comment, commentAction }) => (commentAction === "DELETED" ? [] : [asObject(comment)]),
});

export const pullRequestCommentSender = commentSender(onPullRequest("comments"));

/** A task is a comment that blocks the merge. */
export const pullRequestTaskSender = commentSender(onPullRequest("blocker-comments"));

export const commitCommentSender = commentSender({
  path: ({ values }) => `${commitPath(values)}/comments`,
  name: ({ values }) => `${placePath(values)}/commits/${segment(values.commit)}`.slice(0, 300),
  page: ({ values }, id) => `${placePath(values)}/commits/${segment(values.commit)}?commentId=${id}`,
  body: ({ values }) =>
    given({
      parent: values.parent === undefined ? undefined : { id: values.parent },
      anchor: anchorOf(values),
    }),
  // Without a path, servers answer 400: https://github.com/b1ff/atlassian-dc-mcp/pull/51
  list: ({ values: { path, ...values } }, start) =>
    get(`${commitPath(values)}/comments`, {
      start,
      limit: 1000,
      ...(typeof path === "string" ? { path } : {}),
    }),
  commentsIn: (comment) => [comment],
  unlisted: unknown(
    "The connection broke after an earlier sending, and the server lists a commit’s comments per file only.",
    "Look at the commit in Bitbucket. Map “File”, so that this is found out by itself.",
  ),
});
