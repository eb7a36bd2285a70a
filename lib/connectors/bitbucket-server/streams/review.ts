import type { JsonObject } from "@/lib/connectors/stream-reader";
import { changeDrops, changeSources, commitDrops, commitSources } from "./code";
import { define } from "./definition";
import { ofPullRequest, ofReview, state } from "./pull-request-parts";
import { isObject, listIn, ofRepository, pullRequestPath, url, user, userDrops } from "./shared";

function countOf(status: string): (item: JsonObject) => number {
  return (item) => listIn(item, "reviewers").filter((one) => isObject(one) && one.status === status).length;
}

/** A reviewer or participant without what the stream of participants has. */
function briefly(name: string): (item: JsonObject) => unknown {
  return (item) =>
    listIn(item, name).flatMap((one) => {
      if (!isObject(one)) return [];
      const who = isObject(one.user) ? one.user : {};
      return [{ id: who.id, name: who.name, status: one.status, approved: one.approved }];
    });
}

export const pullRequests = define(
  {
    ...ofReview,
    id: "pull-requests",
    label: "Pull requests",
    note: "One record for each pull request, with author, branches and reviewers.",
    parameters: [state],
    key: ["repository_id", "id"],
    mode: "incremental",
  },
  {
    level: "repository",
    way: "pull-requests",
    lists: [],
    // Their parent is the repository: where one answer holds all, those that are missing were deleted.
    parent: [],
    sources: [
      ...ofRepository,
      ["id", "int", "id"],
      ["version", "int", "version"],
      ["title", "text", "title"],
      ["description", "text", "description"],
      ["state", "text", "state"],
      ["open", "bool", "open"],
      ["closed", "bool", "closed"],
      ["locked", "bool", "locked"],
      ["draft", "bool", "draft"],
      ["created_at", "timestamp", "createdDate"],
      ["updated_at", "timestamp", "updatedDate"],
      ["closed_at", "timestamp", "closedDate"],
      ...user("author", "author.user"),
      ...user("creator", "creator.user"),
      ["from_ref", "text", "fromRef.id"],
      ["from_commit", "text", "fromRef.latestCommit"],
      ["from_repository_id", "int", "fromRef.repository.id"],
      ["from_project_key", "text", "fromRef.repository.project.key"],
      ["from_repository_slug", "text", "fromRef.repository.slug"],
      ["to_ref", "text", "toRef.id"],
      ["to_commit", "text", "toRef.latestCommit"],
      ["to_repository_id", "int", "toRef.repository.id"],
      ["reviewers", "json", briefly("reviewers")],
      ["participants", "json", briefly("participants")],
      ["reviewer_count", "int", (item) => listIn(item, "reviewers").length],
      ["approved_count", "int", countOf("APPROVED")],
      ["needs_work_count", "int", countOf("NEEDS_WORK")],
      ["comment_count", "int", "properties.commentCount"],
      ["open_task_count", "int", "properties.openTaskCount"],
      ["merge_commit", "text", "properties.mergeCommit.id"],
      url,
    ],
    drops: [
      ...["descriptionAsHtml", "htmlDescription", "links", "reviewers", "participants", "author", "creator"],
      ...["fromRef", "toRef", "properties.mergeCommit"],
    ],
  },
);

/** The author, the one who opened it, reviewers and participants of a pull request; each user once. */
function participantsOf(item: JsonObject): readonly JsonObject[] {
  const all = [item.author, item.creator, ...listIn(item, "reviewers"), ...listIn(item, "participants")];
  const found = new Map<unknown, JsonObject>();
  for (const one of all) {
    if (!isObject(one)) continue;
    const who = isObject(one.user) ? one.user.id : undefined;
    if (!found.has(who)) found.set(who, { ...one, pullRequestId: item.id });
  }
  return [...found.values()];
}

export const participants = define(
  {
    ...ofReview,
    id: "pull-request-participants",
    label: "Pull request participants",
    note: "Author, reviewers and participants of each pull request, with their votes.",
    parameters: [state],
    key: ["repository_id", "pr_id", "user_id"],
    mode: "incremental",
  },
  {
    level: "repository",
    // They stand in the list of pull requests, so they cost no requests of their own.
    way: "pull-requests",
    lists: [],
    explode: participantsOf,
    parent: ["pr_id"],
    sources: [
      ...ofRepository,
      ["pr_id", "int", "pullRequestId"],
      ...user("user", "user"),
      ["role", "text", "role"],
      ["status", "text", "status"],
      ["approved", "bool", "approved"],
      ["last_reviewed_commit", "text", "lastReviewedCommit"],
    ],
    drops: userDrops("user"),
  },
);

export const pullRequestCommits = define(
  {
    ...ofReview,
    id: "pull-request-commits",
    label: "Pull request commits",
    note: "The commits of each pull request. One request for each that changed.",
    parameters: [state],
    key: ["repository_id", "pr_id", "commit_id"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "pull-requests",
    lists: [{ path: `${pullRequestPath}/commits` }],
    parent: ["pr_id"],
    sources: [
      ...ofPullRequest,
      ["commit_id", "text", "id"],
      ...commitSources.filter(([name]) => name !== "id"),
    ],
    drops: commitDrops,
  },
);

export const pullRequestChanges = define(
  {
    ...ofReview,
    id: "pull-request-changes",
    label: "Pull request changes",
    note: "The files that each pull request changes. One request for each that changed.",
    parameters: [state],
    key: ["repository_id", "pr_id", "path"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "pull-requests",
    lists: [{ path: `${pullRequestPath}/changes`, query: { changeScope: "ALL", withComments: "false" } }],
    parent: ["pr_id"],
    isCapped: true,
    sources: [...ofPullRequest, ...changeSources],
    drops: changeDrops,
  },
);
