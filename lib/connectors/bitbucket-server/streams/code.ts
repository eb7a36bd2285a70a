import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { StreamParameter } from "@/lib/connectors/streams";
import { type ColumnSource, define } from "./definition";
import {
  allScopes,
  commitPath,
  filePath,
  filterParameter,
  groupNames,
  isObject,
  listIn,
  ofRepository,
  repositoryAdminRight,
  repositoryPath,
  repositoryRight,
  user,
  userDrops,
} from "./shared";

const refSources: readonly ColumnSource[] = [
  ["id", "text", "id"],
  ["display_id", "text", "displayId"],
  ["type", "text", "type"],
  ["latest_commit", "text", "latestCommit"],
];

export const defaultBranches = define(
  {
    id: "default-branches",
    label: "Default branches",
    group: groupNames.code,
    note: "The default branch of each repository; an empty repository has none.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: [],
    key: ["repository_id"],
    mode: "snapshot",
  },
  {
    level: "repository",
    lists: [{ path: `${repositoryPath}/branches/default`, one: true, isUnpaged: true }],
    sources: [...ofRepository, ...refSources],
    // The old name of the latest commit.
    drops: ["latestChangeset", "isDefault"],
  },
);

const filter = filterParameter("Names that contain", "Empty for all.");

export const branches = define(
  {
    id: "branches",
    label: "Branches",
    group: groupNames.code,
    note: "One record for each branch, with its newest commit.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: [filter],
    key: ["repository_id", "id"],
    mode: "snapshot",
  },
  {
    level: "repository",
    lists: [{ path: `${repositoryPath}/branches`, queryFrom: { filterText: "filter" } }],
    sources: [
      ...ofRepository,
      ...refSources,
      ["is_default", "bool", "isDefault"],
      ["metadata", "json", "metadata"],
    ],
    drops: ["latestChangeset"],
  },
);

export const tags = define(
  {
    id: "tags",
    label: "Tags",
    group: groupNames.code,
    note: "One record for each tag.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: [filter],
    key: ["repository_id", "id"],
    mode: "snapshot",
  },
  {
    level: "repository",
    lists: [{ path: `${repositoryPath}/tags`, queryFrom: { filterText: "filter" } }],
    sources: [...ofRepository, ...refSources, ["hash", "text", "hash"]],
    drops: ["latestChangeset"],
  },
);

const branchParameters: readonly StreamParameter[] = [
  {
    name: "branch",
    label: "Branch",
    hint: null,
    choices: [
      { value: "default", label: "The default branch" },
      { value: "all", label: "All branches" },
      { value: "named", label: "The branch with this name" },
    ],
    isRequired: true,
  },
  {
    name: "branchName",
    label: "Branch name",
    hint: "For “The branch with this name”. Repositories without it have no records.",
    choices: null,
    isRequired: false,
  },
];

function parentIds(item: JsonObject): readonly unknown[] {
  return listIn(item, "parents").flatMap((parent) => (isObject(parent) ? [parent.id] : []));
}

export const commitSources: readonly ColumnSource[] = [
  ["id", "text", "id"],
  ["display_id", "text", "displayId"],
  ["message", "text", "message"],
  ["author_name", "text", "author.name"],
  ["author_email", "text", "author.emailAddress"],
  ["author_id", "int", "author.id"],
  ["author_at", "timestamp", "authorTimestamp"],
  ["committer_name", "text", "committer.name"],
  ["committer_email", "text", "committer.emailAddress"],
  ["committer_id", "int", "committer.id"],
  ["committer_at", "timestamp", "committerTimestamp"],
  ["parent_ids", "text[]", parentIds],
  ["parent_count", "int", (item) => listIn(item, "parents").length],
];
/** What the server adds if it matched the author to a user is in the stream of users. */
export const commitDrops = [
  ...["parents", "links"],
  ...["author", "committer"].flatMap((who) =>
    ["displayName", "slug", "active", "type", "links", "avatarUrl"].map((field) => `${who}.${field}`),
  ),
];

