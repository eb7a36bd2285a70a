import "server-only";
import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { datasets, endpoints, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { firstThatRan, firstToTend } from "@/lib/endpoints/listed";
import type { EndpointRole } from "@/lib/endpoints/policy";
import { isVisibleTo, roleOf } from "@/lib/endpoints/visibility";
import type { Direction } from "@/lib/paths";
import type { RunSummary } from "./types";

/** The newest run of a source or destination, for lists; instants are ISO 8601 in UTC. */
export type LatestRun = {
  readonly id: string;
  readonly state: RunSummary["state"];
  readonly createdAt: string;
  /** The records of the source now; 0 for a destination. */
  readonly records: number;
};

/** The newest run of each of these sources and destinations that the actor sees, by the id of its source or destination, in one query. */
export async function listLatestRuns(
  db: Db,
  actor: Actor,
  endpointIds: readonly string[],
): Promise<ReadonlyMap<string, LatestRun>> {
  if (endpointIds.length === 0) return new Map();
  const newest = newestRun(db);
  const rows = await db
    .select({
      endpointId: endpoints.id,
      id: newest.id,
      state: newest.state,
      createdAt: newest.createdAt,
      records: datasets.records,
    })
    .from(endpoints)
    .innerJoinLateral(newest, sql`true`)
    .leftJoin(datasets, eq(datasets.endpointId, endpoints.id))
    .where(and(isVisibleTo(actor), inArray(endpoints.id, [...endpointIds])));
  return new Map(
    rows.map(({ endpointId, createdAt, records, ...run }) => [
      endpointId,
      { ...run, createdAt: createdAt.toISOString(), records: records ?? 0 },
    ]),
  );
}

/** The newest run of a source or destination for the start page. */
export type ToldRun = {
  /** Of the source or destination. */
  readonly id: string;
  readonly direction: Direction;
  readonly name: string;
  /** The reader's role on it. */
  readonly role: EndpointRole;
  /** Its schedule paused itself, because its runs kept failing. */
  readonly isPausedByItself: boolean;
  readonly run: Pick<LatestRun, "id" | "state" | "createdAt">;
};

export type RunsToTell = {
  /** Newest runs that failed or are incomplete, the latest first. */
  readonly toTend: readonly ToldRun[];
  /** The latest runs of all, five at most. */
  readonly recent: readonly ToldRun[];
};

const mostRecent = 5;

/** The runs that the start page tells, of what the actor sees: `mostToTend` sources and destinations to tend, and the latest runs. */
export async function listRunsToTell(db: Db, actor: Actor, mostToTend: number): Promise<RunsToTell> {
  const newest = newestRun(db, mostRecent);
  const listed = sql`(select id, bool_or(is_to_tend) as is_to_tend, bool_or(is_recent) as is_recent from (
    select id, true as is_to_tend, false as is_recent from ${firstToTend(actor, mostToTend)} as tended
    union all select id, false, true from ${firstThatRan(actor, mostRecent)} as ran) as told group by id) as listed`;
  const rows = await db
    .select({
      id: endpoints.id,
      direction: endpoints.direction,
      name: endpoints.name,
      role: roleOf(actor),
      pausedAt: endpoints.pausedAt,
      pausedBy: endpoints.pausedBy,
      runId: newest.id,
      state: newest.state,
      createdAt: newest.createdAt,
      isToTend: sql<boolean>`listed.is_to_tend`,
      isRecent: sql<boolean>`listed.is_recent`,
    })
    .from(endpoints)
    .innerJoin(listed, sql`listed.id = ${endpoints.id}`)
    .innerJoinLateral(newest, sql`true`)
    .where(isVisibleTo(actor))
    .orderBy(desc(newest.createdAt), desc(newest.id));
  const firstOfEach = rows.filter((row, at) => rows.findIndex(({ id }) => id === row.id) === at);
  const toTend = firstOfEach.filter(
    ({ isToTend, state }) => isToTend && (state === "failed" || state === "incomplete"),
  );
  const recent = rows.filter(({ isRecent }) => isRecent).slice(0, mostRecent);
  return { toTend: toTend.map(toldOf), recent: recent.map(toldOf) };
}

type ToldRow = Omit<ToldRun, "role" | "isPausedByItself" | "run"> & {
  readonly role: EndpointRole | null;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly runId: string;
  readonly state: LatestRun["state"];
  readonly createdAt: Date;
};

function toldOf({
  id,
  direction,
  name,
  role,
  pausedAt,
  pausedBy,
  runId,
  state,
  createdAt,
}: ToldRow): ToldRun {
  if (role === null) throw new Error("a source or destination is visible without a role");
  const run = { id: runId, state, createdAt: createdAt.toISOString() };
  return { id, direction, name, role, isPausedByItself: pausedAt !== null && pausedBy === null, run };
}

// A dry run says nothing of how its destination does.
function newestRun(db: Db, limit = 1) {
  return db
    .select({ id: runs.id, state: runs.state, createdAt: runs.createdAt })
    .from(runs)
    .where(and(eq(runs.endpointId, endpoints.id), ne(runs.kind, "dry-run")))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(limit)
    .as("newest");
}
