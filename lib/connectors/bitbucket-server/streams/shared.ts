import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { ScopeKind, StreamParameter } from "@/lib/connectors/streams";
import type { ColumnSource } from "./definition";

export const projectPath = "/rest/api/1.0/projects/{project}";
export const repositoryPath = `${projectPath}/repos/{repository}`;
export const pullRequestPath = `${repositoryPath}/pull-requests/{parent}`;
export const commitPath = `${repositoryPath}/commits/{parent}`;

export const allScopes: readonly ScopeKind[] = ["everything", "projects", "repositories"];
export const projectScopes: readonly ScopeKind[] = ["everything", "projects"];
export const serverScope: readonly ScopeKind[] = ["everything"];

export const groupNames = {
  server: "Projects and repositories",
  code: "Branches and commits",
  review: "Pull requests",
  quality: "Builds and reports",
  access: "Users and access",
  other: "Anything else",
} as const;

export const repositoryRight = "Read access to each repository";
export const repositoryAdminRight = "Administration of each repository";
export const projectAdminRight = "Administration of each project";
export const signedInRight = "Any account that is signed in";

/** The columns by which records below a repository refer to it. */
export const ofRepository: readonly ColumnSource[] = [
  ["project_key", "text", "@projectKey"],
  ["repository_id", "int", "@repositoryId"],
  ["repository_slug", "text", "@slug"],
];

/** The columns by which records below a project refer to it. */
export const ofProject: readonly ColumnSource[] = [
  ["project_key", "text", "@projectKey"],
  ["project_id", "int", "@projectId"],
];

/** A user, as seven columns. */
export function user(prefix: string, path: string): readonly ColumnSource[] {
  const at = (field: string) => (path === "" ? field : `${path}.${field}`);
  const to = (name: string) => (prefix === "" ? name : `${prefix}_${name}`);
  return [
    [to("id"), "int", at("id")],
    [to("name"), "text", at("name")],
    [to("slug"), "text", at("slug")],
    [to("display_name"), "text", at("displayName")],
    [to("email"), "text", at("emailAddress")],
    [to("active"), "bool", at("active")],
    [to("type"), "text", at("type")],
  ];
}

/** What a user record has besides the columns. */
export function userDrops(path: string): readonly string[] {
  return path === "" ? ["links", "avatarUrl"] : [`${path}.links`, `${path}.avatarUrl`];
}

/** `links.self[0].href`. */
export function linkOf(item: unknown): string | undefined {
  const links = isObject(item) && isObject(item.links) ? item.links.self : undefined;
  const first = Array.isArray(links) ? links[0] : undefined;
  return isObject(first) && typeof first.href === "string" ? first.href : undefined;
}

export const url: ColumnSource = ["url", "text", linkOf];

/** A path of a file, from `toString` or its components. */
export function filePath(path: unknown): string | undefined {
  if (typeof path === "string") return path;
  if (!isObject(path)) return undefined;
  // Every object inherits a function of that name.
  const own: unknown = Object.getOwnPropertyDescriptor(path, "toString")?.value;
  if (typeof own === "string") return own;
  const { components } = path;
  return Array.isArray(components) ? components.join("/") : undefined;
}

/** True for a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The list in a field; empty if there is none. */
export function listIn(item: unknown, name: string): readonly unknown[] {
  const list = isObject(item) ? item[name] : undefined;
  return Array.isArray(list) ? list : [];
}

/** A field for a text that narrows a list, as the server filters it. */
export function filterParameter(label: string, hint: string): StreamParameter {
  return { name: "filter", label, hint, choices: null, isRequired: false };
}
