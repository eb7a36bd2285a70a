import type { JsonObject, ReadContext, StreamCall } from "@/lib/connectors/stream-reader";
import { isObject, repositoryPath } from "../streams/shared";
import { limitOf, pathOf } from "./calls";
import { type Page, readPage } from "./page";
import { numberIn, type PullsPosition, textsIn } from "./position";
import { msOf } from "./values";
import type { Walked } from "./walk";

/**
 * The server cannot list what was updated since a time, and does not say whether it sorts by creation or update. So a
 * run reads all pages, unless what it sees proves that they fall by update.
 */

/** Clocks of the nodes of a cluster differ, and an update may be stored after a later one. */
const overlapMs = 5 * 60_000;

/** The call for a page of pull requests. */
export function pullsCall(context: ReadContext, { unit, stage, start }: PullsPosition): StreamCall {
  const state = stage === "open" ? "OPEN" : (context.settings.parameters.state ?? "ALL");
  const query = { state, order: "NEWEST", limit: limitOf(context), start };
  return { path: pathOf(`${repositoryPath}/pull-requests`, unit), query };
}

type Pull = {
  readonly item: JsonObject;
  readonly id: number;
  readonly updated: number;
  readonly created: number;
  readonly isOpen: boolean;
  readonly fingerprint: string;
};

/** Takes a page of pull requests; null if it is none. */
export function acceptPulls(context: ReadContext, position: PullsPosition, body: unknown): Walked | null {
  const page = readPage(body, { start: position.start });
  if (page === null) return null;
  const pulls = page.items.flatMap(pullIn);
  const since = numberIn(context.cursor, "high");
  const before = textsIn(context.cursor, "seen");
  const hasChanged = ({ id, updated, isOpen, fingerprint }: Pull) =>
    since === null || ((isOpen || !(updated <= since - overlapMs)) && before[id] !== fingerprint);
  const changed = pulls.filter(hasChanged);
  const seen = note(position, pulls);
  const walked = { items: page.items, changed: changed.map(({ item }) => item) };
  if (position.stage === "again") return again(context, position, { page, pulls, seen });
  if (page.next !== null) {
    const isOld = since !== null && changed.length === 0 && pulls.every((one) => isBefore(one, since));
    const canStop = position.stage === "all" && isOld && seen.isFalling;
    if (!canStop) return { ...walked, next: { ...seen, start: page.next } };
    const isNarrowed = (context.settings.parameters.state ?? "ALL") !== "ALL";
    if (isNarrowed) return { ...walked, next: null, cursor: cursorOf(context, seen) };
    return { ...walked, next: { ...seen, stage: "open", start: 0 } };
  }
  // With a cursor, the next run meets what came meanwhile as later than this one.
  if (position.stage === "all" && position.pages > 0 && since === null) {
    return { ...walked, next: { ...seen, stage: "again", start: 0 } };
  }
  const isPart = position.stage === "open" || position.pages > 0;
  if (isPart) return { ...walked, next: null, cursor: cursorOf(context, seen) };
  // One page holds them all: those that the last run knew and that are missing were deleted.
  const ids = new Set(pulls.map(({ id }) => id));
  const known = context.cursor?.ids;
  const gone = (Array.isArray(known) ? known : []).flatMap((id) =>
    typeof id === "number" && !ids.has(id) ? [id] : [],
  );
  return {
    ...walked,
    gone,
    isWhole: true,
    next: null,
    cursor: { ...cursorOf(context, seen), ids: [...ids] },
  };
}

function isBefore({ updated, created }: Pull, since: number): boolean {
  return updated <= since && created <= since;
}

/** The first page once more, because what came meanwhile stands there; further pages only while all is new. */
function again(
  context: ReadContext,
  position: PullsPosition,
  { page, pulls, seen }: { page: Page; pulls: readonly Pull[]; seen: PullsPosition },
): Walked {
  const isNew = ({ id, updated }: Pull) => id > position.maxId || updated > position.high;
  const fresh = pulls.filter(isNew).map(({ item }) => item);
  const goesOn = fresh.length > 0 && fresh.length === pulls.length;
  const walked = { items: fresh, changed: fresh };
  // New ones on the next page are measured against the same marks.
  const marks = { high: position.high, maxId: position.maxId };
  if (page.next !== null && goesOn) return { ...walked, next: { ...seen, ...marks, start: page.next } };
  return { ...walked, next: null, cursor: cursorOf(context, seen) };
}

function note(position: PullsPosition, pulls: readonly Pull[]): PullsPosition {
  let { isFalling, last, high, maxId } = position;
  const seen: Record<string, string> = { ...position.seen };
  for (const { id, updated, isOpen, fingerprint } of pulls) {
    isFalling &&= Number.isFinite(updated) && (last === null || updated <= last);
    last = updated;
    if (updated > high) high = updated;
    if (id > maxId) maxId = id;
    if (isOpen || updated > high - overlapMs) seen[id] = fingerprint;
  }
  const isLastKnown = last !== null && Number.isFinite(last);
  return {
    ...position,
    pages: position.pages + 1,
    isFalling,
    last: isLastKnown ? last : null,
    high,
    maxId,
    seen,
  };
}

function cursorOf(context: ReadContext, { high, seen }: PullsPosition): JsonObject {
  const since = numberIn(context.cursor, "high") ?? 0;
  const newHigh = Math.max(high, since);
  const recent = Object.entries(seen).filter(([, fingerprint]) => {
    const [state = "", updated = ""] = fingerprint.split(":");
    return state === "o" || Number(updated) > newHigh - overlapMs;
  });
  return { high: newHigh, seen: Object.fromEntries(recent) };
}

function pullIn(item: JsonObject): Pull[] {
  const { id, version, state, updatedDate, createdDate, fromRef } = item;
  if (typeof id !== "number") return [];
  const updated = msOf(updatedDate);
  const tip = isObject(fromRef) && typeof fromRef.latestCommit === "string" ? fromRef.latestCommit : "";
  const isOpen = state === "OPEN";
  const fingerprint = `${isOpen ? "o" : "c"}:${updated}:${String(version)}:${tip.slice(0, 12)}`;
  return [{ item, id, updated, created: msOf(createdDate), isOpen, fingerprint }];
}
