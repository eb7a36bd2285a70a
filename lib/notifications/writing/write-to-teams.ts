import "server-only";
import { and, inArray, isNull, not, sql } from "drizzle-orm";
import { messageSends, messages, webhooks } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import type { Message } from "./write";

/**
 * Writes a message to each of these teams that has a webhook and wants to hear of such events, in the transaction of
 * what it tells, and puts it on its way. A team that was told of this event gets no second one. Its members are told
 * by `writeMessage`.
 */
export async function writeToTeams(
  tx: Tx,
  teamIds: readonly string[],
  { eventKey, news, about = {} }: Message,
): Promise<void> {
  if (teamIds.length === 0) return;
  const wants = and(
    inArray(webhooks.teamId, [...teamIds]),
    isNull(webhooks.stoppedAt),
    not(sql`${news.kind} = any(${webhooks.mutedKinds})`),
  );
  const hearing = await tx
    .select({ id: webhooks.id, teamId: webhooks.teamId })
    .from(webhooks)
    .where(wants)
    .orderBy(webhooks.teamId);
  for (const { id: webhookId, teamId } of hearing) {
    const [written] = await tx
      .insert(messages)
      .values({ teamId, eventKey, news, isInInbox: false, ...about })
      .onConflictDoNothing()
      .returning({ id: messages.id });
    if (!written) continue;
    await tx.insert(messageSends).values({ teamId, messageId: written.id, channel: "webhook", webhookId });
  }
}
