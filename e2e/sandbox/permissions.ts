import type { Level } from "./accounts";
import type { Grants, Project, Repository } from "./company";
import type { Caller } from "./sign-in";

/** A caller and the instance's public access: everything that a right depends on. */
export interface Viewer {
  caller: Caller | null;
  publicAccess: boolean;
}

const ranks = { READ: 1, WRITE: 2, ADMIN: 3 } as const;

/** Whether the viewer has at least this level on the project. */
export function canOnProject(viewer: Viewer, project: Project, level: Level): boolean {
  return rankOnProject(viewer, project) >= ranks[level];
}

/** Whether the viewer has at least this level on the repository, granted there or on its project. */
export function canOnRepository(viewer: Viewer, repository: Repository, level: Level): boolean {
  return rankOnRepository(viewer, repository) >= ranks[level];
}

/** Whether lists show the repository: some go on showing one whose right was just taken away. */
export function canSeeInLists(viewer: Viewer, repository: Repository, level: Level): boolean {
  if (canOnRepository(viewer, repository, level)) return true;
  return repository.hiddenFrom.get(viewer.caller?.account.name ?? "")?.stillListed === true;
}

/** Whether the project shows in lists: a right on one of its repositories is enough. */
export function canViewProject(viewer: Viewer, project: Project): boolean {
  return (
    canOnProject(viewer, project, "READ") ||
    project.repositories.some((one) => canOnRepository(viewer, one, "READ"))
  );
}

function rankOnProject(viewer: Viewer, project: Project): number {
  const open = publicRank(viewer, project.public);
  const { caller } = viewer;
  if (!caller) return open;
  const scope = caller.key?.scope;
  if (scope?.kind === "project" && scope.project === project.keyScope.project)
    return Math.max(open, keyRank(caller));
  return Math.max(open, Math.min(grantRank(project.grants, caller), keyRank(caller)));
}

function rankOnRepository(viewer: Viewer, repository: Repository): number {
  const { caller } = viewer;
  if (caller && repository.hiddenFrom.has(caller.account.name)) return 0;
  const inherited = Math.max(
    publicRank(viewer, repository.public),
    rankOnProject(viewer, repository.project),
  );
  if (!caller) return inherited;
  const scope = caller.key?.scope;
  if (scope?.kind === "repository" && isIn(scope, repository)) return Math.max(inherited, keyRank(caller));
  return Math.max(inherited, Math.min(grantRank(repository.grants, caller), keyRank(caller)));
}

function publicRank(viewer: Viewer, isPublic: boolean): number {
  return viewer.publicAccess && isPublic ? ranks.READ : 0;
}

function grantRank(grants: Grants, caller: Caller): number {
  const level = grants[caller.account.name];
  return level === undefined ? 0 : ranks[level];
}

function keyRank(caller: Caller): number {
  return caller.key === null ? ranks.ADMIN : ranks[caller.key.level];
}

function isIn(scope: { project: string; repository: string }, repository: Repository): boolean {
  const { keyScope } = repository;
  return scope.project === keyScope.project && scope.repository === keyScope.repository;
}
