import "server-only";
import { and, count, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { datasets, endpoints, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { byName } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import { stopsOfPause, stopsWithoutSource } from "@/lib/endpoints/stops";
import type { NamedStops } from "@/lib/endpoints/types";
import { visibleTo } from "@/lib/endpoints/visibility";

/** What is deleted together with a source or destination; a destination has no records of its own. */
export type Holdings = { readonly records: number; readonly deleted: number; readonly runs: number };

/** The same, counted; null for ids that are absent, malformed or not visible. */
export async function findHoldings(db: Db, actor: Actor, endpointId: string): Promise<Holdings | null> {
  if (!z.guid().safeParse(endpointId).success) return null;
  const isIt = and(visibleTo(actor), eq(endpoints.id, endpointId));
  const [held] = await db
    .select({ records: datasets.records, deleted: datasets.deleted })
    .from(endpoints)
    .leftJoin(datasets, eq(datasets.endpointId, endpoints.id))
    .where(isIt);
  if (!held) return null;
  const [counted] = await db
    .select({ runs: count() })
    .from(runs)
    .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
    .where(isIt);
  return { records: held.records ?? 0, deleted: held.deleted ?? 0, runs: counted?.runs ?? 0 };
}

/** The destinations that write a source's records: those that the actor may see, and how many others there are. */
export type Fed = {
  readonly shown: readonly { readonly id: string; readonly name: string }[];
  readonly others: number;
  /** How many of all run after each run of the source. */
  readonly following: number;
};

const mostShown = 20;

/** The destinations that a source feeds; none for ids that are absent, malformed or not visible. */
export async function findFed(db: Db, actor: Actor, sourceId: string): Promise<Fed> {
  if (!z.guid().safeParse(sourceId).success) return { shown: [], others: 0, following: 0 };
  const isSeen = and(visibleTo(actor), eq(endpoints.id, sourceId));
  if ((await db.$count(endpoints, isSeen)) === 0) return { shown: [], others: 0, following: 0 };
  const isFed = eq(endpoints.inputSourceId, sourceId);
  const shown = await db
    .select({ id: endpoints.id, name: endpoints.name })
    .from(endpoints)
    .where(and(isFed, visibleTo(actor)))
    .orderBy(byName(endpoints.name), endpoints.id)
    .limit(mostShown);
  const [counted] = await db
    .select({
      all: count(),
      following: sql<number>`count(*) filter (where ${endpoints.schedule} ->> 'kind' = 'after-source')::int`,
    })
    .from(endpoints)
    .where(isFed);
  const { all, following } = counted ?? { all: 0, following: 0 };
  return { shown, others: all - shown.length, following };
}

/** What stops when a source is paused or deleted, as `stopsOfPause` and `stopsWithoutSource`; null for a malformed id. */
export async function findStops(
  db: Db,
  actor: Actor,
  id: string,
  press: "pause" | "delete",
): Promise<NamedStops | null> {
  if (!z.guid().safeParse(id).success) return null;
  return press === "pause" ? stopsOfPause(db, actor, id) : stopsWithoutSource(db, actor, id);
}
