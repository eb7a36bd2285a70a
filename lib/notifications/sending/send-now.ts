import "server-only";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import type { Sending } from "@/lib/notifications/types";
import { attemptSend } from "./attempt";
import { claimSend } from "./queue";

/** How long a form waits for the other side. */
const usualPatienceMs = 5_000;

/**
 * Sends a queued message that a user asked for at once, and waits a few seconds for its end; a longer attempt goes on, and
 * the delivery log tells its end. Never throws: what the user stored is stored, and after a fault the queue tries again.
 */
export async function sendNow(
  db: Db,
  actor: Actor,
  sendId: string,
  patienceMs = usualPatienceMs,
): Promise<Sending> {
  let patience: NodeJS.Timeout | undefined;
  const waited = new Promise<Sending>((resolve) => {
    patience = setTimeout(() => resolve({ isUnderWay: true }), patienceMs);
  });
  const ended = attempt(db, actor, sendId);
  return Promise.race([ended, waited]).finally(() => clearTimeout(patience));
}

async function attempt(db: Db, actor: Actor, sendId: string): Promise<Sending> {
  try {
    const claimed = await claimSend(db, sendId);
    if (claimed) await attemptSend(db, actor, claimed);
    return { isUnderWay: false };
  } catch (err) {
    log().error({ err, sendId, requestId: actor.requestId }, "a message could not be sent at once");
    return { isUnderWay: true };
  }
}
