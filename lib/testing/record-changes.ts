import { eq } from "drizzle-orm";
import { recordGroups, records } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** What a data set says: of each record its change number and whether it is deleted, and of each group its state. */
export type Said = {
  readonly records: ReadonlyMap<string, { readonly seq: number; readonly isDeleted: boolean }>;
  /** "31 readable STORE/checkout (SHOP/checkout)". */
  readonly groups: readonly string[];
};

export async function whatIsSaid(db: Db, sourceId: string): Promise<Said> {
  const rows = await db
    .select({ key: records.key, seq: records.seq, deletedAt: records.deletedAt })
    .from(records)
    .where(eq(records.endpointId, sourceId));
  const groups = await db.select().from(recordGroups).where(eq(recordGroups.endpointId, sourceId));
  return {
    records: new Map(rows.map(({ key, seq, deletedAt }) => [key, { seq, isDeleted: deletedAt !== null }])),
    groups: groups
      .map(({ id, state, label, previousLabel }) =>
        [id, state, label, ...(previousLabel ? [`(${previousLabel})`] : [])].join(" "),
      )
      .sort(),
  };
}

/** The keys that differ between two states: "+new", "-deleted", "~changed"; every other record has its number still. */
export function differences(before: Said, after: Said): string[] {
  const found: string[] = [];
  for (const [key, { seq, isDeleted }] of after.records) {
    const old = before.records.get(key);
    if (old?.seq === seq && old.isDeleted === isDeleted) continue;
    if (isDeleted) found.push(`-${key}`);
    else found.push(old === undefined || old.isDeleted ? `+${key}` : `~${key}`);
  }
  for (const key of before.records.keys()) if (!after.records.has(key)) found.push(`lost ${key}`);
  return found.sort();
}
