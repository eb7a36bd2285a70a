import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { endpoints, runs } from "@/drizzle/schema";
import { seesSource } from "@/lib/datasets/visible";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { failedAs, mayStore, whyStopped } from "@/lib/runs/engine/fence";
import { type SliceEnd, sliceEndOf } from "@/lib/runs/engine/slice";
import type { PreparedDelivery } from "./prepare";

type Of = Pick<PreparedDelivery, "run" | "owner" | "input" | "settings">;

/**
 * The condition for taking and sending more: as for a page of a source, and the records are still those that the
 * owner sees, and are written as was chosen.
 */
export function mayGoOn({ run, owner, input, settings }: Of): SQL {
  const isSame = sql`exists (select from ${endpoints} where ${endpoints.id} = ${run.endpointId}
    and ${endpoints.writing} = ${JSON.stringify(settings)}::jsonb
    and ${input.kind === "source" ? endpoints.inputSourceId : endpoints.inputUploadId} = ${input.id})`;
  const isSeen = input.kind === "source" ? sql` and ${seesSource(owner, input.id)}` : sql``;
  return sql`${mayStore(run)} and ${isSame}${isSeen}`;
}

/** How the slice ends once `mayGoOn` was refused. What stopped it may be over: then another slice goes on. */
export async function endOfRefused(db: Db, { run, owner, input }: Of): Promise<SliceEnd> {
  const why = await whyStopped(db, run);
  if (why !== undefined || input.kind === "upload") return sliceEndOf(why);
  const [row] = await rowsOf(
    db,
    sql`select ${endpoints.inputSourceId} is null as is_gone, ${endpoints.inputSourceId} = ${input.id} as is_same,
        ${seesSource(owner, input.id)} as is_seen
      from ${runs} inner join ${endpoints} on ${endpoints.id} = ${runs.endpointId} where ${runs.id} = ${run.id}`,
  );
  if (row?.is_gone === true) return { kind: "over", end: failedAs("input-deleted") };
  if (row?.is_same === true && row.is_seen === false) return { kind: "over", end: failedAs("input-lost") };
  return sliceEndOf(undefined);
}
