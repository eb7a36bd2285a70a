import "server-only";
import { and, count, desc, eq, gte, isNotNull, type SQL } from "drizzle-orm";
import { z } from "zod";
import { datasets, endpoints, recordGroups } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { visibleTo } from "@/lib/endpoints/visibility";

/** A repository or project of a source, with its earlier name if that changed. */
type GroupItem = { readonly id: string; readonly label: string; readonly previousLabel: string | null };
type GroupsTold = { readonly count: number; readonly shown: readonly GroupItem[] };

/** How much a source holds, and what became of its repositories or projects. */
export type GroupNews = {
  /** As they stand on the server, and those deleted there. */
  readonly records: number;
  readonly deleted: number;
  /** They exist, but the account may not read them any more. */
  readonly unreadable: GroupsTold;
  /** Deleted on the server. */
  readonly gone: GroupsTold;
  /** Renamed or moved within the last 30 days. */
  readonly moved: GroupsTold;
};

const mostShown = 20;
const movedForMs = 30 * 86_400_000;

/**
 * How much a source holds, and what became of its repositories or projects. Null before its first run, and for ids
 * that are absent, malformed or not visible.
 */
export async function findGroupNews(
  db: Db,
  actor: Actor,
  sourceId: string,
  now: Date,
): Promise<GroupNews | null> {
  if (!z.guid().safeParse(sourceId).success) return null;
  const isIt = and(visibleTo(actor), eq(endpoints.id, sourceId));
  const [counts] = await db
    .select({ records: datasets.records, deleted: datasets.deleted })
    .from(datasets)
    .innerJoin(endpoints, eq(endpoints.id, datasets.endpointId))
    .where(isIt);
  if (!counts) return null;
  const groups = (where: SQL | undefined, order: SQL) => listGroups(db, and(isIt, where), order);
  const movedSince = new Date(now.getTime() - movedForMs);
  return {
    ...counts,
    unreadable: await groups(eq(recordGroups.state, "unreadable"), desc(recordGroups.since)),
    gone: await groups(eq(recordGroups.state, "gone"), desc(recordGroups.since)),
    moved: await groups(
      and(isNotNull(recordGroups.previousLabel), gte(recordGroups.movedAt, movedSince)),
      desc(recordGroups.movedAt),
    ),
  };
}

async function listGroups(db: Db, where: SQL | undefined, order: SQL): Promise<GroupsTold> {
  const rows = await db
    .select({
      id: recordGroups.id,
      label: recordGroups.label,
      previousLabel: recordGroups.previousLabel,
    })
    .from(recordGroups)
    .innerJoin(endpoints, eq(endpoints.id, recordGroups.endpointId))
    .where(where)
    .orderBy(order, recordGroups.id)
    .limit(mostShown + 1);
  if (rows.length <= mostShown) return { count: rows.length, shown: rows };
  const [all] = await db
    .select({ count: count() })
    .from(recordGroups)
    .innerJoin(endpoints, eq(endpoints.id, recordGroups.endpointId))
    .where(where);
  return { count: all?.count ?? rows.length, shown: rows.slice(0, mostShown) };
}
