import { type Answer, json } from "./answer";
import { type Call, forProject, viewerOf } from "./call";
import { badField, notPermitted } from "./errors";
import { pageFor } from "./paging";
import { canOnProject, canSeeInLists, canViewProject } from "./permissions";
import { requestedLevel } from "./requested-level";
import { projectView, repositoryView } from "./views";

/** GET projects: those visible to the caller, by part of the name and by level. */
export function listProjects(call: Call): Answer {
  const level = requestedLevel(call.query, "PROJECT");
  if (level === "unknown") return badField("permission", "The permission is not one of a project.");
  const name = (call.query.get("name") ?? "").toLowerCase();
  const viewer = viewerOf(call);
  return pageFor(call, {
    rows: call.instance.world.projects.filter((project) => project.name.toLowerCase().includes(name)),
    // With a permission filter, anonymous callers get an empty list here too.
    canSee: (project) =>
      level === null
        ? canViewProject(viewer, project)
        : call.caller !== null && canOnProject(viewer, project, level),
    view: (project) => projectView(call.instance, project),
  });
}

/** GET projects/{key}. */
export function getProject(call: Call): Answer {
  return forProject(call, (project) => json(200, projectView(call.instance, project)));
}

/** GET projects/{key}/repos: needs the right to read the project itself; includes archived repositories. */
export function listRepositoriesOfProject(call: Call): Answer {
  const viewer = viewerOf(call);
  return forProject(call, (project) => {
    if (!canOnProject(viewer, project, "READ")) return notPermitted();
    return pageFor(call, {
      rows: project.repositories,
      canSee: (repository) => canSeeInLists(viewer, repository, "READ"),
      view: (repository) => repositoryView(call.instance, repository),
    });
  });
}
