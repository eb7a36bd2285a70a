import { type Answer, json, jsonText, noContent } from "./answer";
import { type Call, forRepository, forSignedIn, viewerOf } from "./call";
import type { Repository } from "./company";
import { badField, noSuchBranch } from "./errors";
import { pageFor, textPageFor } from "./paging";
import { canOnRepository, canSeeInLists } from "./permissions";
import { requestedLevel } from "./requested-level";
import { compose, Texts } from "./texts";
import { isAtLeast } from "./versions";
import { repositoryView } from "./views";
import type { Content } from "./world/content";

const RECENT_SHOWN = 5;

/** GET repos: all readable repositories; archived ones only on request. */
export function listRepositories(call: Call): Answer {
  const level = requestedLevel(call.query, "REPO");
  if (level === "unknown") return badField("permission", "The permission is not one of a repository.");
  const viewer = viewerOf(call);
  return pageFor(call, {
    rows: call.instance.world.repositories.filter((repository) => matches(call, repository)),
    // With a permission filter, anonymous callers get an empty list, even of public repositories (OpenAPI 9.4 /repos).
    canSee: (repository) =>
      (level === null || call.caller !== null) && canSeeInLists(viewer, repository, level ?? "READ"),
    view: (repository) => repositoryView(call.instance, repository),
  });
}

/** GET profile/recent/repos: signed-in callers only. */
export function listRecentRepositories(call: Call): Answer {
  const level = requestedLevel(call.query, "REPO");
  if (level === "unknown") return badField("permission", "The permission is not one of a repository.");
  const viewer = viewerOf(call);
  return forSignedIn(call, () =>
    pageFor(call, {
      rows: call.instance.world.repositories
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

/** GET …/branches: `filterText` is a part of the name; `details` adds the newest commit. */
export function listBranches(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const content = call.instance.world.contentOf(repository);
    const texts = new Texts(call.instance);
    const isDetailed = call.query.get("details") === "true";
    return textPageFor(call, {
      rows: ordered(call, content, content.branches),
      text: (branch) => {
        const latest = isDetailed ? content.commits.get(branch.latestCommit) : undefined;
        if (!latest) return texts.branch(branch);
        const key = "com.atlassian.bitbucket.server.bitbucket-branch:latest-commit-metadata";
        const plain = JSON.parse(texts.branch(branch));
        return compose(plain, { metadata: compose({}, { [key]: texts.commit(latest) }) });
      },
    });
  });
}

/** GET …/tags: `hash` is the id of an annotated tag's own object. */
export function listTags(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const content = call.instance.world.contentOf(repository);
    const texts = new Texts(call.instance);
    return textPageFor(call, { rows: ordered(call, content, content.tags), text: (tag) => texts.tag(tag) });
  });
}

/** By part of the name, and in the order asked for; without one, as the server stores them. */
function ordered<Ref extends { name: string; latestCommit: string }>(
  { query }: Call,
  content: Content,
  refs: readonly Ref[],
): Ref[] {
  const filter = (query.get("filterText") ?? "").toLowerCase();
  const found = refs.filter((ref) => ref.name.toLowerCase().includes(filter));
  const timeOf = (ref: Ref) => content.commits.get(ref.latestCommit)?.at ?? 0;
  switch (query.get("orderBy")) {
    case "ALPHABETICAL":
      return found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    case "MODIFICATION":
      return found.toSorted((one, other) => timeOf(other) - timeOf(one));
    default:
      return found;
  }
}

/** GET …/default-branch and …/branches/default: 204 for an empty repository, 404 if the configured one is missing. */
export function getDefaultBranch(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const content = call.instance.world.contentOf(repository);
    const branch = content.default;
    if (branch) return jsonText(200, new Texts(call.instance).branch(branch));
    return content.defaultBranch === null ? noContent : noSuchBranch(content.defaultBranch, repository.slug);
  });
}

/** GET …/forks: those that the caller may read. */
export function listForks(call: Call): Answer {
  const viewer = viewerOf(call);
  return forRepository(call, "READ", (repository) =>
    pageFor(call, {
      rows: call.instance.world.repositories.filter((one) => one.origin === repository),
      canSee: (one) => canOnRepository(viewer, one, "READ"),
      view: (one) => repositoryView(call.instance, one),
    }),
  );
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
