import { z } from "zod";
import { sandboxAccounts } from "./accounts";
import { type Answer, json } from "./answer";
import { type Call, forProject, forSignedIn, viewerOf } from "./call";
import { makeRepository, type Project } from "./company";
import { conflict, notPermitted } from "./errors";
import { canOnProject } from "./permissions";
import type { Caller } from "./sign-in";
import { parseBody } from "./validation";
import { projectView, repositoryView } from "./views";
import { oneOf, optionalText, requiredText } from "./write-fields";

const isPublic = z.boolean({ error: "public has to be true or false." }).default(false);
const repositorySchema = z.object({
  name: requiredText("the name of the repository", 128).refine(
    (name) => /^[\p{L}\p{N}][\p{L}\p{N} _.-]*$/u.test(name),
    {
      error:
        "A repository's name begins with a letter or number and holds letters, numbers, spaces, hyphens, underscores and periods.",
    },
  ),
  scmId: oneOf("scmId", ["git"]).optional(),
  description: optionalText("description", 255),
  public: isPublic,
});
const projectSchema = z.object({
  key: requiredText("the key of the project", 128).refine((key) => /^[a-z][a-z0-9_]*$/i.test(key), {
    error: "A project's key begins with a letter and holds letters, numbers and underscores.",
  }),
  name: requiredText("the name of the project", 128),
  description: optionalText("description", 255),
  public: isPublic,
});

/** POST projects/{key}/repos {name}: an empty repository; 409 if the name is taken. */
export function createRepository(call: Call): Answer {
  return forProject(call, (project) =>
    forSignedIn(call, () => {
      if (!canOnProject(viewerOf(call), project, "ADMIN")) return notPermitted();
      const parsed = parseBody(repositorySchema, call.body);
      if ("refusal" in parsed) return parsed.refusal;
      const { name, description, public: open } = parsed.body;
      const { world } = call.instance;
      const slug = slugOf(name);
      if (world.findRepository(project, slug)) {
        return conflict(
          "This repository URL is already taken.",
          "repository.RepositoryAlreadyExistsException",
        );
      }
      const id = Math.max(0, ...world.repositories.map((one) => one.id)) + 1;
      const repository = makeRepository(project, { id, slug, empty: true });
      Object.assign(repository, { name, description, public: open, writtenAt: world.nextMoment() });
      project.repositories.push(repository);
      return json(201, repositoryView(call.instance, repository));
    }),
  );
}

function slugOf(name: string): string {
  const plain = name.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.replace(/[^a-z0-9_.-]+/g, "-").slice(0, 128);
}

/** POST projects {key, name}: by those who may create projects, and with no API key; 409 if either is taken. */
export function createProject(call: Call): Answer {
  return forSignedIn(call, (caller) => {
    if (!mayCreateProjects(caller)) return notPermitted();
    const parsed = parseBody(projectSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { name, description = "", public: open } = parsed.body;
    const key = parsed.body.key.toUpperCase();
    const { world } = call.instance;
    const isTaken = (one: Project) => one.name.toLowerCase() === name.toLowerCase();
    if (world.findProject(key)) return taken("This project key is already in use.");
    if (world.projects.some(isTaken)) return taken("This project name is already in use.");
    const project: Project = {
      id: Math.max(0, ...world.projects.map((one) => one.id)) + 1,
      key,
      name,
      description,
      type: "NORMAL",
      owner: null,
      public: open,
      grants: { [caller.account.name]: "ADMIN" },
      repositories: [],
      keyScope: { project: key },
      writtenAt: world.nextMoment(),
    };
    world.projects = [...world.projects, project].toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return json(201, projectView(call.instance, project));
  });
}

function taken(message: string): Answer {
  return conflict(message, "project.ProjectAlreadyExistsException");
}

/** Creating projects is a right on the whole server, which no key has. */
function mayCreateProjects({ account, key }: Caller): boolean {
  return key === null && account === sandboxAccounts.ana;
}
