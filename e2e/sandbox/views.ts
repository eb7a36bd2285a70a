import type { Account } from "./accounts";
import type { Project, Repository } from "./company";
import { nameShown } from "./hostile-text";
import type { Instance } from "./instance";
import { isAtLeast } from "./versions";
import { inventedId } from "./world/invented";

/**
 * An account as JSON. Links use the configured base URL, whatever address was requested. The avatar's address is added
 * only with a size, on the server itself unless a public service has the avatars.
 */
export function userView(instance: Instance, account: Account, avatarSize: string | null = null) {
  return {
    name: account.name,
    ...(account.emailAddress === "" ? {} : { emailAddress: account.emailAddress }),
    id: account.id,
    displayName: nameShown(instance, account.displayName),
    active: account.active,
    slug: account.slug,
    type: account.type,
    links: { self: [{ href: `${instance.baseUrl}/users/${account.slug}` }] },
    ...(avatarSize ? { avatarUrl: avatarUrl(instance, account, avatarSize) } : {}),
  };
}

function avatarUrl(instance: Instance, { slug, id }: Account, size: string): string {
  return instance.settings.publicAvatars
    ? `https://avatars.example/${id}.jpg?s=${encodeURIComponent(size)}`
    : `${instance.baseUrl}/users/${slug}/avatar.png?s=${encodeURIComponent(size)}`;
}

/** A project as JSON; a personal one points at its owner and has no description. */
export function projectView(instance: Instance, project: Project) {
  const address = project.owner ? `users/${project.owner.slug}` : `projects/${project.key}`;
  return {
    key: project.key,
    id: project.id,
    name: nameShown(instance, project.name),
    ...(project.description === "" ? {} : { description: project.description }),
    public: project.public,
    type: project.type,
    ...(project.owner ? { owner: userView(instance, project.owner) } : {}),
    links: { self: [{ href: `${instance.baseUrl}/${address}` }] },
  };
}

/** A repository as JSON, with its clone addresses; `archived` is known from 8.0 on, a fork names its origin. */
export function repositoryView(instance: Instance, repository: Repository): object {
  const { project, slug, origin } = repository;
  const clonePath = `${project.key.toLowerCase()}/${slug}.git`;
  return {
    slug,
    id: repository.id,
    name: nameShown(instance, repository.name),
    ...(repository.description === undefined ? {} : { description: repository.description }),
    hierarchyId: inventedId("hierarchy", origin?.id ?? repository.id).slice(0, 20),
    scmId: "git",
    state: "AVAILABLE",
    statusMessage: "Available",
    forkable: true,
    ...(origin ? { origin: repositoryView(instance, origin) } : {}),
    project: projectView(instance, project),
    public: repository.public,
    ...(isAtLeast(instance.settings.version, "8.0.0") ? { archived: repository.archived } : {}),
    links: {
      clone: [
        { href: `${instance.baseUrl}/scm/${clonePath}`, name: "http" },
        { href: `ssh://git@${new URL(instance.baseUrl).hostname}:7999/${clonePath}`, name: "ssh" },
      ],
      self: [{ href: `${instance.baseUrl}/projects/${project.key}/repos/${slug}/browse` }],
    },
  };
}

/** The browser address of a repository's pull requests. */
export function pullRequestsAddress(instance: Instance, repository: Repository): string {
  return `${instance.baseUrl}/projects/${repository.project.key}/repos/${repository.slug}/pull-requests`;
}

/** Epoch milliseconds up to 10.2, ISO text from 10.3 on, as pull request payloads were reported (drone/go-scm). */
export function pullRequestDate(instance: Instance, ms: number): number | string {
  return isAtLeast(instance.settings.version, "10.3.0") ? new Date(ms).toISOString() : ms;
}
