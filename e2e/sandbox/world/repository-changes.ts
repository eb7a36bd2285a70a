import { z } from "zod";
import { makeRepository, type Project } from "../company";
import { change, repositoryAt, repositorySchema } from "./change";
import type { World } from "./world";

const one = z.object({ repository: repositorySchema });

/** Creates a repository with the content that its id is worth; returns the id. */
export const addRepository = change(
  z.object({ project: z.string(), slug: z.string(), isEmpty: z.boolean().default(false) }),
  (world, given) => {
    const project = projectAt(world, given.project);
    refuseTaken(world, project, given.slug);
    const id = Math.max(...world.repositories.map((each) => each.id)) + 1;
    const repository = makeRepository(project, { id, slug: given.slug, empty: given.isEmpty });
    project.repositories.push(repository);
    return { id };
  },
);

/** Deletes a repository with everything in it. */
export const deleteRepository = change(one, (world, given) => {
  const { repository } = repositoryAt(world, given.repository);
  const { project } = repository;
  project.repositories = project.repositories.filter((each) => each !== repository);
});

/** Gives a repository another slug and name; the old address is a 404. */
export const renameRepository = change(one.extend({ slug: z.string() }), (world, given) => {
  const { repository } = repositoryAt(world, given.repository);
  refuseTaken(world, repository.project, given.slug);
  repository.slug = given.slug;
  repository.name = given.slug;
});

/** Moves a repository to another project; the old address is a 404. */
export const moveRepository = change(one.extend({ project: z.string() }), (world, given) => {
  const { repository } = repositoryAt(world, given.repository);
  const project = projectAt(world, given.project);
  refuseTaken(world, project, repository.slug);
  const before = repository.project;
  before.repositories = before.repositories.filter((each) => each !== repository);
  project.repositories.push(repository);
  repository.project = project;
});

/** Archives a repository, or takes it out of the archive. */
export const archiveRepository = change(
  one.extend({ archived: z.boolean().default(true) }),
  (world, given) => {
    repositoryAt(world, given.repository).repository.archived = given.archived;
  },
);

/** Takes every right on a repository from an account; lists may go on showing it, as in a race. */
export const hideRepository = change(
  one.extend({ account: z.string(), stillListed: z.boolean().default(false) }),
  (world, given) => {
    const { repository } = repositoryAt(world, given.repository);
    repository.hiddenFrom.set(given.account, { stillListed: given.stillListed });
  },
);

/** Gives an account its rights on a repository back. */
export const showRepository = change(one.extend({ account: z.string() }), (world, given) => {
  repositoryAt(world, given.repository).repository.hiddenFrom.delete(given.account);
});

/** Gives a project another key; the old one is a 404. */
export const renameProject = change(z.object({ project: z.string(), key: z.string() }), (world, given) => {
  const project = projectAt(world, given.project);
  if (world.findProject(given.key)) throw new RangeError(`the key ${given.key} is taken`);
  project.key = given.key;
});

/** Deletes a project with its repositories. */
export const deleteProject = change(z.object({ project: z.string() }), (world, given) => {
  world.removeProject(projectAt(world, given.project));
});

function projectAt(world: World, key: string): Project {
  const project = world.findProject(key);
  if (!project) throw new RangeError(`the server has no project ${key}`);
  return project;
}

function refuseTaken(world: World, project: Project, slug: string): void {
  if (world.findRepository(project, slug)) throw new RangeError(`${project.key}/${slug} is taken`);
}
