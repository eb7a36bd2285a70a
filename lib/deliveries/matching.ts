import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { deliveries } from "@/drizzle/schema";
import { storableText } from "@/lib/text/storable-text";
import type { DeliveriesView, Place } from "./view";

/** The condition of a view, which an index answers alone: the run first, then result and beginning of the key. */
export function matching(runId: string, { result, key }: DeliveriesView): SQL | undefined {
  return and(
    eq(deliveries.runId, runId),
    result === null ? undefined : eq(deliveries.state, result),
    key === "" ? undefined : beginsWith(storableText(key)),
  );
}

// By bytes, as the indexes are sorted, whatever the database's collation.
function beginsWith(text: string): SQL {
  const end = textAfter(text);
  const isBefore = end === null ? undefined : sql`${deliveries.key} ~<~ ${end}`;
  return sql`(${and(sql`${deliveries.key} ~>=~ ${text}`, isBefore)})`;
}

/** The first text after all that begin so; null if there is none. UTF-8 sorts by code points. */
export function textAfter(text: string): string | null {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // Surrogates are no characters.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return null;
}

/** The order of a view, which an index has: by key if keys are searched, else by number. */
export function orderOf({ key }: DeliveriesView, isBackwards: boolean): SQL[] {
  const direction = isBackwards ? sql.raw("desc") : sql.raw("asc");
  const byNumber = sql`${deliveries.number} ${direction}`;
  if (key === "") return [byNumber];
  return [sql`${deliveries.key} using ${sql.raw(isBackwards ? "~>~" : "~<~")}`, byNumber];
}

/** The condition of the records beyond a place in that order. */
export function beyond(runId: string, { key }: DeliveriesView, place: Place): SQL | undefined {
  if (place === null) return undefined;
  const isBackwards = "before" in place;
  const number = isBackwards ? place.before : place.after;
  const isBeyond = sql`${deliveries.number} ${sql.raw(isBackwards ? "<" : ">")} ${number}`;
  if (key === "") return isBeyond;
  const its = sql`(select its.key from ${deliveries} its where its.run_id = ${runId} and its.number = ${number})`;
  const [from, past] = isBackwards ? ["~<=~", "~<~"] : ["~>=~", "~>~"];
  return sql`${deliveries.key} ${sql.raw(from)} ${its}
    and (${deliveries.key} ${sql.raw(past)} ${its} or ${isBeyond})`;
}
