import type { JsonObject } from "@/lib/connectors/stream-reader";
import { type ColumnSource, define } from "./definition";
import {
  allScopes,
  groupNames,
  isObject,
  listIn,
  ofRepository,
  projectPath,
  projectScopes,
  repositoryPath,
  repositoryRight,
  url,
  user,
  userDrops,
} from "./shared";

export const projects = define(
  {
    id: "projects",
    label: "Projects",
    group: groupNames.server,
    note: "One record for each project, personal ones included.",
    right: "Read access to each project",
    since: null,
    scopes: projectScopes,
    parameters: [],
    key: ["id"],
    mode: "snapshot",
  },
  {
    level: "project",
    way: "units",
    lists: [{ path: projectPath, one: true, isUnpaged: true }],
    sources: [
      ["id", "int", "id"],
      ["key", "text", "key"],
      ["name", "text", "name"],
      ["description", "text", "description"],
      ["public", "bool", "public"],
      ["type", "text", "type"],
      ...user("owner", "owner"),
      ["scope", "text", "scope"],
      url,
    ],
    drops: ["links", "avatarUrl", "avatar", ...userDrops("owner")],
  },
);

function cloneLink(name: string): (item: JsonObject) => unknown {
  return (item) => {
    const link = listIn(item.links, "clone").find((one) => isObject(one) && one.name === name);
    return isObject(link) ? link.href : undefined;
  };
}

/** Of a repository, wherever the server sends one. */
export const repositorySources: readonly ColumnSource[] = [
  ["id", "int", "id"],
  ["slug", "text", "slug"],
  ["name", "text", "name"],
  ["description", "text", "description"],
  ["project_id", "int", "project.id"],
  ["project_key", "text", "project.key"],
  ["project_name", "text", "project.name"],
  ["hierarchy_id", "text", "hierarchyId"],
  ["scm_id", "text", "scmId"],
  ["state", "text", "state"],
  ["status_message", "text", "statusMessage"],
  ["public", "bool", "public"],
  ["forkable", "bool", "forkable"],
  ["archived", "bool", "archived"],
  ["partition", "int", "partition"],
  ["default_branch", "text", "defaultBranch"],
  ["origin_id", "int", "origin.id"],
  ["origin_project_key", "text", "origin.project.key"],
  ["origin_slug", "text", "origin.slug"],
  // The server's own name for cloning over http and https alike.
  ["clone_http", "text", cloneLink("http")],
  ["clone_ssh", "text", cloneLink("ssh")],
  url,
];
export const repositoryDrops = ["links", "project", "origin", "relatedLinks"];

export const repositories = define(
  {
    id: "repositories",
    label: "Repositories",
    group: groupNames.server,
    note: "One record for each repository, with its project, state and clone addresses.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: [
      {
        name: "archived",
        label: "Archived repositories",
        hint: "Server versions before 8.0 have none.",
        choices: [
          { value: "ALL", label: "Included" },
          { value: "ACTIVE", label: "Left out" },
          { value: "ARCHIVED", label: "Archived ones only" },
        ],
        isRequired: true,
      },
    ],
    key: ["id"],
    mode: "snapshot",
  },
  {
    level: "repository",
    way: "units",
    lists: [{ path: repositoryPath, one: true, isUnpaged: true }],
    sources: repositorySources,
    drops: repositoryDrops,
  },
);

export const forks = define(
  {
    id: "forks",
    label: "Forks",
    group: groupNames.server,
    note: "One record for each fork of a repository.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: [],
    key: ["parent_repository_id", "id"],
    mode: "snapshot",
  },
  {
    level: "repository",
    lists: [{ path: `${repositoryPath}/forks` }],
    sources: [["parent_repository_id", "int", "@repositoryId"], ...repositorySources],
    drops: repositoryDrops,
  },
);

export const labels = define(
  {
    id: "labels",
    label: "Labels",
    group: groupNames.server,
    note: "One record for each label of a repository.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: [],
    key: ["repository_id", "name"],
    mode: "snapshot",
  },
  {
    level: "repository",
    lists: [{ path: `${repositoryPath}/labels`, one: true }],
    sources: [...ofRepository, ["name", "text", "name"]],
  },
);

export const files = define(
  {
    id: "files",
    label: "Files",
    group: groupNames.server,
    note: "One record for the path of each file.",
    right: repositoryRight,
    since: null,
    scopes: allScopes,
    parameters: [
      {
        name: "at",
        label: "Branch, tag or commit",
        hint: "Empty for each repository's default branch.",
        choices: null,
        isRequired: false,
      },
    ],
    key: ["repository_id", "at", "path"],
    mode: "snapshot",
  },
  {
    level: "repository",
    lists: [{ path: `${repositoryPath}/files`, queryFrom: { at: "at" } }],
    sources: [...ofRepository, ["at", "text", "@parameter.at"], ["path", "text", "value"]],
  },
);
