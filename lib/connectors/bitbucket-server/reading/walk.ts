import type { JsonObject, PartitionStart, ReadContext, Step } from "@/lib/connectors/stream-reader";
import { definitionOf } from "../streams/all";
import type { Place, StreamDefinition } from "../streams/definition";
import { isObject } from "../streams/shared";
import { listsOf, parentsOf, placeOf } from "./calls";
import { type ReadPosition, toStored } from "./position";
import { mapItems, parentText } from "./records";

/** What one page of pull requests, commits or groups brought. */
export type Walked = {
  readonly items: readonly JsonObject[];
  /** Those whose children are to be read; all if left out. */
  readonly changed?: readonly JsonObject[];
  /** The ids of those that do not exist any more. */
  readonly gone?: readonly (string | number)[];
  /** The page holds all of the unit. */
  readonly isWhole?: boolean;
  readonly next: ReadPosition | null;
  readonly cursor?: JsonObject | null;
  readonly spawns?: readonly PartitionStart[];
};

/** Makes a step of it: the items are the records themselves, or parents whose children are read next. */
export function stepOf(context: ReadContext, { unit, isAll }: ReadPosition, walked: Walked): Step {
  const { settings, partition } = context;
  const definition = definitionOf(settings.stream);
  const place = placeOf(unit, settings);
  const { next, cursor = null, spawns = [] } = walked;
  const parents = parentsOf(definition, settings);
  const goneParents = (walked.gone ?? []).map((id) => ({ parent: parentText(place, id), keys: [] }));
  if (parents === null) {
    const mapped = mapItems(definition, walked.items, place, partition.group);
    const completes = completesOf(definition, place, walked, mapped.records);
    return { ...mapped, ...completes, spawns, ...ending(next, cursor) };
  }
  const queue = [...new Set((walked.changed ?? walked.items).flatMap(parentIn(definition, parents)))];
  // Statuses belong to a commit, which may be the newest of other pull requests, too.
  const isOfPulls = parents === "pull-requests" && definition.reading.of !== "by-parameter";
  const completes = parents !== "pull-requests" || isOfPulls ? goneParents : [];
  if (queue.length === 0 || listsOf(definition, settings).length === 0) {
    return { records: [], completes, spawns, ...ending(next, cursor) };
  }
  const children: ReadPosition = {
    ...{ at: "children", unit, queue, part: 0, start: 0, keys: [], after: next },
    cursor: next === null ? cursor : null,
    ...(isAll ? { isAll } : {}),
  };
  return { records: [], completes, spawns, next: toStored(children) };
}

/** The end of a partition, or where it goes on. */
export function ending(next: ReadPosition | null, cursor: JsonObject | null): Pick<Step, "next" | "cursor"> {
  return next === null ? { next: null, cursor } : { next: toStored(next) };
}

function parentIn(definition: StreamDefinition, parents: string): (item: JsonObject) => (string | number)[] {
  const isTip = parents === "pull-requests" && definition.reading.of === "by-parameter";
  return ({ id, name, value, fromRef }) => {
    const found = isTip ? (isObject(fromRef) ? fromRef.latestCommit : undefined) : (id ?? value ?? name);
    return typeof found === "string" || typeof found === "number" ? [found] : [];
  };
}

/** Participants stand in their pull request, and a page may hold all pull requests of a repository. */
function completesOf(
  { reading }: StreamDefinition,
  place: Place,
  { items, gone = [], isWhole = false }: Walked,
  records: Step["records"],
): Pick<Step, "completes"> {
  if (reading.way !== "pull-requests") return {};
  if (reading.explode === undefined) {
    return isWhole ? { completes: [{ parent: parentText(place), keys: records.map(({ key }) => key) }] } : {};
  }
  const keys = new Map<string, string[]>();
  for (const { id } of items) if (typeof id === "number") keys.set(parentText(place, id), []);
  for (const id of gone) keys.set(parentText(place, id), []);
  for (const { key, parent } of records) keys.get(parent ?? "")?.push(key);
  return { completes: [...keys].map(([parent, own]) => ({ parent, keys: own })) };
}
