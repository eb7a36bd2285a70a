/** Where the sandbox's lists of a stream are, and the keys that its records have: written down apart from the connector. */

export type Item = Readonly<Record<string, unknown>>;

/** A project or repository, or one of its pull requests or commits. */
export interface At {
  label: string;
  repository?: number;
  project?: number;
  /** Such as projects/SHOP/repos/storefront; empty for the server. */
  path: string;
  parent?: string;
  kind?: string;
}

export interface Way {
  of: "server" | "projects" | "repositories";
  /** The lists are those of each pull request, of its newest commit, of each commit, or of each group. */
  parents?: "pulls" | "tips" | "commits" | "groups";
  /** The projects or repositories are the records. */
  isUnit?: true;
  lists: readonly { path: string; most?: number; kind?: string }[];
  keys: (item: Item, at: At) => string[];
}

/** A value of an item by its path, as text; empty if there is none. */
export function textAt(item: unknown, path: string): string {
  let value = item;
  for (const name of path.split(".")) {
    value =
      typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
  }
  return value === undefined || value === null ? "" : String(value);
}

function listAt(item: unknown, name: string): unknown[] {
  const value =
    typeof item === "object" && item !== null ? new Map(Object.entries(item)).get(name) : undefined;
  return Array.isArray(value) ? value : [];
}

const inRepository =
  (path: string) =>
  (item: Item, { repository }: At): string[] => [`${repository}/${textAt(item, path)}`];
const inEither =
  (path: string) =>
  (item: Item, { repository, project }: At): string[] => [
    `${repository ?? ""}/${repository === undefined ? project : ""}/${textAt(item, path)}`,
  ];
const inParent =
  (path: string) =>
  (item: Item, { repository, parent }: At): string[] => [`${repository}/${parent}/${textAt(item, path)}`];

const api = "api/1.0";
const unit = `${api}/{unit}`;
const pull = `${unit}/pull-requests/{parent}`;
const commit = `${unit}/commits/{parent}`;
const permissions = [
  { path: `${unit}/permissions/users`, kind: "USER" },
  { path: `${unit}/permissions/groups`, kind: "GROUP" },
];
const grantee = (item: Item, kind: string) => textAt(item, kind === "USER" ? "user.id" : "group.name");
const insights = "insights/1.0/{unit}/commits/{parent}";
const activities = [{ path: `${pull}/activities`, most: 500 }];

/** Comments of an activity with their replies. */
function commentsIn(activity: unknown): Item[] {
  const walk = (comment: Item): Item[] => [
    comment,
    ...listAt(comment, "comments").flatMap((one) => walk(one as Item)),
  ];
  const comment = (activity as { comment?: Item }).comment;
  return comment === undefined || textAt(activity, "commentAction") === "DELETED" ? [] : walk(comment);
}

function participantsIn(item: Item): string[] {
  const all = [item.author, ...listAt(item, "reviewers"), ...listAt(item, "participants")];
  return [...new Set(all.map((one) => textAt(one, "user.id")))];
}

const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("/", "%2F");

