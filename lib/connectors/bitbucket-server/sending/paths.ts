import type { Values } from "@/lib/connectors/action";
import type { Call } from "@/lib/connectors/action-sender";
import type { Json } from "@/lib/connectors/stream-reader";

/** A value as one segment of a path: a slash in it would address something else. */
export function segment(value: Json | undefined): string {
  const text = String(value ?? "");
  // Servers drop such segments, encoded or not; nothing has such a name.
  return /^\.{1,2}$/.test(text) ? "_" : encodeURIComponent(text);
}

/** `/projects/KEY/repos/slug`, for the interfaces that share it. */
export function placePath({ project, repository }: Values): string {
  return `/projects/${segment(project)}/repos/${segment(repository)}`;
}

/** The path of the values' project in the REST interface. */
export function projectPath({ project }: Values): string {
  return `/rest/api/1.0/projects/${segment(project)}`;
}

/** The path of the values' repository in the REST interface. */
export function repositoryPath(values: Values): string {
  return `/rest/api/1.0${placePath(values)}`;
}

/** The path of the values' pull request in the REST interface. */
export function pullRequestPath(values: Values): string {
  return `${repositoryPath(values)}/pull-requests/${segment(values.pullRequest)}`;
}

/** The path of the values' commit in the REST interface. */
export function commitPath(values: Values): string {
  return `${repositoryPath(values)}/commits/${segment(values.commit).toLowerCase()}`;
}

/** Looks up; the path begins with "/" and its values are encoded. */
export function get(path: string, query: Call["query"] = {}): Call {
  return { method: "GET", path, query };
}

/** Creates. */
export function post(path: string, body: Json, query: Call["query"] = {}): Call {
  return { method: "POST", path, query, body };
}

/** Replaces; without a body if it is undefined. */
export function put(path: string, body: Json | undefined, query: Call["query"] = {}): Call {
  return { method: "PUT", path, query, ...(body === undefined ? {} : { body }) };
}

/** Deletes. */
export function remove(path: string, query: Call["query"] = {}): Call {
  return { method: "DELETE", path, query };
}

/** A page below the base URL, for the result of a record; none if it is too long to be kept. */
export function pageAt(path: string): string | undefined {
  return path.length > 400 ? undefined : path;
}

/** The page of the values' commit. */
export function commitPage(values: Values): string | undefined {
  return pageAt(`${placePath(values)}/commits/${segment(values.commit)}`);
}

/** The fields that have a value, for a body: those without one are left out. */
export function given(fields: Readonly<Record<string, Json | undefined>>): { readonly [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
