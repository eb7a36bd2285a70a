import "server-only";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { findFailedSignInsDue, foldFailedSignIns } from "./failed-sign-ins";
import { countTurnedAway } from "./turned-away";

const settleDelayMs = 1_000;

let isComing = false;

/**
 * Has the audit log told of failed sign-ins within a second or, where it was told of that account within the last minute, by a
 * background job. A process that is killed loses what this second brought of attempts that were turned away unseen.
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
