import type { JsonObject, PartitionStart, ReadContext, StreamCall } from "@/lib/connectors/stream-reader";
import { definitionOf } from "../streams/all";
import { isObject, listIn, repositoryPath } from "../streams/shared";
import { limitOf, parentsOf, pathOf } from "./calls";
import { type Page, readPage } from "./page";
import { type CommitsPosition, type ReadPosition, textIn, textsIn, toStored } from "./position";
import { labelOf } from "./units";
import type { Walked } from "./walk";

/**
 * Commits have no date filter, so a run keeps the newest commit of each branch. A page is asked for by the id of the
 * newest commit, not by the branch's name: then nothing shifts while it is read.
 */

/** Where each commit costs a request, few are taken at a time: those that wait are stored with each step. */
const mostParents = 100;

/** The call for a page of commits or branches. */
export function commitsCall(context: ReadContext, position: CommitsPosition): StreamCall {
  const { unit, stage, start, tip, old, base } = position;
  const limit = limitOf(
    context,
    parentsOf(definitionOf(context.settings.stream), context.settings) ? mostParents : 1000,
  );
  if (stage === "branches") {
    return { path: pathOf(`${repositoryPath}/branches`, unit), query: { limit: limitOf(context), start } };
  }
  const path = pathOf(`${repositoryPath}/commits`, unit);
  if (stage === "begin") {
    // One commit is enough to see that nothing is new.
    const isKnown = textIn(context.cursor, "tip") !== null;
    return { path, query: { ...branchQuery(context), limit: isKnown ? 1 : limit, start } };
  }
  const range: Record<string, string> =
    stage === "lost"
      ? { until: old ?? "", since: tip ?? "" }
      : { until: tip ?? "", ...sinceQuery(stage === "since" ? old : base) };
  return { path, query: { ...range, limit, start } };
}

function sinceQuery(since: string | undefined): Record<string, string> {
  return since === undefined ? {} : { since };
}

function branchQuery({ settings }: ReadContext): Record<string, string> {
  const { branch, branchName = "" } = settings.parameters;
  if (branch !== "named") return {};
  return { until: branchName.startsWith("refs/") ? branchName : `refs/heads/${branchName}` };
}

/** Takes a page of commits or branches; null if it is none. */
export function acceptCommits(context: ReadContext, position: CommitsPosition, body: unknown): Walked | null {
  const page = readPage(body, { start: position.start });
  if (page === null) return null;
  switch (position.stage) {
    case "branches":
      return acceptBranches(context, position, page);
    case "begin":
      return begin(context, position, page);
    case "whole":
      return whole(position, page);
    case "since":
      return since(context, position, page);
    case "lost":
      return lost(position, page);
  }
}

/** The branch's newest commit: known, then there is nothing new; else with the first page of all or of what is new. */
function begin(context: ReadContext, { unit }: CommitsPosition, page: Page): Walked | null {
  const old = textIn(context.cursor, "tip");
  const tip = page.items[0]?.id;
  // A repository without commits.
  if (tip === undefined) return { items: [], next: null, cursor: context.cursor };
  if (typeof tip !== "string") return null;
  if (old === null) return whole({ at: "commits", unit, stage: "whole", start: 0, tip }, page);
  if (old === tip) return { items: [], next: null, cursor: { tip } };
  return { items: [], next: { at: "commits", unit, stage: "since", start: 0, tip, old } };
}

function whole(position: CommitsPosition, page: Page): Walked {
  if (page.next !== null) return { items: page.items, next: { ...position, start: page.next } };
  return { items: page.items, ...end(position) };
}

function since(context: ReadContext, position: CommitsPosition, page: Page): Walked {
  const { old } = position;
  const follows = (commit: JsonObject) =>
    listIn(commit, "parents").some((parent) => isObject(parent) && parent.id === old);
  const isLinked = position.isLinked === true || page.items.some(follows);
  if (page.next !== null) return { items: page.items, next: { ...position, isLinked, start: page.next } };
  if (isLinked || position.isOneOfAll) return { items: page.items, ...end(position) };
  // Nothing new follows the old commit: the branch was rewritten. With children, only what it lost is looked up, since
  // reading all would cost a request for each commit.
  const hasChildren = parentsOf(definitionOf(context.settings.stream), context.settings) !== null;
  const next: ReadPosition = hasChildren ? { ...position, stage: "lost", start: 0 } : allOf(position);
  return { items: page.items, next };
}

/** The whole branch from its newest commit, in a run that reads what is new. */
function allOf({ at, unit, tip, isOneOfAll }: CommitsPosition): ReadPosition {
  const tips = tip === undefined ? {} : { tip };
  // The records of all branches belong to one group, so one branch cannot tell what was deleted.
  return { at, unit, stage: "whole", start: 0, ...tips, ...(isOneOfAll ? { isOneOfAll } : { isAll: true }) };
}

function lost(position: CommitsPosition, page: Page): Walked {
  const gone = page.items.flatMap(({ id }) => (typeof id === "string" ? [id] : []));
  if (page.next !== null) return { items: [], gone, next: { ...position, start: page.next } };
  return { items: [], gone, ...end(position) };
}

function end({ tip, isOneOfAll }: CommitsPosition): { next: null; cursor: JsonObject | null } {
  return { next: null, cursor: isOneOfAll || tip === undefined ? null : { tip } };
}

/** The old commit is gone or the branch does not exist: what is left to read, if anything. */
export function passCommits(position: CommitsPosition): ReadPosition | "end" | "missing" {
  const hasLimit = position.stage === "since" || (position.stage === "whole" && position.base !== undefined);
  if (hasLimit) return allOf(position);
  return position.stage === "lost" ? "end" : "missing";
}

/** With all branches: each that moved becomes a partition, the default branch first and whole. */
function acceptBranches(context: ReadContext, position: CommitsPosition, page: Page): Walked {
  const tips: Record<string, string> = { ...position.tips };
  let { defaultBranch } = position;
  for (const { id, latestCommit, isDefault } of page.items) {
    if (typeof id !== "string" || typeof latestCommit !== "string") continue;
    tips[id] = latestCommit;
    if (isDefault === true) defaultBranch = id;
  }
  const rest = { tips, ...(defaultBranch === undefined ? {} : { defaultBranch }) };
  if (page.next !== null) return { items: [], next: { ...position, ...rest, start: page.next } };
  const before = textsIn(context.cursor, "tips");
  const main = defaultBranch ?? Object.keys(tips)[0];
  const names = Object.keys(tips).sort((one, other) => Number(other === main) - Number(one === main));
  const moved = names.filter((name) => tips[name] !== before[name]);
  const base = main === undefined ? undefined : tips[main];
  const spawns = moved.map((name) =>
    branchPartition(position, name, {
      tip: tips[name],
      old: before[name],
      base: name === main ? undefined : base,
    }),
  );
  return { items: [], next: null, cursor: { tips }, spawns };
}

function branchPartition(
  { unit }: CommitsPosition,
  name: string,
  { tip, old, base }: { tip: string | undefined; old: string | undefined; base: string | undefined },
): PartitionStart {
  const position: CommitsPosition = {
    at: "commits",
    unit,
    stage: old === undefined ? "whole" : "since",
    start: 0,
    isOneOfAll: true,
    ...(tip === undefined ? {} : { tip }),
    ...(old === undefined ? {} : { old }),
    ...(base === undefined ? {} : { base }),
  };
  const label = `${labelOf(unit)} ${name.replace(/^refs\/heads\//, "")}`;
  return {
    key: `repository:${unit.id}:${name}`,
    group: String(unit.id),
    label,
    position: toStored(position),
  };
}
