import type { Problem, Values } from "@/lib/connectors/action";
import { type ActionDefinition, defineAction, field, required } from "./definition";
import { commitField, groupNames, pullRequestFields, repositoryFields } from "./shared";

const reading = "Read access to the repository";

const text = required("text", "Text", "lines", {
  hint: "Markdown. A hidden line marks the comment, so that it is never written twice.",
  longest: 32_000,
  columns: ["comment", "message", "body", "description"],
});

const parent = field("parent", "Reply to", "int", {
  hint: "The number of the comment that this one answers. It stands where that one does: File and Line do not count.",
  least: 1,
  columns: ["parent_id", "parentId"],
});

const severity = field("severity", "Severity", "choice", {
  hint: "BLOCKER makes it a task, which has to be resolved before the merge.",
  choices: ["NORMAL", "BLOCKER"],
});

const anchorFields = [
  field("path", "File", "text", {
    hint: "The file’s path in the repository, for a comment on a file.",
    longest: 5_000,
    columns: ["file", "anchor_path"],
  }),
  field("line", "Line", "int", {
    hint: "The line in that file.",
    least: 1,
    columns: ["anchor_line", "lineNumber"],
  }),
  field("lineType", "Line type", "choice", {
    hint: "What the change did to the line; ADDED if left out.",
    choices: ["ADDED", "REMOVED", "CONTEXT"],
    columns: ["anchor_line_type"],
  }),
  field("fileType", "File side", "choice", {
    hint: "FROM is the file before the change, TO after it; as the line type needs if left out.",
    choices: ["FROM", "TO"],
    columns: ["anchor_file_type"],
  }),
] as const;

function refuseAnchor(values: Values): Problem[] {
  const problems: Problem[] = [];
  const has = (name: string) => values[name] !== undefined;
  // A reply stands where its comment does, so nothing about its place can be wrong.
  if (has("parent")) return problems;
  if (has("line") && !has("path")) {
    problems.push({ field: "path", message: "“File” is required for a comment on a line." });
  }
  for (const [name, label] of [
    ["lineType", "Line type"],
    ["fileType", "File side"],
  ] as const) {
    if (has(name) && !has("line")) {
      problems.push({ field: name, message: `“${label}” says nothing without “Line”.` });
    }
  }
  return problems;
}

export const pullRequestComment: ActionDefinition = defineAction({
  id: "pull-request-comment",
  label: "Pull request comment",
  group: groupNames.pullRequests,
  note: "A comment on a pull request, on one of its files or lines, or in reply to another.",
  right: reading,
  needs: "read",
  ownedByAuthor: "comments",
  fields: [...pullRequestFields, text, parent, ...anchorFields, severity],
  matchKey: "record",
  target: ["project", "repository", "pullRequest"],
  refuse: refuseAnchor,
});

export const pullRequestTask: ActionDefinition = defineAction({
  id: "pull-request-task",
  label: "Pull request task",
  group: groupNames.pullRequests,
  note: "A comment that has to be resolved before the pull request can be merged.",
  right: reading,
  needs: "read",
  ownedByAuthor: "comments",
  since: "7.2",
  fields: [...pullRequestFields, text, parent, ...anchorFields],
  matchKey: "record",
  target: ["project", "repository", "pullRequest"],
  refuse: refuseAnchor,
});

const commentNumber = required("comment", "Comment", "int", {
  hint: "The comment’s number.",
  least: 1,
  columns: ["comment_id", "commentId", "id"],
});

export const changeComment: ActionDefinition = defineAction({
  id: "change-comment",
  label: "Change a comment",
  group: groupNames.pullRequests,
  note: "Edits a comment of a pull request or a task, resolves it, or opens it again.",
  right: "Read access to the repository; for the text, the comment must be the account’s own",
  needs: "read",
  ownedByAuthor: "comments",
  fields: [
    ...pullRequestFields,
    commentNumber,
    field("text", "Text", "lines", {
      hint: "The new text, in Markdown.",
      longest: 32_000,
      columns: ["body", "message"],
    }),
    severity,
    field("state", "State", "choice", {
      hint: "RESOLVED or OPEN, for a task.",
      choices: ["OPEN", "RESOLVED"],
    }),
    field("threadResolved", "Thread resolved", "bool", {
      hint: "Resolves the whole thread, or opens it again.",
      columns: ["thread_resolved"],
    }),
  ],
  matchKey: ["project", "repository", "pullRequest", "comment"],
  target: ["project", "repository", "pullRequest"],
  refuse: (values) =>
    ["text", "severity", "state", "threadResolved"].some((name) => values[name] !== undefined)
      ? []
      : [
          {
            field: null,
            message: "Nothing is to be changed: “Text”, “Severity”, “State” and “Thread resolved” are empty.",
          },
        ],
});

export const deleteComment: ActionDefinition = defineAction({
  id: "delete-comment",
  label: "Delete a comment",
  group: groupNames.pullRequests,
  note: "Deletes a comment of a pull request for good. One with replies stays.",
  right: "The comment must be the account’s own, or the account must administer the repository",
  needs: "read",
  ownedByAuthor: "comments",
  danger: "delete",
  fields: [...pullRequestFields, commentNumber],
  matchKey: ["project", "repository", "pullRequest", "comment"],
  target: ["project", "repository", "pullRequest"],
});

export const commitComment: ActionDefinition = defineAction({
  id: "commit-comment",
  label: "Commit comment",
  group: groupNames.code,
  note: "A comment on a commit, or on one of its files or lines.",
  right: reading,
  needs: "read",
  ownedByAuthor: "comments",
  fields: [...repositoryFields, commitField, text, parent, ...anchorFields],
  matchKey: "record",
  target: ["project", "repository", "commit"],
  refuse: refuseAnchor,
});
