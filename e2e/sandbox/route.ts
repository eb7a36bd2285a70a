import type { Answer } from "./answer";
import type { Call } from "./call";

/** What answers a route. */
export type Endpoint = (call: Call) => Answer;

/** A route of the REST API. */
export interface Route {
  method: string;
  /** Such as /rest/api/1.0/projects/:project. */
  path: string;
  segments: readonly string[];
  endpoint: Endpoint;
  /** The version that it came with; null if every version has it. */
  since: string | null;
}

export const PROJECT = "/rest/api/1.0/projects/:project";
export const REPOSITORY = `${PROJECT}/repos/:repository`;

/** Makes a route; `since` is the version that it came with. */
export function route(method: string, path: string, endpoint: Endpoint, since: string | null = null): Route {
  return { method, path, segments: path.split("/"), endpoint, since };
}

/** A path of a repository outside /rest/api. */
export function below(root: string, rest: string): string {
  return `/rest/${root}/projects/:project/repos/:repository/${rest}`;
}

export const INSIGHTS = below("insights/1.0", "commits/:commit");
