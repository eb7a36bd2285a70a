import "server-only";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { findFailedSignInsDue, foldFailedSignIns } from "./failed-sign-ins";
import { countTurnedAway } from "./turned-away";

const settleDelayMs = 1_000;

let isComing = false;

/**
 * Has failed sign-ins written to the audit log within a second; if that account was logged within the last minute, a
 * background job writes them later. A killed process loses this second's rejected attempts.
 */
export function settleFailuresSoon(): void {
  if (isComing) return;
  isComing = true;
  setTimeout(() => {
    isComing = false;
    settle().catch((error: unknown) =>
      log().error({ err: error }, "failed sign-ins could not be recorded yet"),
    );
  }, settleDelayMs);
}

async function settle(): Promise<void> {
  const db = await database();
  await countTurnedAway(db);
  for (const account of await findFailedSignInsDue(db)) await foldFailedSignIns(db, account);
}
