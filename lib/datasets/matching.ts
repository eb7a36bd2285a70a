import "server-only";
import { and, type SQL, sql } from "drizzle-orm";
import { records } from "@/drizzle/schema";
import type { Column } from "@/lib/connectors/streams";
import { contains } from "@/lib/db/contains";
import { storableText } from "@/lib/text/storable-text";
import type { RecordsView } from "./view";

/** The condition of a view's search text, filter and choice of deleted records; undefined if it shows all. */
export function matching(view: RecordsView, columns: readonly Column[]): SQL | undefined {
  const column = columns.find(({ name }) => name === view.column);
  return and(
    view.hasDeleted ? undefined : sql`${records.deletedAt} is null`,
    view.q === "" ? undefined : holds(storableText(view.q)),
    column && hasValue(column, storableText(view.value)),
  );
}

// The whole text first, because it is fast and most records fail it; it also holds the columns' names, which do not
// count. Within lists and objects, a text stands as JSON has it.
function holds(text: string): SQL {
  const asJson = JSON.stringify(text).slice(1, -1);
  return sql`(${contains(records.key, text)} or (${containsText(sql`${records.data}::text`, asJson)} and exists (
    select from jsonb_each_text(${records.data}) as value(name, text)
    where ${containsText(sql`value.text`, text)} or ${containsText(sql`value.text`, asJson)})))`;
}

function containsText(expression: SQL, text: string): SQL {
  return sql`position(lower(${text}) in lower(${expression})) > 0`;
}

function hasValue({ name, type }: Column, value: string): SQL {
  const field = sql`${records.data} -> ${name}::text`;
  const text = sql`${records.data} ->> ${name}::text`;
  if (value === "") return sql`coalesce(${text}, '') in ('', '[]', '{}')`;
  // A list has the value as one of its elements.
  if (type === "text[]") return sql`${field} @> jsonb_build_array(${value}::text)`;
  // A day or an hour stands for all instants in it. Pages show a space where the stored text has a T.
  if (type === "timestamp") return sql`starts_with(${text}, ${value.replace(/^([\d-]{10}) +/, "$1T")})`;
  return sql`${text} = ${value}`;
}
