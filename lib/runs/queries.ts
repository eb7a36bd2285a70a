import "server-only";
import { and, asc, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import { datasets, endpoints, runPartitions, runs, uploads, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { databaseClock } from "@/lib/db/clock";
import type { Db } from "@/lib/db/types";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import { roleOf, visibleTo } from "@/lib/endpoints/visibility";
import {
  inOrder,
  isFrom,
  type KeyStart,
  type Page,
  type PageStart,
  readKeyPage,
  readPage,
} from "@/lib/paging";
import { deliveriesOf } from "./counts";
import { runReasonOf } from "./reasons";
import { runIdSchema } from "./schema";
import type { PartState, RunDetails, RunFacts, RunPart, RunSummary } from "./types";

const runsPerPage = 50;
const partsPerPage = 100;

/** One page of the runs of a source or destination, newest first; empty without it for this actor. */
export async function listRuns(
  db: Db,
  actor: Actor,
  endpointId: string,
  start: PageStart | null,
): Promise<Page<RunSummary>> {
  if (!runIdSchema.safeParse(endpointId).success) return { items: [], next: null, previous: null };
  const key = [runs.createdAt, runs.id] as const;
  const read = async (from: PageStart | null, limit: number) => {
    const rows = await selectRuns(db)
      .where(and(visibleTo(actor), eq(runs.endpointId, endpointId), isFrom(from, ...key)))
      .orderBy(...inOrder(from, ...key))
      .limit(limit);
    return rows.map((row) => ({ ...row, id: row.run.id }));
  };
  return readPage({ start, size: runsPerPage, read, keyOf: ({ run }) => run.createdAt }, summaryOf);
}

/** One run. Null for ids that are absent, malformed, not visible or of another source or destination. */
export async function findRun(
  db: Db,
  actor: Actor,
  endpointId: string,
  runId: string,
): Promise<RunDetails | null> {
  if (!runIdSchema.safeParse(endpointId).success || !runIdSchema.safeParse(runId).success) return null;
  const isIt = and(visibleTo(actor), eq(runs.endpointId, endpointId), eq(runs.id, runId));
  const [row] = await selectRuns(db).where(isIt);
  if (!row) return null;
  const [more] = await db
    .select({ role: roleOf(actor), now: databaseClock, goesOn: hasEarlierRun(), expected: expectedOf() })
    .from(runs)
    .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
    .where(isIt);
  if (!more) return null;
  const summary = summaryOf(row);
  const isActive = row.run.endedAt === null;
  return {
    ...summary,
    goesOn: more.goesOn,
    now: more.now.toISOString(),
    expected: more.expected,
    mayCancel: isActive && !summary.isCancelling && mayOnEndpoint(more.role, "operate"),
  };
}

/** The newest dry run of a destination; null without one, and without the destination for this actor. */
export async function findLatestDryRun(db: Db, actor: Actor, endpointId: string): Promise<RunDetails | null> {
  if (!runIdSchema.safeParse(endpointId).success) return null;
  const [newest] = await db
    .select({ id: runs.id })
    .from(runs)
    .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
    .where(and(visibleTo(actor), eq(runs.endpointId, endpointId), eq(runs.kind, "dry-run")))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(1);
  return newest ? findRun(db, actor, endpointId, newest.id) : null;
}

/**
 * One page of a run's parts in the order of their reading, with `state` only those; empty without the run for this
 * actor. A part's number is the key of its pages.
 */
export async function listRunPartitions(
  db: Db,
  actor: Actor,
  runId: string,
  { state = null, start = null }: { state?: PartState | null; start?: KeyStart | null } = {},
): Promise<Page<RunPart>> {
  if (!runIdSchema.safeParse(runId).success) return { items: [], next: null, previous: null };
  const read = (from: KeyStart | null, limit: number) =>
    db
      .select({
        key: runPartitions.key,
        label: runPartitions.label,
        state: runPartitions.state,
        reason: runPartitions.reason,
        received: runPartitions.received,
        calls: runPartitions.calls,
        number: runPartitions.number,
      })
      .from(runPartitions)
      .innerJoin(runs, eq(runs.passId, runPartitions.passId))
      .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
      .where(
        and(
          visibleTo(actor),
          eq(runs.id, runId),
          state === null ? undefined : eq(runPartitions.state, state),
          from ? (from.isBefore ? lt : gt)(runPartitions.number, Number(from.key)) : undefined,
        ),
      )
      .orderBy(from?.isBefore ? desc(runPartitions.number) : asc(runPartitions.number))
      .limit(limit);
  const isNumber = start && /^\d{1,15}$/.test(start.key);
  const keyOf = ({ number }: { number: number | null }) => String(number ?? 0);
  const page = await readKeyPage({ start: isNumber ? start : null, size: partsPerPage, read, keyOf });
  return { ...page, items: page.items.map(({ number, ...part }) => ({ ...part, number: number ?? 0 })) };
}

function selectRuns(db: Db) {
  return db
    .select({ run: runs, requestedBy: users.name })
    .from(runs)
    .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
    .leftJoin(users, eq(users.id, runs.requestedBy))
    .$dynamic();
}

// Of a run with all records, and only then: how many are new is not counted.
function expectedOf(): SQL<number | null> {
  return sql<
    number | null
  >`case when ${runs.kind} <> 'read' and ${runs.mode} = 'all' and ${runs.pick} is null then
    coalesce(
      (select ${uploads.records} from ${uploads} where ${uploads.id} = ${endpoints.inputUploadId}),
      (select ${datasets.records} from ${datasets} where ${datasets.endpointId} = ${endpoints.inputSourceId})
    )::int end`;
}

function hasEarlierRun(): SQL<boolean> {
  return sql<boolean>`exists (select from ${runs} as earlier where earlier.endpoint_id = "runs"."endpoint_id"
    and earlier.pass_id = "runs"."pass_id" and earlier.created_at < "runs"."created_at")`;
}

type Row = { readonly run: typeof runs.$inferSelect; readonly requestedBy: string | null };

function summaryOf({ run, requestedBy }: Row): RunSummary {
  const { received, added, changed, unchanged, deleted, unusable } = run;
  return {
    id: run.id,
    endpointId: run.endpointId,
    kind: run.kind,
    mode: run.mode,
    trigger: run.trigger,
    requestedBy: run.trigger === "user" ? requestedBy : null,
    state: run.state,
    reason: runReasonOf(run.reason),
    // Only the engine writes the column, with these fields.
    facts: run.facts as RunFacts,
    isCancelling: run.cancelWanted && run.endedAt === null,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
    waitUntil: run.waitUntil?.toISOString() ?? null,
    parts: {
      all: run.partitions,
      done: run.partitionsDone,
      skipped: run.partitionsSkipped,
      failed: run.partitionsFailed,
    },
    records: { received, added, changed, unchanged, deleted, unusable },
    deliveries: deliveriesOf(run),
    isTaking: run.taking !== null || (run.kind !== "read" && run.startedAt === null),
    calls: run.calls,
    waitedMs: run.waitedMs,
  };
}
