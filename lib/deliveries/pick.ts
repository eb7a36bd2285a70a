import "server-only";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { findRun } from "@/lib/runs/queries";
import { grouped } from "@/lib/text/count-of";
import { countDeliveries } from "./queries";
import { requestDelivery } from "./request";
import { type ResultName, type RunRef, retriedResults } from "./types";

type Requested = { readonly runId: string; readonly isNew: boolean };
type RetriedResult = (typeof retriedResults)[number];

/** Which results are taken up; `isAnew` sends unknown ones without looking whether they stand. */
type Picked = { readonly result: RetriedResult | null; readonly key: string; readonly isAnew?: boolean };

/**
 * Requests a run of an earlier run's results, such as those that were rejected; `result` null for all that are not there
 * as they should be. As `requestDelivery`, and CONFLICT if there is none.
 */
export async function retryDeliveries(
  db: Db,
  actor: Actor,
  ref: RunRef,
  { result, key, isAnew = false }: Picked,
): Promise<Requested> {
  const states = result === null ? retriedResults : [result];
  const count = await countSeen(db, actor, ref, states, key);
  if (count === 0) throw conflict("There is nothing to retry: no record of this list needs it.");
  const pick = { runId: ref.runId, states, search: key };
  return requestDelivery(db, actor, ref.endpointId, { kind: "write", pick, isAnew });
}

/**
 * Requests the run that a dry run has shown, for an action that cannot be taken back. As `requestDelivery`, and CONFLICT
 * unless as many records would be sent as the user confirmed.
 */
export async function confirmDelivery(
  db: Db,
  actor: Actor,
  ref: RunRef,
  confirmed: number,
): Promise<Requested> {
  const count = await countSeen(db, actor, ref, ["would-send"], "");
  if (count !== null && count !== confirmed) {
    throw conflict(
      `Nothing was done: you confirmed ${grouped(confirmed)}, but this dry run has ${grouped(count)}. Look at it again.`,
    );
  }
  const pick = { runId: ref.runId, states: ["would-send"], search: "" } as const;
  return requestDelivery(db, actor, ref.endpointId, { kind: "write", pick });
}

// Null without the run for this actor: what to say then is the request's.
async function countSeen(
  db: Db,
  actor: Actor,
  ref: RunRef,
  results: readonly ResultName[],
  key: string,
): Promise<number | null> {
  const run = await findRun(db, actor, ref.endpointId, ref.runId);
  return run && countDeliveries(db, actor, ref, results, key);
}

function conflict(message: string): AppError {
  return new AppError({ code: "CONFLICT", message });
}
