import "server-only";
import { and, asc, eq, gt, or, sql } from "drizzle-orm";
import { deliveries } from "@/drizzle/schema";
import type { Action } from "@/lib/connectors/action";
import type { Db } from "@/lib/db/types";
import { canonicalJson } from "@/lib/mapping/hash";
import { ledgerKeyOf } from "../ledger";
import type { UnitSource } from "./queue";
import type { PendingRow } from "./rows";
import type { Taker } from "./take";
import type { Unit } from "./unit";

const perLoad = 500;

type Of = { readonly db: Db; readonly runId: string };

/** Units of one record each: what an earlier slice has taken, then what is taken now, a few hundred ahead. */
export function singly(of: Of, taker: Taker): UnitSource {
  let after: number | null = 0;
  const more = async (): Promise<readonly Unit[]> => {
    if (after === null) return (await taker.takeBatch()).map((row) => [row]);
    const rows = await readPending(of, gt(deliveries.number, after), [asc(deliveries.number)]);
    after = rows.length < perLoad ? null : (rows.at(-1)?.number ?? null);
    return rows.map((row) => [row]);
  };
  return { more, isDone: () => after === null && taker.isDone(), low: 100, most: 1000 };
}

/**
 * Units of the records that an action sends together, target by target. Everything must have been taken: only then is
 * known which belong together.
 */
export function together(of: Of, { by, most }: NonNullable<Action["together"]>): UnitSource {
  let place: { readonly target: string; readonly number: number } | null = { target: "", number: 0 };
  const more = async (): Promise<readonly Unit[]> => {
    if (place === null) return [];
    const { target, number } = place;
    const isAfter = or(
      sql`${deliveries.target} > ${target}`,
      and(eq(deliveries.target, target), gt(deliveries.number, number)),
    );
    const rows = await readPending(of, isAfter, [asc(deliveries.target), asc(deliveries.number)], most);
    const first = rows[0]?.target;
    const own = rows.filter((row) => row.target === first);
    const last = own.at(-1);
    place = last ? { target: last.target, number: last.number } : null;
    return grouped(own, (row) => canonicalJson(by.map((name) => row.values[name] ?? null)));
  };
  return { more, isDone: () => place === null, low: 1, most: 4 };
}

/** Rows with equal names in one unit, in their order; a key that a unit has begins another one. */
function grouped(rows: readonly PendingRow[], nameOf: (row: PendingRow) => string): readonly Unit[] {
  const units: PendingRow[][] = [];
  const open = new Map<string, { readonly unit: PendingRow[]; readonly keys: Set<string> }>();
  for (const row of rows) {
    const name = nameOf(row);
    let group = open.get(name);
    if (!group || group.keys.has(row.key)) {
      group = { unit: [], keys: new Set() };
      open.set(name, group);
      units.push(group.unit);
    }
    group.unit.push(row);
    group.keys.add(row.key);
  }
  return units;
}

async function readPending(
  { db, runId }: Of,
  which: ReturnType<typeof gt> | undefined,
  order: readonly ReturnType<typeof asc>[],
  limit = perLoad,
): Promise<PendingRow[]> {
  const rows = await db
    .select({
      number: deliveries.number,
      key: deliveries.key,
      target: deliveries.target,
      hash: sql<string>`encode(${deliveries.hash}, 'hex')`,
      values: deliveries.values,
      tries: deliveries.tries,
    })
    .from(deliveries)
    .where(and(eq(deliveries.runId, runId), eq(deliveries.state, "pending"), which))
    .orderBy(...order)
    .limit(limit);
  return rows.map((row) => ({ ...row, ledgerKey: ledgerKeyOf(row.key) }));
}
