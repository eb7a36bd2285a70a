import "server-only";
import { and, eq } from "drizzle-orm";
import { datasets, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findStream } from "@/lib/connectors/stream-catalogues";
import { contains } from "@/lib/db/contains";
import { byName } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import { visibleTo } from "@/lib/endpoints/visibility";
import { storableText } from "@/lib/text/storable-text";
import type { DataSetChoices } from "./types";

/** Few enough to read at a glance; a search finds the others. */
const shownDataSets = 10;

/** The data sets that the actor may use, by name: the first ones whose name contains `query`. */
export async function listDataSets(db: Db, actor: Actor, query: string): Promise<DataSetChoices> {
  const wanted = storableText(query).trim().slice(0, 100);
  const rows = await db
    .select({
      id: endpoints.id,
      name: endpoints.name,
      connector: endpoints.connector,
      settings: endpoints.settings,
      records: datasets.records,
    })
    .from(endpoints)
    .leftJoin(datasets, eq(datasets.endpointId, endpoints.id))
    .where(
      and(
        visibleTo(actor),
        eq(endpoints.direction, "source"),
        wanted === "" ? undefined : contains(endpoints.name, wanted),
      ),
    )
    .orderBy(byName(endpoints.name), endpoints.id)
    .limit(shownDataSets + 1);
  const items = rows.slice(0, shownDataSets).map(({ id, name, connector, settings, records }) => {
    const stream = settings && findStream(connector, settings.stream);
    return {
      ...{ id, name, stream: stream?.label ?? null },
      ...{ records: records ?? 0, columns: stream?.columns.length ?? 0 },
    };
  });
  return { query: wanted, items, hasMore: rows.length > items.length };
}
