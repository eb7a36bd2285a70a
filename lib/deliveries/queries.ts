import "server-only";
import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { credentials, deliveries, endpoints, servers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { linkBelow } from "@/lib/connectors/base-url";
import { countFrom } from "@/lib/datasets/count-from";
import { inIndexOrder } from "@/lib/datasets/in-index-order";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { beyond, matching, orderOf } from "./matching";
import {
  type DeliveriesPage,
  type DeliveryDetails,
  type DeliveryItem,
  type ResultCounts,
  type ResultName,
  type RunRef,
  resultNames,
  type StoredDelivery,
} from "./types";
import type { DeliveriesView, Place } from "./view";
import { areIds, seesRun } from "./visible";

const deliveriesPerPage = 50;
const longestBodyStart = 300;

/**
 * One page of the records of a destination's run: by number, or by key if keys are searched. Empty without the run for
 * this actor, or beyond a record that is gone.
 */
export async function listDeliveries(
  db: Db,
  actor: Actor,
  ref: RunRef,
  view: DeliveriesView,
  place: Place = null,
): Promise<DeliveriesPage> {
  if (!areIds(ref)) return { items: [], next: null, previous: null };
  const isBackwards = place !== null && "before" in place;
  const rows = await inIndexOrder(db, (tx) =>
    tx
      .select(shown)
      .from(deliveries)
      .where(and(seesRun(actor, ref), matching(ref.runId, view), beyond(ref.runId, view, place)))
      .orderBy(...orderOf(view, isBackwards))
      .limit(deliveriesPerPage + 1),
  );
  const hasMore = rows.length > deliveriesPerPage;
  // The first page is a full one, however it was come to.
  if (isBackwards && !hasMore) return listDeliveries(db, actor, ref, view);
  const inOrder = rows.slice(0, deliveriesPerPage);
  if (isBackwards) inOrder.reverse();
  const baseUrl = await baseUrlOf(db, ref);
  const [first, last] = [inOrder.at(0)?.number ?? null, inOrder.at(-1)?.number ?? null];
  return {
    items: inOrder.map((row) => itemOf(row, baseUrl)),
    next: hasMore ? last : null,
    previous: place === null ? null : first,
  };
}

/** One record of a run with all that was sent. Null if it is absent or the actor does not see the destination. */
export async function findDelivery(
  db: Db,
  actor: Actor,
  ref: RunRef,
  number: number,
): Promise<DeliveryDetails | null> {
  if (!areIds(ref) || !Number.isInteger(number) || number < 1 || number > 999_999_999) return null;
  const [row] = await db
    .select({
      ...shown,
      values: deliveries.values,
      input: deliveries.input,
      requests: deliveries.requests,
      answer: deliveries.answer,
      tries: deliveries.tries,
    })
    .from(deliveries)
    .where(and(seesRun(actor, ref), eq(deliveries.runId, ref.runId), eq(deliveries.number, number)));
  if (!row) return null;
  const { values, input, requests, answer, tries, ...item } = row;
  const { request: _, ...its } = itemOf(item, await baseUrlOf(db, ref));
  return { ...its, values, input, requests, answer, tries };
}

/** The most that a count by result reads. */
export const countedAtMost = 10_000;

/** How many records of a run have each result, of those whose keys begin so; at most 10,000 of each are counted. */
export async function countResults(db: Db, actor: Actor, ref: RunRef, key: string): Promise<ResultCounts> {
  const counts: Record<ResultName, number> = { ...noResults };
  if (areIds(ref)) {
    const ofEach = resultNames.map(
      (result) => sql`select ${result}::text as result, count(*) as count from (
        select from ${deliveries} where ${and(seesRun(actor, ref), matching(ref.runId, { result, key }))}
        limit ${countedAtMost + 1}) as found`,
    );
    const rows = await inIndexOrder(db, (tx) => rowsOf(tx, sql.join(ofEach, sql` union all `)));
    for (const name of resultNames) {
      counts[name] = countFrom(rows.find(({ result }) => result === name)?.count ?? 0);
    }
  }
  const limited = resultNames.map((name) => [
    name,
    { count: Math.min(counts[name], countedAtMost), isLimit: counts[name] > countedAtMost },
  ]);
  // Each name has its entry.
  return Object.fromEntries(limited) as ResultCounts;
}

const noResults: Readonly<Record<ResultName, number>> = {
  ...{ "would-send": 0, sent: 0, already: 0, rejected: 0 },
  ...{ skipped: 0, unknown: 0, held: 0, pending: 0 },
};

/** Exactly how many records of a run have these results; 0 without the run for this actor. */
export async function countDeliveries(
  db: Db,
  actor: Actor,
  ref: RunRef,
  results: readonly ResultName[],
  key = "",
): Promise<number> {
  if (!areIds(ref)) return 0;
  const ofEach = results.map(
    (result) => sql`select count(*) as count from ${deliveries}
      where ${and(seesRun(actor, ref), matching(ref.runId, { result, key }))}`,
  );
  const rows = await inIndexOrder(db, (tx) => rowsOf(tx, sql.join(ofEach, sql` union all `)));
  return rows.reduce((sum, { count }) => sum + countFrom(count), 0);
}

/** A download's next records of a view, by number; empty at its end, and without the run for this actor. */
export async function readDeliveries(
  db: Db,
  actor: Actor,
  ref: RunRef,
  { view, after }: { readonly view: DeliveriesView; readonly after: number },
  size: number,
): Promise<StoredDelivery[]> {
  if (!areIds(ref)) return [];
  return inIndexOrder(db, (tx) =>
    tx
      .select({
        ...{ number: deliveries.number, key: deliveries.key, record: deliveries.record },
        ...{ state: deliveries.state, problems: deliveries.problems, cure: deliveries.cure },
        ...{ status: deliveries.status, url, tries: deliveries.tries, at: deliveries.at },
        values: exactly(deliveries.values),
        input: exactly(deliveries.input),
        requests: exactly(deliveries.requests),
        answer: sql<string | null>`${deliveries.answer}::text`,
      })
      .from(deliveries)
      .where(and(seesRun(actor, ref), matching(ref.runId, view), gt(deliveries.number, after)))
      .orderBy(asc(deliveries.number))
      .limit(size),
  );
}

function exactly(
  column: SQL.Aliased | typeof deliveries.values | typeof deliveries.input | typeof deliveries.requests,
) {
  return sql<string>`${column}::text`;
}

// The server's own address of it, or the path of its page there.
const url = sql<string | null>`coalesce(${deliveries.answer} ->> 'url', ${deliveries.answer} ->> 'page')`;

const first = sql`${deliveries.requests} -> 0`;

const shown = {
  number: deliveries.number,
  key: deliveries.key,
  record: deliveries.record,
  state: deliveries.state,
  problems: deliveries.problems,
  cure: deliveries.cure,
  status: deliveries.status,
  at: deliveries.at,
  url,
  method: sql<string | null>`${first} ->> 'method'`,
  path: sql<string | null>`${first} ->> 'path'`,
  // Bodies may be long, and a list shows fifty.
  bodyStart: sql<string | null>`left((${first} -> 'body')::text, ${longestBodyStart + 1})`,
  calls: sql<number>`jsonb_array_length(${deliveries.requests})`,
};

type Shown = {
  readonly number: number;
  readonly key: string;
  readonly record: string;
  readonly state: ResultName;
  readonly problems: DeliveryItem["problems"];
  readonly cure: string | null;
  readonly status: number | null;
  readonly at: Date | null;
  readonly url: string | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly bodyStart: string | null;
  readonly calls: number;
};

function itemOf(row: Shown, baseUrl: string | null): DeliveryItem {
  const { number, key, record, state, problems, cure, status, method, path, bodyStart, calls } = row;
  return {
    ...{ number, key, record, result: state, problems, cure, status },
    link: row.url !== null && baseUrl !== null ? linkBelow(atServer(row.url, baseUrl), baseUrl) : null,
    at: row.at?.toISOString() ?? null,
    request:
      method === null || path === null ? null : { method, path, bodyStart: cut(bodyStart ?? ""), of: calls },
  };
}

function cut(text: string): string {
  return text.length > longestBodyStart ? `${text.slice(0, longestBodyStart)}…` : text;
}

function atServer(url: string, baseUrl: string): string {
  return url.startsWith("/") ? `${baseUrl.replace(/\/+$/, "")}${url}` : url;
}

// The server that the destination writes to now: what was written to another one gets no link.
async function baseUrlOf(db: Db, { endpointId }: RunRef): Promise<string | null> {
  const [row] = await db
    .select({ baseUrl: servers.baseUrl })
    .from(endpoints)
    .innerJoin(credentials, eq(credentials.id, endpoints.credentialId))
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .where(eq(endpoints.id, endpointId));
  return row?.baseUrl ?? null;
}
