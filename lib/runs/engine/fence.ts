import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { credentials, endpoints, runs, users } from "@/drizzle/schema";
import { isOwnerDisabled, reachableBy } from "@/lib/credentials/visibility";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { maySignIn } from "@/lib/endpoints/may-run";
import type { RunReason } from "@/lib/runs/reasons";
import type { ClaimedRun } from "./claim";
import type { RunEnd } from "./end-run";

/** Thrown within a page's transaction, to roll it back: the run is another's by now, or has to stop. */
export class PageRefused extends Error {
  override name = "PageRefused";
}

/**
 * The condition for storing anything of a run: its process still holds it, nobody cancelled it, the source is active,
 * and its owner may still use the credential. Asked within each page's transaction.
 */
export function mayStore({ id, fence }: Pick<ClaimedRun, "id" | "fence">): SQL {
  return sql`${runs.id} = ${id} and ${runs.fence} = ${fence} and not ${runs.cancelWanted} and exists (
    select 1 from ${endpoints}
    where ${endpoints.id} = ${runs.endpointId} and ${endpoints.pausedAt} is null and ${maySignIn()})`;
}

/**
 * The condition for the rest of a page whose first records `mayStore` allowed, some milliseconds ago: the database would
 * need longer to ask for all of it again than to store the records.
 */
export function isHeldOn({ id, fence }: Pick<ClaimedRun, "id" | "fence">): SQL {
  return sql`${runs.id} = ${id} and ${runs.fence} = ${fence} and not ${runs.cancelWanted}`;
}

/** Identifies the sign-in that the source uses now: it changes with the credential and with its secret. */
export const signInNow: SQL = sql`(select ${credentials.id} || ':' || ${credentials.secretVersion} from ${credentials}
  inner join ${endpoints} on ${endpoints.credentialId} = ${credentials.id} where ${endpoints.id} = ${runs.endpointId})`;

/**
 * Why a run may not store any more; null if another process has it, or it is gone. Undefined if nothing stops it: what
 * did may be over, such as a pause.
 */
export async function whyStopped(db: Db, run: ClaimedRun): Promise<RunEnd | null | undefined> {
  const [row] = await db
    .select({
      fence: runs.fence,
      cancelWanted: runs.cancelWanted,
      pausedAt: endpoints.pausedAt,
      ownerDisabledAt: users.disabledAt,
      credentialId: endpoints.credentialId,
    })
    .from(runs)
    .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
    .innerJoin(users, eq(users.id, endpoints.ownerId))
    .where(eq(runs.id, run.id));
  if (!row || row.fence !== run.fence) return null;
  if (row.cancelWanted) return { state: "cancelled", reason: "by-user" };
  if (row.pausedAt) return { state: "cancelled", reason: "source-paused" };
  if (row.ownerDisabledAt) return failedAs("owner-disabled");
  if (row.credentialId === null) return failedAs("credential-deleted");
  const [reached] = await rowsOf(
    db,
    sql`select ${isOwnerDisabled()} as is_suspended from ${credentials}
      inner join ${endpoints} on ${endpoints.credentialId} = ${credentials.id}
      where ${endpoints.id} = ${run.endpointId} and ${reachableBy(sql`${endpoints.ownerId}`)}`,
  );
  if (!reached) return failedAs("credential-lost");
  return reached.is_suspended === true ? failedAs("credential-suspended") : undefined;
}

/** A failed run's end. */
export function failedAs(reason: RunReason): RunEnd {
  return { state: "failed", reason };
}