export const ways: Readonly<Record<string, Way>> = {
  projects: { of: "projects", isUnit: true, lists: [], keys: (item) => [textAt(item, "id")] },
  repositories: { of: "repositories", isUnit: true, lists: [], keys: (item) => [textAt(item, "id")] },
  labels: { of: "repositories", lists: [{ path: `${unit}/labels` }], keys: inRepository("name") },
  forks: { of: "repositories", lists: [{ path: `${unit}/forks` }], keys: inRepository("id") },
  files: {
    of: "repositories",
    lists: [{ path: `${unit}/files` }],
    keys: ({ value }, { repository }) => [`${repository}//${String(value)}`],
  },
  "default-branches": {
    of: "repositories",
    lists: [{ path: `${unit}/branches/default` }],
    keys: (_, { repository }) => [`${repository}`],
  },
  branches: { of: "repositories", lists: [{ path: `${unit}/branches` }], keys: inRepository("id") },
  tags: { of: "repositories", lists: [{ path: `${unit}/tags` }], keys: inRepository("id") },
  commits: { of: "repositories", lists: [{ path: `${unit}/commits` }], keys: inRepository("id") },
  "commit-changes": {
    of: "repositories",
    parents: "commits",
    lists: [{ path: `${commit}/changes` }],
    keys: inParent("path.toString"),
  },
  "commit-pull-requests": {
    of: "repositories",
    parents: "commits",
    lists: [{ path: `${commit}/pull-requests` }],
    keys: inParent("id"),
  },
  "ref-changes": {
    of: "repositories",
    lists: [{ path: `${unit}/ref-change-activities` }],
    keys: inRepository("id"),
  },
  "pull-requests": {
    of: "repositories",
    lists: [{ path: `${unit}/pull-requests?state=ALL` }],
    keys: inRepository("id"),
  },
  "pull-request-activities": {
    of: "repositories",
    parents: "pulls",
    lists: activities,
    keys: inRepository("id"),
  },
  "pull-request-comments": {
    of: "repositories",
    parents: "pulls",
    lists: activities,
    keys: (item, at) => commentsIn(item).flatMap((one) => inRepository("id")(one, at)),
  },
  "pull-request-tasks": {
    of: "repositories",
    parents: "pulls",
    lists: activities,
    keys: (item, at) =>
      commentsIn(item)
        .filter(({ severity }) => severity === "BLOCKER")
        .flatMap((one) => inRepository("id")(one, at)),
  },
  "pull-request-participants": {
    of: "repositories",
    lists: [{ path: `${unit}/pull-requests?state=ALL` }],
    keys: (item, { repository }) =>
      participantsIn(item).map((one) => `${repository}/${textAt(item, "id")}/${one}`),
  },
  "pull-request-commits": {
    of: "repositories",
    parents: "pulls",
    lists: [{ path: `${pull}/commits` }],
    keys: inParent("id"),
  },
  "pull-request-changes": {
    of: "repositories",
    parents: "pulls",
    lists: [{ path: `${pull}/changes` }],
    keys: inParent("path.toString"),
  },
  "build-statuses": {
    of: "repositories",
    parents: "tips",
    lists: [{ path: "build-status/1.0/commits/{parent}", most: 100 }],
    keys: inParent("key"),
  },
  "code-insights-reports": {
    of: "repositories",
    parents: "tips",
    lists: [{ path: `${insights}/reports` }],
    keys: inParent("key"),
  },
  "code-insights-annotations": {
    of: "repositories",
    parents: "tips",
    lists: [{ path: `${insights}/annotations` }],
    keys: (item, { repository, parent }) => [
      [
        ...[repository, parent, textAt(item, "reportKey"), textAt(item, "externalId")],
        ...[escaped(textAt(item, "path")), textAt(item, "line"), textAt(item, "message")],
      ].join("/"),
    ],
  },
  users: { of: "server", lists: [{ path: `${api}/users` }], keys: (item) => [textAt(item, "id")] },
  groups: { of: "server", lists: [{ path: `${api}/groups` }], keys: (item) => [textAt(item, "value")] },
  "group-members": {
    of: "server",
    parents: "groups",
    lists: [{ path: `${api}/users?group={parent}` }],
    keys: (item, { parent }) => [`${parent}/${textAt(item, "id")}`],
  },
  webhooks: { of: "repositories", lists: [{ path: `${unit}/webhooks` }], keys: inEither("id") },
  "project-permissions": {
    of: "projects",
    lists: permissions,
    keys: (item, { project, kind = "" }) => [`${project}/${kind}/${grantee(item, kind)}`],
  },
  "repository-permissions": {
    of: "repositories",
    lists: permissions,
    keys: (item, { repository, kind = "" }) => [`${repository}/${kind}/${grantee(item, kind)}`],
  },
  "branch-restrictions": {
    of: "repositories",
    lists: [{ path: "branch-permissions/2.0/{unit}/restrictions" }],
    keys: inRepository("id"),
  },
  "default-reviewers": {
    of: "repositories",
    lists: [{ path: "default-reviewers/1.0/{unit}/conditions" }],
    keys: inRepository("id"),
  },
  "ssh-access-keys": {
    of: "repositories",
    lists: [{ path: "keys/1.0/{unit}/ssh" }],
    keys: inEither("key.id"),
  },
  "http-access-tokens": {
    of: "repositories",
    lists: [{ path: "access-tokens/1.0/{unit}" }],
    keys: inEither("id"),
  },
  manual: { of: "server", lists: [{ path: `${api}/projects` }], keys: (item) => [textAt(item, "id")] },
};
