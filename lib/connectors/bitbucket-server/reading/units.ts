import type {
  Group,
  JsonObject,
  KnownGroup,
  PartitionStart,
  ReadContext,
  Step,
  StreamCall,
} from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import { definitionOf } from "../streams/all";
import type { StreamDefinition } from "../streams/definition";
import { archivedQuery, levelOf, limitOf, parentsOf, pathOf, placeOf } from "./calls";
import { readPage } from "./page";
import { projectIn, repositoryIn } from "./pickers";
import {
  type ProjectUnit,
  type ReadPosition,
  type RepositoryUnit,
  toStored,
  type Unit,
  type UnitsPosition,
} from "./position";
import { mapItems } from "./records";

/** Where the reading of a unit begins. */
export function firstPosition(
  definition: StreamDefinition,
  unit: Unit,
  settings: SourceSettings,
): ReadPosition {
  const { way } = definition.reading;
  const parents = parentsOf(definition, settings);
  if (unit.kind === "project" && levelOf(definition, settings) === "repository") {
    return { at: "units", unit, start: 0 };
  }
  if (unit.kind === "repository") {
    if (way === "pull-requests" || parents === "pull-requests") return firstOfPulls(unit);
    if (way === "commits" || parents === "commits") {
      const stage = settings.parameters.branch === "all" ? "branches" : "begin";
      return { at: "commits", unit, stage, start: 0 };
    }
  }
  if (unit.kind === "server") {
    if (way === "manual") return { at: "manual", unit, start: 0 };
    if (parents === "groups") return { at: "groups", unit, start: 0 };
  }
  return { at: "list", unit, part: 0, start: 0 };
}

function firstOfPulls(unit: RepositoryUnit): ReadPosition {
  const nothing = { pages: 0, high: 0, maxId: 0, isFalling: true, last: null, seen: {} };
  return { at: "pulls", unit, stage: "all", start: 0, ...nothing };
}

/** The partitions with which a run begins: one, or one for each chosen project or repository. */
export function entriesOf(settings: SourceSettings): readonly PartitionStart[] {
  const definition = definitionOf(settings.stream);
  const level = levelOf(definition, settings);
  const { scope } = settings;
  const server = { kind: "server" } as const;
  if (level === "server" || scope.kind === "everything") {
    const position: ReadPosition =
      level === "server"
        ? firstPosition(definition, server, settings)
        : { at: "units", unit: server, start: 0 };
    return [{ key: "start", group: null, label: "", position: toStored(position) }];
  }
  if (scope.kind === "repositories") {
    return scope.repositories.map((one, index) =>
      chosen(definition, settings, { kind: "repository", ...one }, index),
    );
  }
  return scope.projects.map((one, index) => chosen(definition, settings, { kind: "project", ...one }, index));
}

function entryOf(index: number) {
  return index === 0 ? "first" : "chosen";
}

function chosen(
  definition: StreamDefinition,
  settings: SourceSettings,
  unit: ProjectUnit | RepositoryUnit,
  index: number,
): PartitionStart {
  const partition = partitionOf(definition, settings, unit);
  return { ...partition, position: { ...partition.position, entry: entryOf(index) } };
}

/** The partition that reads a project or repository. */
export function partitionOf(
  definition: StreamDefinition,
  settings: SourceSettings,
  unit: ProjectUnit | RepositoryUnit,
): PartitionStart {
  const position = toStored(firstPosition(definition, unit, settings));
  const group = isGroup(definition, settings, unit) ? String(unit.id) : null;
  return { key: `${unit.kind}:${unit.id}`, group, label: labelOf(unit), position };
}

/** A project whose repositories are listed is no group: what is listed may be gone or unreadable one by one. */
export function isGroup(
  definition: StreamDefinition,
  settings: SourceSettings,
  { kind }: ProjectUnit | RepositoryUnit,
): boolean {
  return kind === levelOf(definition, settings);
}

/** A project or repository as users know it. */
export function labelOf(unit: ProjectUnit | RepositoryUnit): string {
  return unit.kind === "project" ? unit.key : `${unit.projectKey}/${unit.slug}`;
}

/** The group of a unit's records. */
export function groupOf(unit: ProjectUnit | RepositoryUnit): Group {
  const { kind: _kind, id, ...address } = unit;
  return { id: String(id), label: labelOf(unit), address };
}

/** A known group's unit, by the address that it had. */
export function unitOf(
  level: "project" | "repository",
  group: KnownGroup,
): ProjectUnit | RepositoryUnit | null {
  const id = Number(group.id);
  const { key, projectKey, slug, name } = group.address;
  if (!Number.isSafeInteger(id)) return null;
  const named = typeof name === "string" ? name : group.label;
  if (level === "project") return typeof key === "string" ? { kind: "project", id, key, name: named } : null;
  if (typeof projectKey !== "string" || typeof slug !== "string") return null;
  return { kind: "repository", id, projectKey, slug, name: named };
}

/** The unit of a record of the server; null if it is none. */
export function unitIn(
  level: "project" | "repository",
  item: JsonObject,
): ProjectUnit | RepositoryUnit | null {
  if (level === "project") {
    const project = projectIn(item);
    return project === null ? null : { kind: "project", ...project };
  }
  const repository = repositoryIn(item);
  return repository === null ? null : { kind: "repository", ...repository };
}

/** The call for a page of the units. */
export function unitsCall(context: ReadContext, { unit, start }: UnitsPosition): StreamCall {
  const level = levelOf(definitionOf(context.settings.stream), context.settings);
  const paging = { limit: limitOf(context), start };
  if (level === "project") return { path: "/rest/api/1.0/projects", query: paging };
  const query = { ...archivedQuery(context), ...paging };
  if (unit.kind === "server") return { path: "/rest/api/1.0/repos", query };
  return { path: pathOf("/rest/api/1.0/projects/{project}/repos", unit), query };
}

/** Takes a page of units: they are the records, or each becomes a partition. */
export function acceptUnits(context: ReadContext, position: UnitsPosition, body: unknown): Step | null {
  const { settings } = context;
  const definition = definitionOf(settings.stream);
  const level = levelOf(definition, settings) === "project" ? "project" : "repository";
  const page = readPage(body, { start: position.start });
  if (page === null) return null;
  const { unit } = position;
  const next = page.next === null ? null : toStored({ at: "units", unit, start: page.next });
  const units = page.items.map((item) => unitIn(level, item)).filter((one) => one !== null);
  const groups = units.map(groupOf);
  if (definition.reading.way === "units") {
    const mapped = mapItems(definition, page.items, placeOf(unit, settings), null);
    // Each is a group of its own, so that one that may not be read any more is told from one that is gone.
    return { ...mapped, records: mapped.records.map((one) => ({ ...one, group: one.key })), groups, next };
  }
  return {
    records: [],
    next,
    spawns: units.map((one) => partitionOf(definition, settings, one)),
    groups,
    unusable: page.items.length - units.length,
  };
}
