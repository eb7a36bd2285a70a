import { defineAction, field } from "./definition";
import { groupNames, pullRequestFields } from "./shared";

export const mergePullRequest = defineAction({
  id: "merge-pull-request",
  label: "Merge a pull request",
  group: groupNames.pullRequests,
  note: "Merges an open pull request. The server’s merge checks count; one with conflicts is rejected.",
  right: "Write access to the repository, as a person: API keys cannot merge, so sign in with a password",
  needs: "write",
  fields: [
    ...pullRequestFields,
    field("commit", "Expected commit", "text", {
      hint: "It is merged only while its branch ends at this commit. The full id, 40 hexadecimal characters.",
      pattern: { source: "[0-9a-fA-F]{40}", words: "A commit’s full id has 40 hexadecimal characters." },
      columns: ["from_commit", "latest_commit"],
    }),
    field("message", "Message", "lines", { hint: "Of the merge commit.", longest: 32_000 }),
    field("strategy", "Merge strategy", "choice", {
      hint: "The repository’s own, if not sent.",
      choices: ["no-ff", "ff", "ff-only", "rebase-no-ff", "rebase-ff-only", "squash", "squash-ff-only"],
    }),
  ],
  matchKey: ["project", "repository", "pullRequest"],
  danger: "merge",
  target: ["project", "repository", "pullRequest"],
});

export const declinePullRequest = defineAction({
  id: "decline-pull-request",
  label: "Decline a pull request",
  group: groupNames.pullRequests,
  note: "Declines an open pull request.",
  right: "Read access to the repository",
  needs: "read",
  fields: pullRequestFields,
  matchKey: ["project", "repository", "pullRequest"],
  danger: "decline",
  target: ["project", "repository", "pullRequest"],
});

export const reopenPullRequest = defineAction({
  id: "reopen-pull-request",
  label: "Reopen a pull request",
  group: groupNames.pullRequests,
  note: "Opens a declined pull request again.",
  right: "Read access to the repository",
  needs: "read",
  fields: pullRequestFields,
  matchKey: ["project", "repository", "pullRequest"],
  target: ["project", "repository", "pullRequest"],
});
