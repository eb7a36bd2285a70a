import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { activeRunStates, endpoints, runs } from "@/drizzle/schema";
import type { Schedule } from "@/drizzle/schema/endpoints";
import type { Actor } from "@/lib/actor";
import { findJobActor } from "@/lib/auth/job-actor";
import { databaseNow } from "@/lib/db/clock";
import type { Db } from "@/lib/db/types";
import { nextRunAt } from "@/lib/endpoints/schedule";
import { AppError } from "@/lib/errors";
import type { Direction } from "@/lib/paths";
import { fromNow } from "./claim";

const perRound = 20;
/** What a killed process claimed is due again after this. */
const claimMs = 60_000;
/** How soon a destination that is still at work is looked at again after a run of its source. */
const followMs = 2_000;
const longestSpreadMs = { every: 5 * 60_000, cron: 60_000 };

/** Requests a run as the owner; `isNew` is false if it met the one that is active. */
export type RequestDue = (db: Db, owner: Actor, endpointId: string) => Promise<{ readonly isNew: boolean }>;
export type DueRequests = Readonly<Record<Direction, RequestDue>>;

/**
 * Requests a run for each source and destination whose schedule is due, as its owner. Returns how many were due. A
 * destination that follows a source, and is still at work, is due again until a run of its own began after that.
 */
export async function requestDueRuns(db: Db, requests: DueRequests): Promise<number> {
  const due = await db
    .select({
      id: endpoints.id,
      direction: endpoints.direction,
      ownerId: endpoints.ownerId,
      schedule: endpoints.schedule,
      nextRunAt: endpoints.nextRunAt,
    })
    .from(endpoints)
    .where(and(sql`${endpoints.nextRunAt} <= clock_timestamp()`, isNull(endpoints.pausedAt)))
    .orderBy(asc(endpoints.nextRunAt))
    .limit(perRound);
  for (const one of due) await requestDue(db, requests[one.direction], one);
  return due.length;
}

type Due = { id: string; ownerId: string; schedule: Schedule; nextRunAt: Date | null };

async function requestDue(
  db: Db,
  request: RequestDue,
  { id, ownerId, schedule, nextRunAt: dueAt }: Due,
): Promise<void> {
  const isUntouched = and(
    eq(endpoints.id, id),
    sql`${endpoints.nextRunAt} = ${sql.param(dueAt, endpoints.nextRunAt)}`,
  );
  // Claimed first: another process that found it due at the same time leaves it.
  const [claimed] = await db
    .update(endpoints)
    .set({ nextRunAt: fromNow(claimMs) })
    .where(isUntouched)
    .returning({ nextRunAt: endpoints.nextRunAt });
  if (!claimed) return;
  const owner = await findJobActor(db, ownerId);
  const began = owner && (await requestUnlessRefused(db, request, owner, id));
  const now = await databaseNow(db);
  const isMissed = schedule.kind === "after-source" && began === "met";
  const next = isMissed
    ? new Date(now.getTime() + followMs)
    : nextRunWithSpread(schedule, now, Math.random());
  await db
    .update(endpoints)
    .set({ nextRunAt: next })
    .where(
      and(eq(endpoints.id, id), eq(endpoints.nextRunAt, sql.param(claimed.nextRunAt, endpoints.nextRunAt))),
    );
}

/** `met`: another run is under way. */
async function requestUnlessRefused(
  db: Db,
  request: RequestDue,
  owner: Actor,
  id: string,
): Promise<"began" | "met" | "refused"> {
  try {
    return (await request(db, owner, id)).isNew ? "began" : "met";
  } catch (error) {
    // Paused, deleted or given away meanwhile; or a destination that does something else.
    if (!(error instanceof AppError)) throw error;
    return (await hasActiveRun(db, id)) ? "met" : "refused";
  }
}

async function hasActiveRun(db: Db, endpointId: string): Promise<boolean> {
  const active = and(eq(runs.endpointId, endpointId), inArray(runs.state, [...activeRunStates]));
  return (await db.$count(runs, active)) > 0;
}

/**
 * The next time of a schedule, a little later than its exact time so that sources saved together do not all run at
 * once: by at most a tenth of the interval and five minutes, or a minute of a cron schedule. `spread` is from 0 to 1.
 */
export function nextRunWithSpread(schedule: Schedule, after: Date, spread: number): Date | null {
  const next = nextRunAt(schedule, after);
  if (next === null || schedule.kind === "manual" || schedule.kind === "after-source") return null;
  const intervalMs = next.getTime() - after.getTime();
  const most =
    schedule.kind === "every" ? Math.min(intervalMs / 10, longestSpreadMs.every) : longestSpreadMs.cron;
  return new Date(next.getTime() + Math.floor(most * spread));
}