export const commits = define(
  {
    id: "commits",
    label: "Commits",
    group: groupNames.code,
    note: "One record for each commit; later runs read what is new.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: branchParameters,
    key: ["repository_id", "id"],
    mode: "incremental",
  },
  {
    level: "repository",
    way: "commits",
    lists: [],
    sources: [...ofRepository, ...commitSources, ["branch", "text", "@branch"]],
    drops: commitDrops,
  },
);

/** Of a changed file, in a commit or a pull request. */
export const changeSources: readonly ColumnSource[] = [
  ["path", "text", (item) => filePath(item.path)],
  ["src_path", "text", (item) => filePath(item.srcPath)],
  ["type", "text", "type"],
  ["node_type", "text", "nodeType"],
  ["content_id", "text", "contentId"],
  ["from_content_id", "text", "fromContentId"],
  ["executable", "bool", "executable"],
  ["src_executable", "bool", "srcExecutable"],
  ["percent_unchanged", "int", "percentUnchanged"],
  ["conflict", "json", "conflict"],
  ["truncated", "bool", "@truncated"],
];
export const changeDrops = ["path", "srcPath", "links", "properties.gitChangeType"];

export const commitChanges = define(
  {
    id: "commit-changes",
    label: "Commit changes",
    group: groupNames.code,
    note: "One record for each file that a commit changed. One request for each commit.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: branchParameters,
    key: ["repository_id", "commit_id", "path"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "commits",
    lists: [{ path: `${commitPath}/changes`, query: { withComments: "false" } }],
    parent: ["commit_id"],
    isCapped: true,
    sources: [...ofRepository, ["commit_id", "text", "@parent"], ...changeSources],
    drops: changeDrops,
  },
);

export const commitPullRequests = define(
  {
    id: "commit-pull-requests",
    label: "Commit pull requests",
    group: groupNames.code,
    note: "Which pull requests contain a commit. One request for each commit.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: branchParameters,
    key: ["repository_id", "commit_id", "pr_id"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "commits",
    lists: [{ path: `${commitPath}/pull-requests` }],
    parent: ["commit_id"],
    sources: [
      ...ofRepository,
      ["commit_id", "text", "@parent"],
      ["pr_id", "int", "id"],
      ["title", "text", "title"],
      ["state", "text", "state"],
      ["created_at", "timestamp", "createdDate"],
      ["updated_at", "timestamp", "updatedDate"],
      ["closed_at", "timestamp", "closedDate"],
      ["from_ref", "text", "fromRef.id"],
      ["to_ref", "text", "toRef.id"],
    ],
    // The stream of pull requests has all the rest.
    drops: [
      ...["version", "description", "descriptionAsHtml", "htmlDescription", "open", "closed", "locked"],
      ...["draft", "fromRef", "toRef", "author", "creator", "reviewers", "participants", "properties"],
      "links",
    ],
  },
);

export const refChanges = define(
  {
    id: "ref-changes",
    label: "Ref changes",
    group: groupNames.code,
    note: "One record for each push to a branch or tag; later runs read what is new.",
    right: repositoryAdminRight,
    since: null,
    scopes: allScopes,
    parameters: [
      {
        name: "ref",
        label: "Branch or tag",
        hint: "Such as refs/heads/main. Empty for all.",
        choices: null,
        isRequired: false,
      },
    ],
    key: ["repository_id", "id"],
    mode: "incremental",
  },
  {
    level: "repository",
    way: "newest-first",
    lists: [{ path: `${repositoryPath}/ref-change-activities`, queryFrom: { ref: "ref" } }],
    sources: [
      ...ofRepository,
      ["id", "int", "id"],
      ["created_at", "timestamp", "createdDate"],
      ...user("user", "user"),
      ["ref_id", "text", "refChange.refId"],
      ["ref_type", "text", "refChange.ref.type"],
      ["type", "text", "refChange.type"],
      ["from_hash", "text", "refChange.fromHash"],
      ["to_hash", "text", "refChange.toHash"],
      ["trigger", "text", "trigger"],
    ],
    drops: [...userDrops("user"), "repository", "refChange.ref.id", "refChange.ref.displayId"],
  },
);
