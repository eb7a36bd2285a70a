import { sql } from "drizzle-orm";
import type { SearchBounds } from "@/lib/access/listings";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";

/** Bounds of a search by which a small list is read in each way: as it is, by the few that have the text, and whole. */
export const everySearchBounds: readonly (SearchBounds | undefined)[] = [
  undefined,
  { lookedAt: 1, few: 100 },
  { lookedAt: 1, few: 0 },
];

/** The kept texts that are missing, wrong or too many, beside what the listings and the items themselves say. */
export function searchTextDifferences(db: Db, kind: "credential" | "endpoint") {
  const { listings, texts, source, id } = tablesOf(kind);
  const kept = sql`select ${id}, grantee_id, search from ${texts}`;
  const expected = sql`select ${id}, grantee_id, source.search from ${listings} join ${source} as source using (${id})
    where ${listings}.search = left(source.search, 500)`;
  return rowsOf(db, sql`(${kept} except ${expected}) union all (${expected} except ${kept})`);
}

/** Makes the kept texts of a kind anew, where triggers were off. */
export async function fillSearchTexts(tx: Parameters<typeof rowsOf>[0], kind: "credential" | "endpoint") {
  const { listings, texts, source, id } = tablesOf(kind);
  await tx.execute(sql`delete from ${texts}`);
  await tx.execute(sql`insert into ${texts} (${id}, grantee_id, search)
    select ${id}, grantee_id, source.search from ${listings} join ${source} as source using (${id})`);
}

function tablesOf(kind: "credential" | "endpoint") {
  const named = (name: string) => sql.raw(`${kind}_${name}`);
  return {
    ...{ listings: named("listings"), texts: named("search_texts"), source: named("search_source") },
    id: named("id"),
  };
}
