import "server-only";
import { and, asc, eq, lte, sql } from "drizzle-orm";
import { messageAttempts, messageSends, teamMail, teams, webhooks } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";
import { mostAttempts, pauseAfter } from "./backoff";

/** A message that this process alone sends now. */
export type ClaimedSend = typeof messageSends.$inferSelect;

/** Longer than an attempt can take; a killed worker's message is tried again after it. */
const leaseSeconds = 5 * 60;

/** Messages whose next attempt is due, longest due first. */
export async function findSendsDue(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: messageSends.id })
    .from(messageSends)
    // now(), because an index is not searched for what clock_timestamp() returns.
    .where(and(eq(messageSends.state, "pending"), lte(messageSends.nextAt, sql`now()`)))
    .orderBy(asc(messageSends.nextAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Claims one due message and counts the attempt; null if it is not due any more, or another worker has it. */
export async function claimSend(db: Db, id: string): Promise<ClaimedSend | null> {
  const free = db
    .select({ id: messageSends.id })
    .from(messageSends)
    .where(
      and(
        eq(messageSends.id, id),
        eq(messageSends.state, "pending"),
        lte(messageSends.nextAt, sql`clock_timestamp()`),
      ),
    )
    .for("update", { skipLocked: true });
  const [claimed] = await db
    .update(messageSends)
    .set({ attempts: sql`${messageSends.attempts} + 1`, nextAt: inSeconds(leaseSeconds) })
    .where(sql`${messageSends.id} = (${free})`)
    .returning();
  return claimed ?? null;
}

/** What came of an attempt: null failure if it arrived; `isFinal` if another attempt would end the same. */
export type AttemptResult = {
  readonly status: number | null;
  readonly failure: string | null;
  readonly isFinal?: boolean;
};

/**
 * Logs an attempt, and says when the next one is due, if any. Returns false, and writes nothing, if the message was
 * removed during the attempt, with its address or its team.
 */
export async function settleSend(
  tx: Tx,
  send: ClaimedSend,
  { status, failure, isFinal = false }: AttemptResult,
): Promise<boolean> {
  if (!(await isHeld(tx, send))) return false;
  const { id, userId, teamId, attempts } = send;
  await tx.insert(messageAttempts).values({ sendId: id, userId, teamId, status, failure });
  const pause = isFinal ? null : pauseAfter(attempts);
  const next =
    failure === null
      ? { state: "sent" as const }
      : pause === null
        ? { state: "failed" as const }
        : { nextAt: inSeconds(pause) };
  await tx.update(messageSends).set(next).where(eq(messageSends.id, id));
  return true;
}

// Locked in the order of removals, which begin with the team or the address: so the two never wait in a circle.
async function isHeld(tx: Tx, { id, teamId, webhookId, teamMailId }: ClaimedSend): Promise<boolean> {
  if (teamId !== null)
    await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for("key share");
  if (webhookId !== null)
    await tx.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.id, webhookId)).for("update");
  if (teamMailId !== null)
    await tx.select({ id: teamMail.id }).from(teamMail).where(eq(teamMail.id, teamMailId)).for("update");
  const isIt = eq(messageSends.id, id);
  const held = await tx.select({ id: messageSends.id }).from(messageSends).where(isIt).for("update");
  return held.length > 0;
}

/** True if the attempts of a claimed message were used up, by killed workers for example. */
export function isUsedUp({ attempts }: ClaimedSend): boolean {
  return attempts > mostAttempts;
}

/** Ends a message that is not sent any more. */
export async function endSend(db: Db, { id }: ClaimedSend, state: "dropped" | "failed"): Promise<void> {
  await db.update(messageSends).set({ state }).where(eq(messageSends.id, id));
}

function inSeconds(seconds: number) {
  return sql`clock_timestamp() + ${seconds} * interval '1 second'`;
}
