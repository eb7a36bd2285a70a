import type { JsonObject, Position, ReadContext, Step, StreamCall } from "@/lib/connectors/stream-reader";
import { definitionOf } from "../streams/all";
import type { Place } from "../streams/definition";
import { limitOf, listCall, listsOf, placeOf } from "./calls";
import { type Page, readPage } from "./page";
import { type ListPosition, numberIn, toStored } from "./position";
import { mapItems } from "./records";

/** Lists that are read page by page, with nothing more to it. */

/** The call for a page of a list. */
export function ordinaryCall(context: ReadContext, position: ListPosition): StreamCall {
  const plan = listsOf(definitionOf(context.settings.stream), context.settings)[position.part];
  if (plan === undefined) throw new Error(`no list ${position.part} of ${context.settings.stream}`);
  return listCall(context, plan, position);
}

/** Takes a page of a list; null if it is none. */
export function acceptList(context: ReadContext, position: ListPosition, body: unknown): Step | null {
  const walked = walkList(context, position, body);
  if (walked === null) return null;
  const { items, next, cursor, plan } = walked;
  const place: Place = { ...placeOf(position.unit, context.settings), ...plan.place };
  const mapped = mapItems(definitionOf(context.settings.stream), items, place, context.partition.group);
  return { ...mapped, next, ...(cursor ? { cursor } : {}) };
}

/** What a page of a list holds, and where its reading goes on; null if it is none. Maps no record. */
export function walkList(context: ReadContext, position: ListPosition, body: unknown): WalkedList | null {
  const definition = definitionOf(context.settings.stream);
  const lists = listsOf(definition, context.settings);
  const plan = lists[position.part];
  if (plan === undefined) return null;
  const page = readPage(body, { start: position.start, property: plan.property, one: plan.one });
  if (page === null) return null;
  const isNewestFirst = definition.reading.way === "newest-first";
  const known = isNewestFirst ? numberIn(context.cursor, "newest") : null;
  const items = known === null ? page.items : page.items.filter((item) => idOf(item) > known);
  const isKnown = items.length < page.items.length;
  const newest = Math.max(position.newest ?? known ?? 0, ...page.items.map(idOf));
  const rest = isNewestFirst ? { newest } : {};
  if (page.next !== null && !isKnown) {
    return { plan, items, next: toStored({ ...bare(position), start: page.next, ...rest }) };
  }
  if (position.part + 1 < lists.length) {
    return { plan, items, next: toStored({ ...bare(position), part: position.part + 1, start: 0 }) };
  }
  return { plan, items, next: null, ...(isNewestFirst ? { cursor: { newest } } : {}) };
}

type WalkedList = {
  readonly plan: ReturnType<typeof listsOf>[number];
  readonly items: readonly JsonObject[];
  readonly next: Position | null;
  readonly cursor?: JsonObject;
};

function bare({ at, unit, part }: ListPosition) {
  return { at, unit, part };
}

function idOf({ id }: JsonObject): number {
  return typeof id === "number" ? id : 0;
}

/**
 * Lists of changed files end at a number that the server's administrator sets, without a sign. If the last page is as
 * full as the server lets it be, below what was asked for, the end was probably met.
 */
export function isCutOff(context: ReadContext, page: Page): boolean {
  const asked = limitOf(context);
  return page.next === null && page.limit !== null && page.limit < asked && page.items.length >= page.limit;
}
