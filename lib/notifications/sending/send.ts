import "server-only";
import type { Actor } from "@/lib/actor";
import { findJobActor } from "@/lib/auth/job-actor";
import type { Db } from "@/lib/db/types";
import type { RecurringWork } from "@/lib/jobs/recurring-work";
import { ownersOfTeam } from "@/lib/notifications/telling/recipients";
import { attemptSend } from "./attempt";
import { type ClaimedSend, claimSend, endSend, findSendsDue } from "./queue";

/** In one round; the rest comes a minute later. */
const perRound = 500;

/** Sends messages by the channels besides the inbox, and tries again after a failure. */
export const sendMessages: RecurringWork = {
  name: "send-messages",
  cron: "* * * * *",
  findDue: (db) => findSendsDue(db, perRound),
  doOne: (db, id) => sendOne(db, id),
};

/** Makes one attempt, unless another worker has it. A disabled account hears nothing, nor does a team without an owner. */
async function sendOne(db: Db, id: string): Promise<void> {
  const send = await claimSend(db, id);
  if (!send) return;
  const actor = await findSender(db, send);
  if (!actor) return endSend(db, send, "dropped");
  await attemptSend(db, actor, send);
}

/** The user for whom a message is sent: its own, or an owner of its team. */
async function findSender(db: Db, { userId, teamId }: ClaimedSend): Promise<Actor | null> {
  if (userId !== null) return findJobActor(db, userId);
  const owners = teamId === null ? [] : await db.transaction((tx) => ownersOfTeam(tx, teamId));
  for (const owner of owners) {
    const actor = await findJobActor(db, owner);
    if (actor) return actor;
  }
  return null;
}
