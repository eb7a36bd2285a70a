import type { JsonObject, ReadContext, Step, StreamCall } from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import { definitionOf } from "../streams/all";
import { isObject, projectPath, repositoryPath } from "../streams/shared";
import { archivedQuery, limitOf, pathOf } from "./calls";
import { readPage } from "./page";
import {
  type FindPosition,
  type ProjectUnit,
  type RepositoryUnit,
  type SearchPosition,
  toStored,
} from "./position";
import { firstPosition, groupOf, isGroup, partitionOf, unitIn } from "./units";

/** What became of projects and repositories that are not where they were. */

/** The call for what stands at a unit's address. */
export function findCall({ unit }: FindPosition): StreamCall {
  return { path: pathOf(unit.kind === "project" ? projectPath : repositoryPath, unit), query: {} };
}

/** Takes what stands at the address now. It is read if the source covers it; something else there means it is gone. */
export function acceptFound(context: ReadContext, { unit }: FindPosition, body: unknown): Step | null {
  if (!isObject(body)) return null;
  const found = unitIn(unit.kind, body);
  if (found === null) return null;
  const project = isObject(body.project) ? body.project.id : undefined;
  const isRead = isCovered(context.settings, found, project) && !isLeftOut(context, body);
  if (found.id !== unit.id || !isRead) {
    return { records: [], next: null, groupState: "gone" };
  }
  const definition = definitionOf(context.settings.stream);
  const spawns = [partitionOf(definition, context.settings, found)];
  return { records: [], next: null, groups: [groupOf(found)], spawns };
}

function isCovered({ scope }: SourceSettings, unit: ProjectUnit | RepositoryUnit, project: unknown): boolean {
  if (scope.kind === "everything") return true;
  if (scope.kind === "repositories") return scope.repositories.some(({ id }) => id === unit.id);
  const projectId = unit.kind === "project" ? unit.id : project;
  return scope.projects.some(({ id }) => id === projectId);
}

/** A repository that exists, but is archived, or not, while the source reads the others only. */
function isLeftOut({ settings }: ReadContext, { archived }: JsonObject): boolean {
  const wanted = settings.parameters.archived ?? "ALL";
  return wanted !== "ALL" && (wanted === "ARCHIVED") !== (archived === true);
}

/** The call for a page of all units, or of those with the unit's name. */
export function searchCall(context: ReadContext, { unit, by, start }: SearchPosition): StreamCall {
  const query = { ...(by === "name" ? { name: unit.name } : {}), limit: limitOf(context), start };
  return unit.kind === "project"
    ? { path: "/rest/api/1.0/projects", query }
    : { path: "/rest/api/1.0/repos", query: { ...archivedQuery(context), ...query } };
}

/** Takes a page of the search: the unit is read at its new address, or nothing has its id any more. */
export function acceptSearched(context: ReadContext, position: SearchPosition, body: unknown): Step | null {
  const { unit, by, start } = position;
  const page = readPage(body, { start });
  if (page === null) return null;
  const found = page.items.map((item) => unitIn(unit.kind, item)).find((one) => one?.id === unit.id);
  if (found !== undefined && found !== null) {
    const definition = definitionOf(context.settings.stream);
    const next = toStored(firstPosition(definition, found, context.settings));
    const groups = isGroup(definition, context.settings, found) ? [groupOf(found)] : [];
    return { records: [], next, groups };
  }
  if (page.next !== null) return { records: [], next: toStored({ ...position, start: page.next }) };
  if (by === "name") return { records: [], next: toStored({ ...position, by: "all", start: 0 }) };
  return { records: [], next: null, groupState: "gone" };
}
