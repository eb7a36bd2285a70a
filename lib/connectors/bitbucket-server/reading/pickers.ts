import type { Pickers } from "@/lib/connectors/source";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { ChosenProject, ChosenRepository } from "@/lib/connectors/streams";
import { cleanText } from "../clean-text";
import { isObject } from "../streams/shared";
import { readPage } from "./page";

/** As many as fit into a list that a user looks through. */
const perPage = 50;

/** Searching projects and repositories to choose from. */
export const bitbucketPickers: Pickers = {
  projects: (query, start) => ({ path: "/rest/api/1.0/projects", query: queryOf(query, start) }),
  // Versions before 8.0 have no archived repositories and ignore the parameter.
  repositories: (query, start) => ({
    path: "/rest/api/1.0/repos",
    query: { ...queryOf(query, start), archived: "ALL" },
  }),
  readProjects: (body) => readList(body, projectIn),
  readRepositories: (body) => readList(body, repositoryIn),
};

function queryOf(query: string, start: number): Record<string, string | number> {
  const name = query.trim();
  return { limit: perPage, start, ...(name === "" ? {} : { name }) };
}

function readList<Item>(body: unknown, read: (item: JsonObject) => Item | null) {
  // Where the asked page began is not known here: a start that grows is a number above zero.
  const page = readPage(body, { start: 0 });
  if (page === null) return null;
  const items = page.items.map(read).filter((item) => item !== null);
  return { items, next: page.next };
}

/** A project as it is chosen and addressed; null if it lacks what that needs. */
export function projectIn(item: JsonObject): ChosenProject | null {
  const { id, key } = item;
  if (typeof id !== "number" || typeof key !== "string" || key === "") return null;
  return { id, key: key.slice(0, 255), name: nameOf(item, key) };
}

/** A repository as it is chosen and addressed; null if it lacks what that needs. */
export function repositoryIn(item: JsonObject): ChosenRepository | null {
  const { id, slug, project } = item;
  const projectKey = isObject(project) ? project.key : undefined;
  if (typeof id !== "number" || typeof slug !== "string" || typeof projectKey !== "string") return null;
  if (slug === "" || projectKey === "") return null;
  return { id, projectKey: projectKey.slice(0, 255), slug: slug.slice(0, 255), name: nameOf(item, slug) };
}

function nameOf({ name }: JsonObject, otherwise: string): string {
  return (typeof name === "string" ? cleanText(name, 255) : null) ?? otherwise.slice(0, 255);
}
