import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

// English adds no rules to the root order, and "und" would mean the machine's language.
const collator = new Intl.Collator("en", { ignorePunctuation: false, numeric: false, caseFirst: "false" });

/**
 * The order of names in every list: the root order of Unicode (ICU's `und`), so "ä" is beside "a" and case counts
 * last. The same on PostgreSQL and the embedded database, whatever the database's own collation is. Names that differ
 * in any character differ in order; compare a keyset cursor by `byName`, too.
 */
export function byName(name: SQLWrapper): SQL<string> {
  return sql<string>`(${name}) collate "und-x-icu"`;
}

/** The order of `byName` for names sorted in memory, as `Array.sort` takes it. */
export function compareNames(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : Number(one > other));
}
