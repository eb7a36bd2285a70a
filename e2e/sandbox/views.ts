import { type Account, allAccounts } from "./accounts";
import type { Project, Repository } from "./company";
import type { Branch, Commit, PullRequest } from "./history";
import { nameShown } from "./hostile-text";
import type { Comment, Instance } from "./instance";
import { isAtLeast } from "./versions";

/** The accounts behind project and repository keys are not people and have no user record. */
export const users = allAccounts.filter((account) => account.type === "NORMAL");

/** A user by slug, never by name. */
export function usersBySlug(slug: string): Account | undefined {
  return users.find((one) => one.slug.toLowerCase() === slug.toLowerCase());
}

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

/** A repository as JSON, with its clone addresses; `archived` is known from 8.0 on. */
export function repositoryView(instance: Instance, repository: Repository) {
  const { project, slug } = repository;
  const clonePath = `${project.key.toLowerCase()}/${slug}.git`;
  return {
    slug,
    id: repository.id,
    name: nameShown(instance, repository.name),
    scmId: "git",
    state: "AVAILABLE",
    statusMessage: "Available",
    forkable: true,
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

/** A branch as JSON. */
export function branchView(branch: Branch) {
  return {
    id: `refs/heads/${branch.name}`,
    displayId: branch.name,
    type: "BRANCH",
    latestCommit: branch.latestCommit,
    latestChangeset: branch.latestCommit,
    isDefault: branch.isDefault,
  };
}

/** A commit as JSON. */
export function commitView(instance: Instance, commit: Commit) {
  const author = userView(instance, commit.author);
  return {
    id: commit.id,
    displayId: commit.id.slice(0, 11),
    author,
    authorTimestamp: commit.at,
    committer: author,
    committerTimestamp: commit.at,
    message: commit.message,
    parents: commit.parents.map((id) => ({ id, displayId: id.slice(0, 11) })),
  };
}

/** A pull request as JSON. */
export function pullRequestView(instance: Instance, repository: Repository, pull: PullRequest) {
  const inRepository = { repository: repositoryView(instance, repository) };
  const refView = ({ name, latestCommit }: Branch) => ({
    id: `refs/heads/${name}`,
    displayId: name,
    latestCommit,
    ...inRepository,
  });
  const date = (ms: number) => pullRequestDate(instance, ms);
  return {
    id: pull.id,
    version: pull.state === "OPEN" ? 0 : 1,
    title: pull.title,
    state: pull.state,
    open: pull.state === "OPEN",
    closed: pull.state !== "OPEN",
    createdDate: date(pull.createdAt),
    updatedDate: date(pull.updatedAt),
    ...(pull.state === "OPEN" ? {} : { closedDate: date(pull.updatedAt) }),
    fromRef: refView(pull.from),
    toRef: refView(pull.to),
    locked: false,
    author: { user: userView(instance, pull.author), role: "AUTHOR", approved: false, status: "UNAPPROVED" },
    reviewers: [],
    participants: [],
    links: { self: [{ href: `${pullRequestsAddress(instance, repository)}/${pull.id}` }] },
  };
}

/** A pull request comment as JSON. */
export function commentView(instance: Instance, comment: Comment) {
  return {
    properties: { repositoryId: comment.repositoryId },
    id: comment.id,
    version: comment.version,
    text: comment.text,
    author: userView(instance, comment.author.account),
    createdDate: pullRequestDate(instance, comment.createdAt),
    updatedDate: pullRequestDate(instance, comment.createdAt),
    comments: [],
    severity: "NORMAL",
    state: "OPEN",
    permittedOperations: { editable: true, deletable: true },
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
