import { type Answer, json, noContent } from "./answer";
import { type Call, forRepository, forSignedIn, viewerOf } from "./call";
import { type Repository, repositories } from "./company";
import { badField } from "./errors";
import { historyOf } from "./history";
import { pageOf } from "./paging";
import { canOnRepository } from "./permissions";
import { requestedLevel } from "./requested-level";
import { isAtLeast } from "./versions";
import { branchView, repositoryView } from "./views";

const RECENT_SHOWN = 5;

/** GET repos: all readable repositories; archived ones only on request. */
export function listRepositories(call: Call): Answer {
  const level = requestedLevel(call.query, "REPO");
  if (level === "unknown") return badField("permission", "The permission is not one of a repository.");
  const viewer = viewerOf(call);
  return pageOf(call.query, {
    rows: repositories.filter((repository) => matches(call, repository)),
    // With a permission filter, anonymous callers get an empty list, even of public repositories (OpenAPI 9.4 /repos).
    canSee: (repository) =>
      (level === null || call.caller !== null) && canOnRepository(viewer, repository, level ?? "READ"),
    view: (repository) => repositoryView(call.instance, repository),
  });
}

/** GET profile/recent/repos: signed-in callers only. */
export function listRecentRepositories(call: Call): Answer {
  const level = requestedLevel(call.query, "REPO");
  if (level === "unknown") return badField("permission", "The permission is not one of a repository.");
  const viewer = viewerOf(call);
  return forSignedIn(call, () =>
    pageOf(call.query, {
      rows: repositories
        .filter((one) => !one.archived && canOnRepository(viewer, one, level ?? "READ"))
        .slice(0, RECENT_SHOWN),
      view: (repository) => repositoryView(call.instance, repository),
    }),
  );
}

/** GET projects/{key}/repos/{slug}. */
export function getRepository(call: Call): Answer {
  return forRepository(call, "READ", (repository) => json(200, repositoryView(call.instance, repository)));
}

/** GET …/branches: `filterText` is a part of the name. */
export function listBranches(call: Call): Answer {
  const filter = (call.query.get("filterText") ?? "").toLowerCase();
  return forRepository(call, "READ", (repository) =>
    pageOf(call.query, {
      rows: historyOf(repository).branches.filter((branch) => branch.name.toLowerCase().includes(filter)),
      view: branchView,
    }),
  );
}

/** GET …/default-branch and …/branches/default: 204 without a body for an empty repository. */
export function getDefaultBranch(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const branch = historyOf(repository).branches.find((one) => one.isDefault);
    return branch ? json(200, branchView(branch)) : noContent;
  });
}

function matches(call: Call, repository: Repository): boolean {
  const { query, instance } = call;
  const contains = (text: string, parameter: string) =>
    text.toLowerCase().includes((query.get(parameter) ?? "").toLowerCase());
  if (!contains(repository.name, "name") || !contains(repository.project.name, "projectname")) return false;
  const visibility = query.get("visibility");
  if (visibility === "public" && !repository.public) return false;
  if (visibility === "private" && repository.public) return false;
  // Both filters came with 8.0; an older server ignores them and has no archive.
  if (!isAtLeast(instance.settings.version, "8.0.0")) return true;
  const key = query.get("projectkey");
  if (key !== null && key.toLowerCase() !== repository.project.key.toLowerCase()) return false;
  const archived = query.get("archived") ?? "ACTIVE";
  return archived === "ALL" || (archived === "ARCHIVED") === repository.archived;
}
