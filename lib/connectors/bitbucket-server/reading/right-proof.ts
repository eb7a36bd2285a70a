import type { Need } from "@/lib/connectors/action";
import type { Place, ProofStep, RightProof } from "@/lib/connectors/rehearsal";
import type { AnswerMeaning, JsonObject } from "@/lib/connectors/stream-reader";
import { isObject, projectPath, repositoryPath } from "../streams/shared";
import { pathOf } from "./calls";
import { readPage } from "./page";
import { projectIn, repositoryIn } from "./pickers";

/** Places with the same name fill more than one page only by accident. */
const mostPages = 3;
const pageSize = 100;

/**
 * The place itself proves the right to read it. Whether it may be written or administered, no answer says; lists take
 * that right as a filter.
 */
export const bitbucketRightProof: RightProof = (place, need, [itself, ...pages]) => {
  if (itself === undefined) return { kind: "ask", call: { path: pathTo(place), query: {} } };
  if (itself.kind !== "body") return endOf(itself);
  const found = isObject(itself.body) ? foundIn(place, itself.body) : null;
  if (found === null) return { kind: "unclear" };
  if (need === "read") return { kind: "proven" };
  let start = 0;
  for (const page of pages) {
    if (page.kind !== "body") return endOf(page);
    const read = readPage(page.body, { start });
    if (read === null) return { kind: "unclear" };
    if (read.items.some(({ id }) => id === found.id)) return { kind: "proven" };
    if (read.next === null) return { kind: "lacking", why: "no-right" };
    start = read.next;
  }
  return pages.length < mostPages ? askForList(place, need, found, start) : { kind: "unclear" };
};

/** Names as the server has them, to find it by: shown names are cleaned. */
type Found = { readonly id: number; readonly name: string; readonly projectName: string | null };

function pathTo({ project, repository }: Place): string {
  if (repository === null) return pathOf(projectPath, { kind: "project", id: 0, key: project, name: "" });
  const unit = { kind: "repository", id: 0, projectKey: project, slug: repository, name: "" } as const;
  return pathOf(repositoryPath, unit);
}

function foundIn({ repository }: Place, body: JsonObject): Found | null {
  if (repository === null) {
    const found = projectIn(body);
    return found && { id: found.id, name: textIn(body.name) ?? found.name, projectName: null };
  }
  const found = repositoryIn(body);
  const projectName = isObject(body.project) ? textIn(body.project.name) : null;
  return found && { id: found.id, name: textIn(body.name) ?? found.name, projectName };
}

function textIn(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function askForList(
  { repository }: Place,
  need: Need,
  { name, projectName }: Found,
  start: number,
): ProofStep {
  const level = need === "admin" ? "ADMIN" : "WRITE";
  const paging = { limit: pageSize, start };
  if (repository === null) {
    const query = { permission: `PROJECT_${level}`, name, ...paging };
    return { kind: "ask", call: { path: "/rest/api/1.0/projects", query } };
  }
  const ofProject = projectName === null ? {} : { projectname: projectName };
  // Versions before 8.0 have no archived repositories and ignore the parameter.
  const query = { permission: `REPO_${level}`, name, ...ofProject, archived: "ALL", ...paging };
  return { kind: "ask", call: { path: "/rest/api/1.0/repos", query } };
}

function endOf(meaning: Exclude<AnswerMeaning, { kind: "body" }>): ProofStep {
  if (meaning.kind === "skip") return { kind: "lacking", why: meaning.reason };
  if (meaning.kind === "nothing") return { kind: "lacking", why: "gone" };
  if (meaning.kind === "failed") return { kind: "refused", words: meaning.words ?? null };
  return { kind: "unclear" };
}
