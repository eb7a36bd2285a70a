import { getAccessToken } from "./access-token-endpoints";
import type { Answer } from "./answer";
import {
  addBuildStatus,
  addOldBuildStatus,
  getBuildStatus,
  listOldBuildStatuses,
} from "./build-status-endpoints";
import type { Call } from "./call";
import { addComment, changeComment, deleteComment, getComment } from "./comment-endpoints";
import { getCommit, listCommits } from "./commit-endpoints";
import { browse, getRawFile, listFiles } from "./file-endpoints";
import { getProject, listProjects, listRepositoriesOfProject } from "./project-endpoints";
import {
  getPullRequest,
  getPullRequestSettings,
  listActivities,
  listPullRequestCommits,
  listPullRequests,
} from "./pull-request-endpoints";
import {
  getDefaultBranch,
  getRepository,
  listBranches,
  listRecentRepositories,
  listRepositories,
} from "./repository-endpoints";
import {
  getApplicationProperties,
  getBuildCapabilities,
  getCapabilities,
  getOwnRateLimitSettings,
  getRateLimitSettings,
} from "./server-endpoints";
import { getUser, listUsers } from "./user-endpoints";

type Endpoint = (call: Call) => Answer;

interface Route {
  method: string;
  segments: readonly string[];
  endpoint: Endpoint;
}

const REPOSITORY = "/rest/api/1.0/projects/:project/repos/:repository";

/** Every endpoint with version 1.0 in its path; `latest` works for each too. */
const routes: readonly Route[] = [
  route("GET", "/rest/capabilities", getCapabilities),
  route("GET", "/rest/api/1.0/application-properties", getApplicationProperties),
  route("GET", "/rest/api/1.0/build/capabilities", getBuildCapabilities),
  route("GET", "/rest/api/1.0/admin/rate-limit/settings", getRateLimitSettings),
  route("GET", "/rest/api/1.0/admin/rate-limit/settings/users/:user", getOwnRateLimitSettings),
  route("GET", "/rest/access-tokens/1.0/users/:user/:token", getAccessToken),
  route("GET", "/rest/api/1.0/users", listUsers),
  route("GET", "/rest/api/1.0/users/:user", getUser),
  route("GET", "/rest/api/1.0/projects", listProjects),
  route("GET", "/rest/api/1.0/projects/:project", getProject),
  route("GET", "/rest/api/1.0/projects/:project/repos", listRepositoriesOfProject),
  route("GET", "/rest/api/1.0/repos", listRepositories),
  route("GET", "/rest/api/1.0/profile/recent/repos", listRecentRepositories),
  route("GET", REPOSITORY, getRepository),
  route("GET", `${REPOSITORY}/branches`, listBranches),
  route("GET", `${REPOSITORY}/branches/default`, getDefaultBranch),
  route("GET", `${REPOSITORY}/default-branch`, getDefaultBranch),
  route("GET", `${REPOSITORY}/commits`, listCommits),
  route("GET", `${REPOSITORY}/commits/:commit`, getCommit),
  route("GET", `${REPOSITORY}/commits/:commit/builds`, getBuildStatus),
  route("POST", `${REPOSITORY}/commits/:commit/builds`, addBuildStatus),
  route("GET", `${REPOSITORY}/files`, listFiles),
  route("GET", `${REPOSITORY}/browse/:path*`, browse),
  route("GET", `${REPOSITORY}/raw/:path*`, getRawFile),
  route("GET", `${REPOSITORY}/settings/pull-requests`, getPullRequestSettings),
  route("GET", `${REPOSITORY}/pull-requests`, listPullRequests),
  route("GET", `${REPOSITORY}/pull-requests/:pull`, getPullRequest),
  route("GET", `${REPOSITORY}/pull-requests/:pull/activities`, listActivities),
  route("GET", `${REPOSITORY}/pull-requests/:pull/commits`, listPullRequestCommits),
  route("POST", `${REPOSITORY}/pull-requests/:pull/comments`, addComment),
  route("GET", `${REPOSITORY}/pull-requests/:pull/comments/:comment`, getComment),
  route("PUT", `${REPOSITORY}/pull-requests/:pull/comments/:comment`, changeComment),
  route("DELETE", `${REPOSITORY}/pull-requests/:pull/comments/:comment`, deleteComment),
  route("GET", "/rest/build-status/1.0/commits/:commit", listOldBuildStatuses),
  route("POST", "/rest/build-status/1.0/commits/:commit", addOldBuildStatus),
];

export interface Match {
  endpoint: Endpoint;
  params: ReadonlyMap<string, string>;
}

/** The endpoint for a request, or the reason why there is none. */
export function findEndpoint(method: string, path: string): Match | "no-such-path" | "no-such-method" {
  const given = decodeSegments(path.replace(/^(\/rest\/[a-z-]+)\/latest(?=\/|$)/, "$1/1.0"));
  if (!given) return "no-such-path";
  const request = method === "HEAD" ? "GET" : method;
  let found: Match | "no-such-path" | "no-such-method" = "no-such-path";
  for (const { method: known, segments, endpoint } of routes) {
    const params = matchSegments(segments, given);
    if (!params) continue;
    if (known === request) return { endpoint, params };
    found = "no-such-method";
  }
  return found;
}

function route(method: string, path: string, endpoint: Endpoint): Route {
  return { method, segments: path.split("/"), endpoint };
}

function decodeSegments(path: string): string[] | null {
  try {
    return path.replace(/\/$/, "").split("/").map(decodeURIComponent);
  } catch {
    // A stray percent sign: an unknown path, not a server error.
    return null;
  }
}

function matchSegments(pattern: readonly string[], given: readonly string[]): Map<string, string> | null {
  const isOpenEnded = pattern.at(-1)?.endsWith("*") === true;
  if (isOpenEnded ? given.length < pattern.length - 1 : pattern.length !== given.length) return null;
  const params = new Map<string, string>();
  for (const [index, wanted] of pattern.entries()) {
    const segment = given[index] ?? "";
    if (wanted.endsWith("*")) return params.set(wanted.slice(1, -1), given.slice(index).join("/"));
    if (!wanted.startsWith(":")) {
      if (wanted !== segment) return null;
    } else if (segment === "") return null;
    else params.set(wanted.slice(1), segment);
  }
  return params;
}
