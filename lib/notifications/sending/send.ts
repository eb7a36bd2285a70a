import "server-only";
import { findJobActor } from "@/lib/auth/job-actor";
import type { Db } from "@/lib/db/types";
import type { RecurringWork } from "@/lib/jobs/recurring-work";
import { attemptSend } from "./attempt";
import { claimSend, endSend, findSendsDue } from "./queue";

/** In one round; the rest comes a minute later. */
const perRound = 500;

/** Sends messages by the channels besides the inbox, and tries again after a failure. */
export const sendMessages: RecurringWork = {
  name: "send-messages",
  cron: "* * * * *",
  findDue: (db) => findSendsDue(db, perRound),
  doOne: (db, id) => sendOne(db, id),
};

/** Makes one attempt, unless another worker has it. A disabled account hears nothing. */
async function sendOne(db: Db, id: string): Promise<void> {
  const send = await claimSend(db, id);
  if (!send) return;
  const actor = await findJobActor(db, send.userId);
  if (!actor) return endSend(db, send, "dropped");
  await attemptSend(db, actor, send);
}
