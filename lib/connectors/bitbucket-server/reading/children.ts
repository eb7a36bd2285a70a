import type { ReadContext, Step, StreamCall } from "@/lib/connectors/stream-reader";
import { definitionOf } from "../streams/all";
import { listCall, listsOf, placeOf } from "./calls";
import { isCutOff } from "./lists";
import { readPage } from "./page";
import { type ChildrenPosition, type ReadPosition, toStored } from "./position";
import { mapItems, parentText } from "./records";
import { ending } from "./walk";

/** The lists of each parent, one parent after the other. */

/** With more children, the keys would make each step heavy; a full run finds what was deleted. */
const mostKeys = 5_000;

/** The call for a page of the current parent's children. */
export function childrenCall(context: ReadContext, position: ChildrenPosition): StreamCall {
  const [parent] = position.queue;
  const plan = listsOf(definitionOf(context.settings.stream), context.settings)[position.part];
  if (plan === undefined || parent === undefined) throw new Error(`no list ${position.part} of a parent`);
  return listCall(context, plan, { unit: position.unit, start: position.start, parent });
}

/** Takes a page of children; the last page of a parent names all of its children. */
export function acceptChildren(context: ReadContext, position: ChildrenPosition, body: unknown): Step | null {
  const { settings, partition } = context;
  const definition = definitionOf(settings.stream);
  const lists = listsOf(definition, settings);
  const plan = lists[position.part];
  const [parent] = position.queue;
  if (plan === undefined || parent === undefined) return null;
  const page = readPage(body, { start: position.start, property: plan.property, one: plan.one });
  if (page === null) return null;
  const isCut = definition.reading.isCapped === true && isCutOff(context, page);
  const place = {
    ...placeOf(position.unit, settings),
    ...plan.place,
    parent,
    truncated: isCut ? true : undefined,
  };
  const mapped = mapItems(definition, page.items, place, partition.group);
  const own = mapped.records.map(({ key }) => key);
  const isKept = position.keys !== null && position.keys.length + own.length <= mostKeys;
  const keys = isKept ? [...(position.keys ?? []), ...own] : null;
  if (page.next !== null) return { ...mapped, next: toStored({ ...bare(position), keys, start: page.next }) };
  if (position.part + 1 < lists.length) {
    return { ...mapped, next: toStored({ ...bare(position), keys, part: position.part + 1, start: 0 }) };
  }
  const completes = keys === null ? [] : [{ parent: parentText(place, parent), keys }];
  return { ...mapped, completes, ...afterParent(position) };
}

/** A parent that does not exist any more has no children. */
export function passChildren(context: ReadContext, position: ChildrenPosition): Step {
  const place = placeOf(position.unit, context.settings);
  const completes = position.queue
    .slice(0, 1)
    .map((parent) => ({ parent: parentText(place, parent), keys: [] }));
  return { records: [], completes, ...afterParent(position) };
}

function afterParent(position: ChildrenPosition): Pick<Step, "next" | "cursor"> {
  const queue = position.queue.slice(1);
  const next: ReadPosition | null =
    queue.length === 0 ? position.after : { ...bare(position), queue, keys: [], part: 0, start: 0 };
  return ending(next, position.cursor);
}

function bare({
  entry: _entry,
  ...position
}: ReadPosition & ChildrenPosition): ReadPosition & ChildrenPosition {
  return position;
}
