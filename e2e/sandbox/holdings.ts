import type { Repository } from "./company";
import type { Instance } from "./instance";
import { canOnRepository, canViewProject } from "./permissions";
import { isKnownAction } from "./pull-request-texts";
import { accountNamed } from "./world/change";
import type { Content } from "./world/content";
import type { PullRequest } from "./world/model";
import { flat } from "./world/pull-request-details";

/** What a repository holds, as identities that are unique on the server. */
const ofRepository = {
  repositories: ({ repository }: Place) => [`${repository.id}`],
  branches: ({ repository, content }: Place) =>
    content.branches.map((one) => `${repository.id}/refs/heads/${one.name}`),
  tags: ({ repository, content }: Place) =>
    content.tags.map((one) => `${repository.id}/refs/tags/${one.name}`),
  /** Those of the default branch. */
  commits: ({ repository, content }: Place) =>
    content.default
      ? content.history(content.default.latestCommit).map((one) => `${repository.id}/${one.id}`)
      : [],
  "pull-requests": ({ repository, content }: Place) =>
    content.pullRequests.map((one) => `${repository.id}/${one.id}`),
  "pull-request-activities": (place: Place) =>
    ofPulls(place, (pull) =>
      place.instance.world
        .detailsOf(place.repository, pull)
        .activities.filter((one) => isKnownAction(place.instance.settings.version, one))
        .map((one) => `${one.id}`),
    ),
  "pull-request-comments": (place: Place) =>
    ofPulls(place, (pull) =>
      flat(place.instance.world.detailsOf(place.repository, pull).comments).map((one) => `${one.id}`),
    ),
  "pull-request-commits": (place: Place) =>
    ofPulls(place, (pull) =>
      pull.commits
        .filter((id) => place.content.commits.has(id))
        .map((id) => `${place.repository.id}/${pull.id}/${id}`),
    ),
};

export type HeldStream = keyof typeof ofRepository | "projects" | "users";

interface Place {
  instance: Instance;
  repository: Repository;
  content: Content;
}

function ofPulls({ content }: Place, keysOf: (pull: PullRequest) => string[]): string[] {
  return content.pullRequests.flatMap(keysOf);
}

/**
 * For tests: the identities of everything that an account may read of a kind, in no
 * promised order. Archived repositories count.
 */
export function heldBy(instance: Instance, stream: HeldStream, accountName: string): string[] {
  const { world, settings } = instance;
  const caller = { account: accountNamed(world, accountName), key: null };
  const viewer = { caller, publicAccess: settings.publicAccess };
  if (stream === "users") return world.people.filter((one) => one.active).map((one) => `${one.id}`);
  if (stream === "projects") {
    return world.projects.filter((one) => canViewProject(viewer, one)).map((one) => `${one.id}`);
  }
  return world.repositories
    .filter((one) => canOnRepository(viewer, one, "READ"))
    .flatMap((repository) =>
      ofRepository[stream]({ instance, repository, content: world.contentOf(repository) }),
    );
}
