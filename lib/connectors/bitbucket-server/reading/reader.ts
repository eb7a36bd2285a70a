import type {
  KnownGroup,
  PartitionStart,
  Position,
  ReadContext,
  SkipReason,
  Step,
  StreamCall,
  StreamReader,
} from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import { definitionOf } from "../streams/all";
import { levelOf, limitOf, parentsOf } from "./calls";
import { acceptChildren, childrenCall, passChildren } from "./children";
import { acceptCommits, commitsCall, passCommits } from "./commits";
import { acceptFound, acceptSearched, findCall, searchCall } from "./find";
import { acceptList, ordinaryCall, walkList } from "./lists";
import { acceptManual, manualCall } from "./manual";
import { readPage } from "./page";
import { fromStored, type GroupsPosition, type ReadPosition, toStored } from "./position";
import { acceptPulls, pullsCall } from "./pull-requests";
import { acceptUnits, entriesOf, groupOf, isGroup, unitOf, unitsCall } from "./units";
import { stepOf, type Walked } from "./walk";

/** How the streams of Bitbucket Server are read. */
export const bitbucketReader: StreamReader = { start, find, callFor, ahead, accept, pass };

function start(settings: SourceSettings): PartitionStart {
  const [first] = entriesOf(settings);
  if (first === undefined) throw new Error("a scope without projects or repositories");
  return first;
}

function find(settings: SourceSettings, group: KnownGroup): PartitionStart | null {
  const definition = definitionOf(settings.stream);
  const level = levelOf(definition, settings);
  const unit = level === "server" ? null : unitOf(level, group);
  if (unit === null) return null;
  return {
    key: `find:${group.id}`,
    group: group.id,
    label: group.label,
    position: toStored({ at: "find", unit }),
  };
}

function callFor(context: ReadContext, stored: Position): StreamCall {
  const position = fromStored(stored);
  switch (position.at) {
    case "units":
      return unitsCall(context, position);
    case "find":
      return findCall(position);
    case "search":
      return searchCall(context, position);
    case "list":
      return ordinaryCall(context, position);
    case "commits":
      return commitsCall(context, position);
    case "pulls":
      return pullsCall(context, position);
    case "groups":
      return { path: "/rest/api/1.0/groups", query: { limit: limitOf(context), start: position.start } };
    case "children":
      return childrenCall(context, position);
    case "manual":
      return manualCall(context, position);
  }
}

function ahead(context: ReadContext, stored: Position, body: unknown): Position | null {
  const position = fromStored(stored);
  if (position.at === "list") return walkList(context, position, body)?.next ?? null;
  if (position.at !== "commits" || position.stage === "branches") return null;
  const { settings } = context;
  if (parentsOf(definitionOf(settings.stream), settings) !== null) return null;
  const next = acceptCommits(context, position, body)?.next;
  return next ? toStored(next) : null;
}

function accept(context: ReadContext, stored: Position, body: unknown): Step | "no-records" | null {
  const position = fromStored(stored);
  const step = take(context, position, body);
  return step === null || step === "no-records"
    ? step
    : { ...step, ...atEntry(context, position, step, true), ...extentOf(position) };
}

function take(context: ReadContext, position: ReadPosition, body: unknown): Step | "no-records" | null {
  const made = (walked: Walked | null) => (walked === null ? null : stepOf(context, position, walked));
  switch (position.at) {
    case "units":
      return acceptUnits(context, position, body);
    case "find":
      return acceptFound(context, position, body);
    case "search":
      return acceptSearched(context, position, body);
    case "list":
      return acceptList(context, position, body);
    case "commits":
      return made(acceptCommits(context, position, body));
    case "pulls":
      return made(acceptPulls(context, position, body));
    case "groups":
      return made(acceptGroups(position, body));
    case "children":
      return acceptChildren(context, position, body);
    case "manual":
      return acceptManual(context, position, body);
  }
}

function acceptGroups(position: GroupsPosition, body: unknown): Walked | null {
  const page = readPage(body, { start: position.start });
  if (page === null) return null;
  return { items: page.items, next: page.next === null ? null : { ...position, start: page.next } };
}

/** The first answer of a chosen unit proves that it is there; the very first one brings the others' partitions. */
function atEntry(
  { settings }: ReadContext,
  { entry, unit }: ReadPosition,
  step: Step,
  isThere: boolean,
): Pick<Step, "spawns" | "groups"> {
  if (entry === undefined) return {};
  const others = entry === "first" ? entriesOf(settings).slice(1) : [];
  const definition = definitionOf(settings.stream);
  const isMet = isThere && unit.kind !== "server" && isGroup(definition, settings, unit);
  return {
    spawns: [...(step.spawns ?? []), ...others],
    groups: [...(step.groups ?? []), ...(isMet ? [groupOf(unit)] : [])],
  };
}

function pass(context: ReadContext, stored: Position, why: "nothing" | SkipReason) {
  const position = fromStored(stored);
  const step = passed(context, position, why);
  // A commit that vanished while it was read proves nothing about the others.
  const isKept = position.at === "children" && step.skipped === undefined;
  return {
    ...step,
    ...atEntry(context, position, step, why !== "gone"),
    ...(isKept ? extentOf(position) : {}),
  };
}

function extentOf({ isAll }: ReadPosition): Pick<Step, "readsAll"> {
  return isAll ? { readsAll: true } : {};
}

type Passed = Step & { readonly skipped?: SkipReason };

function passed(context: ReadContext, position: ReadPosition, why: "nothing" | SkipReason): Passed {
  const over = { records: [], next: null };
  if (position.at === "find") {
    return why === "no-right"
      ? { ...over, groupState: "unreadable", skipped: why }
      : { ...over, groupState: "gone" };
  }
  if (why === "no-right") {
    const hasGroup = context.partition.group !== null;
    return { ...over, skipped: why, ...(hasGroup ? { groupState: "unreadable" } : {}) };
  }
  if (position.at === "children") return passChildren(context, position);
  if (position.at === "commits") {
    const rest = passCommits(position);
    if (rest === "end") return { ...over, cursor: position.tip === undefined ? null : { tip: position.tip } };
    if (rest !== "missing") return { ...over, next: toStored(rest) };
  }
  if (why === "nothing") return over;
  return passGone(context, position);
}

/** Nothing has that address any more: it may have moved. */
function passGone({ settings }: ReadContext, position: ReadPosition): Passed {
  const over = { records: [], next: null, skipped: "gone" } as const;
  const { unit } = position;
  if (unit.kind === "server" || position.at === "search") return over;
  // In chosen projects, what moved out of them is not covered; the next run finds out what became of it.
  const isOfProject = settings.scope.kind === "projects" && unit.kind === "repository";
  if (isOfProject) return over;
  return { records: [], next: toStored({ at: "search", unit, by: "name", start: 0 }) };
}
