import type { AnswerMeaning, StreamCall } from "@/lib/connectors/stream-reader";
import type { Ask } from "./read-stream";

/** A repository of the server that exists in memory only. */
export type FakeRepository = {
  id: number;
  project: { id: number; key: string; name: string };
  slug: string;
  name: string;
  /** Newest first, as the server lists them. */
  pulls: FakePull[];
  /** The parents of each commit, by its id. */
  parents: Map<string, string[]>;
  /** The first is the default branch. */
  branches: { name: string; tip: string }[];
  isReadable?: boolean;
};
export type FakePull = {
  id: number;
  updated: number;
  state?: "OPEN" | "MERGED" | "DECLINED";
  version?: number;
  tip?: string;
  /** The ids of its activities. */
  activities?: number[];
};

export type FakePaging = {
  /** The largest page. */
  limit?: number;
  /** How many rows that nobody may see lie before a row. */
  gap?: (row: number) => number;
};

const gone = { kind: "skip", reason: "gone" } as const;
const noRight = { kind: "skip", reason: "no-right" } as const;
const nothing = { kind: "nothing" } as const;

/** For tests: answers calls for repositories, branches, commits, pull requests and activities from memory. */
export function streamServer(repositories: readonly FakeRepository[], paging: FakePaging = {}): Ask {
  return (call) => {
    const rows = rowsFor(repositories, call);
    return "kind" in rows ? rows : { kind: "body", body: pageOf(rows.values, call, paging) };
  };
}

/** One page of rows, whose numbers have gaps. */
export function pageOf(
  values: readonly unknown[],
  { query }: StreamCall,
  { limit = 1000, gap }: FakePaging = {},
) {
  const start = Number(query.start ?? 0);
  const granted = Math.min(Number(query.limit ?? 25), limit);
  let number = -1;
  const numbered = values.map((value, row) => {
    number += 1 + (gap?.(row) ?? 0);
    return { number, value };
  });
  const rest = numbered.filter((one) => one.number >= start);
  const next = rest[granted];
  return {
    size: Math.min(rest.length, granted),
    limit: granted,
    start,
    isLastPage: next === undefined,
    values: rest.slice(0, granted).map(({ value }) => value),
    nextPageStart: next?.number ?? null,
  };
}

function rowsFor(
  repositories: readonly FakeRepository[],
  { path, query }: StreamCall,
): AnswerMeaning | { values: readonly unknown[] } {
  const [, , , , kind = "", key = "", below = "", slug = "", list = "", item = "", children = ""] =
    path.split("/");
  if (kind === "repos") {
    const named = repositories.filter(
      ({ name }) => query.name === undefined || name.includes(String(query.name)),
    );
    return { values: named.filter((one) => one.isReadable !== false).map(repositoryView) };
  }
  if (kind === "projects" && key === "") {
    const projects = new Map(repositories.map(({ project }) => [project.id, project]));
    return { values: [...projects.values()] };
  }
  const ofProject = repositories.filter(({ project }) => project.key === decodeURIComponent(key));
  if (ofProject.length === 0) return gone;
  if (below === "") return { kind: "body", body: ofProject[0]?.project };
  if (slug === "") {
    return { values: ofProject.filter((one) => one.isReadable !== false).map(repositoryView) };
  }
  const found = ofProject.find((one) => one.slug === decodeURIComponent(slug));
  if (found === undefined) return gone;
  if (found.isReadable === false) return noRight;
  if (list === "") return { kind: "body", body: repositoryView(found) };
  if (list === "branches") return { values: found.branches.map(branchView) };
  if (list === "commits") return commitsOf(found, query);
  if (list === "pull-requests" && item === "") {
    const state = query.state ?? "OPEN";
    const wanted = found.pulls.filter((one) => state === "ALL" || (one.state ?? "OPEN") === state);
    return { values: wanted.map((one) => pullView(found, one)) };
  }
  const pull = found.pulls.find(({ id }) => String(id) === item);
  if (list !== "pull-requests" || children !== "activities") return { kind: "not-available" };
  return pull === undefined
    ? gone
    : { values: (pull.activities ?? []).map((id) => ({ id, action: "OPENED" })) };
}

function commitsOf({ branches, parents }: FakeRepository, query: StreamCall["query"]) {
  const branch =
    branches.find(({ name }) => name === query.until) ??
    (query.until === undefined ? branches[0] : undefined);
  const until = branch?.tip ?? query.until;
  if (typeof until !== "string" || !parents.has(until)) return nothing;
  const { since } = query;
  if (typeof since === "string" && !parents.has(since)) return nothing;
  const dropped = typeof since === "string" ? reachable(parents, since) : new Set();
  const ids = [...reachable(parents, until)].filter((id) => !dropped.has(id));
  return {
    values: ids.map((id) => ({ id, parents: (parents.get(id) ?? []).map((parent) => ({ id: parent })) })),
  };
}

/** Breadth first, so the newest comes first. */
export function reachable(parents: ReadonlyMap<string, readonly string[]>, from: string): Set<string> {
  const found = new Set([from]);
  for (const id of found) for (const parent of parents.get(id) ?? []) found.add(parent);
  return found;
}

function repositoryView({ id, slug, name, project }: FakeRepository) {
  return { id, slug, name, project };
}

function branchView({ name, tip }: FakeRepository["branches"][number], row: number) {
  return { id: name, latestCommit: tip, isDefault: row === 0 };
}

function pullView(
  { id: repository }: FakeRepository,
  { id, updated, state = "OPEN", version = 0, tip = "a" }: FakePull,
) {
  return {
    ...{ id, version, state, createdDate: id, updatedDate: updated },
    ...{ fromRef: { latestCommit: tip }, toRef: { repository: { id: repository } } },
  };
}

/** For tests: a project. */
export const projectOf = (id: number) => ({ id, key: `P${id}`, name: `Project ${id}` });

/** For tests: a repository with so many commits in a row, branches at some of them, and pull requests. */
export function repositoryOf(
  id: number,
  parts: Partial<FakeRepository> & { commits?: number } = {},
): FakeRepository {
  const { commits = 3, ...rest } = parts;
  const ids = Array.from({ length: commits }, (_, index) => `r${id}c${index}`);
  return {
    ...{ id, project: projectOf(1 + (id % 3)), slug: `repo-${id}`, name: `Repo ${id}`, pulls: [] },
    parents: new Map(ids.map((one, index) => [one, index === 0 ? [] : [`r${id}c${index - 1}`]])),
    branches: commits === 0 ? [] : [{ name: "refs/heads/main", tip: ids.at(-1) ?? "" }],
    ...rest,
  };
}
