import "server-only";
import { desc, eq, sql } from "drizzle-orm";
import { messageAttempts, messageSends, messages, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { NewsKind } from "@/lib/notifications/news";
import type { Attempt, OwnWebhook } from "./types";

const attemptsShown = 50;

/** The actor's webhook, without its secret; null without one. */
export async function findWebhook(db: Db, actor: Actor): Promise<OwnWebhook | null> {
  const { id, address, failingSince, stoppedFor } = webhooks;
  const [row] = await db
    .select({ id, address, failingSince, stoppedFor })
    .from(webhooks)
    .where(eq(webhooks.userId, actor.userId));
  return row ? { ...row, failingSince: row.failingSince?.toISOString() ?? null } : null;
}

/** The newest attempts to send the actor's messages by e-mail or webhook, newest first, 50 at most. */
export async function listAttempts(db: Db, actor: Actor): Promise<Attempt[]> {
  const rows = await db
    .select({
      id: messageAttempts.id,
      at: messageAttempts.at,
      status: messageAttempts.status,
      failure: messageAttempts.failure,
      channel: messageSends.channel,
      kind: sql<NewsKind | null>`${messages.news}->>'kind'`,
      state: messageSends.state,
      nextAt: messageSends.nextAt,
    })
    .from(messageAttempts)
    .innerJoin(messageSends, eq(messageSends.id, messageAttempts.sendId))
    .leftJoin(messages, eq(messages.id, messageSends.messageId))
    .where(eq(messageAttempts.userId, actor.userId))
    .orderBy(desc(messageAttempts.at), desc(messageAttempts.id))
    .limit(attemptsShown);
  return rows.map(({ at, state, nextAt, ...attempt }) => ({
    ...attempt,
    at: at.toISOString(),
    nextAt: state === "pending" ? nextAt.toISOString() : null,
  }));
}
