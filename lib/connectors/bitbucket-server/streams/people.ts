import { type ColumnSource, define } from "./definition";
import {
  allScopes,
  filterParameter,
  groupNames,
  isObject,
  ofProject,
  ofRepository,
  projectAdminRight,
  projectPath,
  projectScopes,
  repositoryAdminRight,
  repositoryPath,
  serverScope,
  signedInRight,
  url,
  user,
  userDrops,
} from "./shared";

const common = { group: groupNames.access, since: null, mode: "snapshot" } as const;
const filter = filterParameter("Names that contain", "Empty for all.");

export const users = define(
  {
    ...common,
    id: "users",
    label: "Users",
    note: "One record for each user that the account can see.",
    right: `${signedInRight}; keys of projects and repositories may be refused`,
    scopes: serverScope,
    parameters: [filter],
    key: ["id"],
  },
  {
    level: "server",
    lists: [{ path: "/rest/api/1.0/users", queryFrom: { filter: "filter" } }],
    sources: [...user("", ""), url],
    drops: userDrops(""),
  },
);

export const groups = define(
  {
    ...common,
    id: "groups",
    label: "Groups",
    note: "One record for the name of each group.",
    right: "Any account with a Bitbucket licence",
    scopes: serverScope,
    parameters: [filter],
    key: ["name"],
  },
  {
    level: "server",
    lists: [{ path: "/rest/api/1.0/groups", queryFrom: { filter: "filter" } }],
    sources: [["name", "text", (item) => item.value ?? item.name]],
    drops: ["value", "name"],
  },
);

export const groupMembers = define(
  {
    ...common,
    id: "group-members",
    label: "Group members",
    note: "Who belongs to which group. One request for each group.",
    right: "Any account with a Bitbucket licence",
    scopes: serverScope,
    parameters: [],
    key: ["group", "id"],
  },
  {
    level: "server",
    of: "groups",
    lists: [{ path: "/rest/api/1.0/users", query: { group: "{parent}" } }],
    parent: ["group"],
    sources: [["group", "text", "@parent"], ...user("", ""), url],
    drops: userDrops(""),
  },
);

const permissionSources: readonly ColumnSource[] = [
  ["kind", "text", "@kind"],
  ...user("user", "user"),
  ["group_name", "text", "group.name"],
  ["permission", "text", "permission"],
  ["grantee", "text", (item, { kind }) => granteeOf(item, kind)],
];

function granteeOf(item: Readonly<Record<string, unknown>>, kind: unknown): unknown {
  const grantee = kind === "GROUP" ? item.group : item.user;
  if (!isObject(grantee)) return undefined;
  const { id, name } = grantee;
  return kind === "GROUP" ? name : typeof id === "number" ? String(id) : id;
}

function permissionLists(path: string) {
  return [
    { path: `${path}/permissions/users`, place: { kind: "USER" } },
    { path: `${path}/permissions/groups`, place: { kind: "GROUP" } },
  ];
}

export const projectPermissions = define(
  {
    ...common,
    id: "project-permissions",
    label: "Project permissions",
    note: "Which users and groups may read, write or administer each project.",
    right: projectAdminRight,
    scopes: projectScopes,
    parameters: [],
    key: ["project_id", "kind", "grantee"],
  },
  {
    level: "project",
    lists: permissionLists(projectPath),
    sources: [...ofProject, ...permissionSources],
    drops: userDrops("user"),
  },
);

export const repositoryPermissions = define(
  {
    ...common,
    id: "repository-permissions",
    label: "Repository permissions",
    note: "Which users and groups may read, write or administer each repository.",
    right: repositoryAdminRight,
    scopes: allScopes,
    parameters: [],
    key: ["repository_id", "kind", "grantee"],
  },
  {
    level: "repository",
    lists: permissionLists(repositoryPath),
    sources: [...ofRepository, ...permissionSources],
    drops: userDrops("user"),
  },
);
