import type { StreamParameter } from "@/lib/connectors/streams";
import { type ColumnSource, define } from "./definition";
import {
  allScopes,
  groupNames,
  ofRepository,
  projectPath,
  repositoryAdminRight,
  repositoryPath,
  repositoryRight,
  user,
  userDrops,
} from "./shared";

const common = { group: groupNames.access, since: null, mode: "snapshot" } as const;

/** One list for each repository or for each project. */
const level: StreamParameter = {
  name: "level",
  label: "Of",
  hint: null,
  choices: [
    { value: "repository", label: "Repositories" },
    { value: "project", label: "Projects" },
  ],
  isRequired: true,
};
/** The columns by which records of either level refer to it. */
const ofEither: readonly ColumnSource[] = [
  ["project_key", "text", "@projectKey"],
  ["project_id", "int", "@projectId"],
  ["repository_id", "int", "@repositoryId"],
  ["repository_slug", "text", "@slug"],
];

export const branchRestrictions = define(
  {
    ...common,
    id: "branch-restrictions",
    label: "Branch restrictions",
    note: "Rules that protect branches.",
    right: repositoryAdminRight,
    scopes: allScopes,
    parameters: [],
    key: ["repository_id", "id"],
  },
  {
    level: "repository",
    lists: [{ path: "/rest/branch-permissions/latest/projects/{project}/repos/{repository}/restrictions" }],
    sources: [
      ...ofRepository,
      ["id", "int", "id"],
      ["type", "text", "type"],
      ["matcher_type", "text", "matcher.type.id"],
      ["matcher_id", "text", "matcher.id"],
      ["matcher_display", "text", "matcher.displayId"],
      ["scope", "text", "scope.type"],
      ["scope_id", "int", "scope.resourceId"],
      ["users", "json", "users"],
      ["groups", "text[]", "groups"],
      ["access_keys", "json", "accessKeys"],
    ],
    drops: ["matcher.type.name", "matcher.active"],
  },
);

export const webhooks = define(
  {
    ...common,
    id: "webhooks",
    label: "Webhooks",
    note: "Where the server reports events. Their secrets are left out.",
    right: "Administration of each repository or project",
    since: "5.4",
    scopes: allScopes,
    parameters: [level],
    key: ["repository_id", "project_id", "id"],
  },
  {
    level: "by-parameter",
    lists: {
      repository: [{ path: `${repositoryPath}/webhooks` }],
      project: [{ path: `${projectPath}/webhooks` }],
    },
    sources: [
      ...ofEither,
      ["id", "int", "id"],
      ["name", "text", "name"],
      ["url", "text", "url"],
      ["active", "bool", "active"],
      ["events", "text[]", "events"],
      ["ssl_verification", "bool", "sslVerificationRequired"],
      ["created_at", "timestamp", "createdDate"],
      ["updated_at", "timestamp", "updatedDate"],
      ["scope", "text", "scopeType"],
      ["last_status", "text", "statistics.lastOutcome"],
    ],
    drops: ["credentials", "configuration.secret"],
  },
);

export const defaultReviewers = define(
  {
    ...common,
    id: "default-reviewers",
    label: "Default reviewers",
    note: "Who is added to which pull requests as a reviewer.",
    right: repositoryRight,
    scopes: allScopes,
    parameters: [],
    key: ["repository_id", "id"],
  },
  {
    level: "repository",
    lists: [
      {
        path: "/rest/default-reviewers/latest/projects/{project}/repos/{repository}/conditions",
        isUnpaged: true,
      },
    ],
    sources: [
      ...ofRepository,
      ["id", "int", "id"],
      ["scope", "text", "scope.type"],
      ["from_type", "text", "sourceRefMatcher.type.id"],
      ["from_id", "text", "sourceRefMatcher.id"],
      ["to_type", "text", "targetRefMatcher.type.id"],
      ["to_id", "text", "targetRefMatcher.id"],
      ["required_approvals", "int", "requiredApprovals"],
      ["reviewers", "json", "reviewers"],
      ["reviewer_groups", "json", "reviewerGroups"],
    ],
    drops: ["scope.resourceId", "sourceRefMatcher", "targetRefMatcher"],
  },
);

export const sshKeys = define(
  {
    ...common,
    id: "ssh-access-keys",
    label: "SSH access keys",
    note: "The SSH keys that may read or write; never the key itself.",
    right: "Administration of each repository or project",
    scopes: allScopes,
    parameters: [level],
    key: ["repository_id", "project_id", "key_id"],
  },
  {
    level: "by-parameter",
    lists: {
      repository: [{ path: "/rest/keys/latest/projects/{project}/repos/{repository}/ssh" }],
      project: [{ path: "/rest/keys/latest/projects/{project}/ssh" }],
    },
    sources: [
      ...ofEither,
      ["key_id", "int", "key.id"],
      ["label", "text", "key.label"],
      ["permission", "text", "permission"],
      ["algorithm", "text", "key.algorithmType"],
      ["bits", "int", "key.bitLength"],
      ["fingerprint", "text", "key.fingerprint"],
      ["created_at", "timestamp", "key.createdDate"],
      ["expiry_days", "int", "key.expiryDays"],
      ["last_authenticated_at", "timestamp", "key.lastAuthenticated"],
      ["warning", "text", "key.warning"],
    ],
    drops: ["key.text", "project", "repository"],
  },
);

export const accessTokens = define(
  {
    ...common,
    id: "http-access-tokens",
    label: "HTTP access tokens",
    note: "Names and rights of API keys, never the keys. The server refuses this to API keys: it needs a password.",
    right: "Administration of each repository or project",
    since: "7.18",
    scopes: allScopes,
    parameters: [level],
    key: ["repository_id", "project_id", "id"],
  },
  {
    level: "by-parameter",
    lists: {
      repository: [{ path: "/rest/access-tokens/latest/projects/{project}/repos/{repository}" }],
      project: [{ path: "/rest/access-tokens/latest/projects/{project}" }],
    },
    sources: [
      ...ofEither,
      ["id", "text", "id"],
      ["name", "text", "name"],
      ["permissions", "text[]", "permissions"],
      ["created_at", "timestamp", "createdDate"],
      ...user("user", "user"),
      ["expiry_days", "int", "expiryDays"],
      ["last_authenticated_at", "timestamp", "lastAuthenticated"],
    ],
    drops: [...userDrops("user"), "token", "rawToken"],
  },
);
