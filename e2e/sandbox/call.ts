import type { Level } from "./accounts";
import type { Answer } from "./answer";
import type { Project, Repository } from "./company";
import { noSuchProject, noSuchRepository, notPermitted } from "./errors";
import { canOnRepository, canViewProject, type Viewer } from "./permissions";
import type { SandboxRequest } from "./request";
import type { Caller } from "./sign-in";

/** A request that passed the sign-in and matched its endpoint; `caller` is null for anonymous callers. */
export interface Call extends SandboxRequest {
  caller: Caller | null;
  params: ReadonlyMap<string, string>;
}

/** A named part of the path. */
export function param(call: Call, name: string): string {
  const value = call.params.get(name);
  if (value === undefined) throw new Error(`the route has no :${name}`);
  return value;
}

/** The caller and the instance's public access. */
export function viewerOf(call: Call): Viewer {
  return { caller: call.caller, publicAccess: call.instance.settings.publicAccess };
}

/** Requires a signed-in caller. */
export function forSignedIn(call: Call, answer: (caller: Caller) => Answer): Answer {
  return call.caller ? answer(call.caller) : notPermitted();
}

/** Finds the project of the path. A missing one is 404, an unreadable one 401: Bitbucket does not hide existence. */
export function forProject(call: Call, answer: (project: Project) => Answer): Answer {
  const key = param(call, "project");
  const project = call.instance.world.findProject(key);
  if (!project) return noSuchProject(key);
  return canViewProject(viewerOf(call), project) ? answer(project) : notPermitted();
}

/** Finds the repository of the path for a caller with at least this level on it. */
export function forRepository(call: Call, level: Level, answer: (repository: Repository) => Answer): Answer {
  const key = param(call, "project");
  const slug = param(call, "repository");
  const project = call.instance.world.findProject(key);
  if (!project) return noSuchProject(key);
  const repository = call.instance.world.findRepository(project, slug);
  if (!repository) return noSuchRepository(project.key, slug);
  return canOnRepository(viewerOf(call), repository, level) ? answer(repository) : notPermitted();
}
