import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { messageSends, webhooks } from "@/drizzle/schema";
import type { AuditEvent } from "@/lib/audit/events";
import type { Tx } from "@/lib/db/types";
import { failingFrom, hasFailedTooLong } from "@/lib/notifications/failing";
import { ownersOfTeam, teamNamed } from "@/lib/notifications/telling/recipients";
import { writeMessage } from "@/lib/notifications/writing/write";
import { storedWebhookAddress } from "@/lib/portal/webhook-address";
import type { WebhookResult } from "./call";

/**
 * Notes on the webhook what came of an attempt. One that is gone, or has failed for five days, is stopped: its user
 * is told, or its team's owners, and what waits for it is given up. Returns the event of that.
 */
export async function noteOutcome(tx: Tx, webhookId: string, result: WebhookResult): Promise<AuditEvent[]> {
  const isIt = and(eq(webhooks.id, webhookId), isNull(webhooks.stoppedAt));
  if (result.ok) {
    await tx.update(webhooks).set({ failingSince: null }).where(isIt);
    return [];
  }
  await tx
    .update(webhooks)
    .set({ failingSince: failingFrom(webhooks.failingSince) })
    .where(isIt);
  const why = result.failure === "gone" ? "gone" : "failing";
  const isOver = why === "gone" ? undefined : hasFailedTooLong(webhooks.failingSince);
  const [stopped] = await tx
    .update(webhooks)
    .set({ stoppedAt: sql`clock_timestamp()`, stoppedFor: why })
    .where(and(isIt, isOver))
    .returning({ userId: webhooks.userId, teamId: webhooks.teamId, address: webhooks.address });
  if (!stopped) return [];
  const { userId, teamId, address } = stopped;
  await tx
    .update(messageSends)
    .set({ state: "dropped" })
    .where(and(eq(messageSends.webhookId, webhookId), eq(messageSends.state, "pending")));
  const host = storedWebhookAddress(address)?.host ?? "";
  const eventKey = `webhook:${webhookId}:stopped`;
  const news = { kind: "webhook-stopped", host, why } as const;
  const details = { host, reason: why } as const;
  if (teamId !== null) {
    const team = await teamNamed(tx, teamId);
    await writeMessage(tx, await ownersOfTeam(tx, teamId), { eventKey, news: { ...news, team } });
    return [{ event: "team.webhook-stopped", subjectId: teamId, details }];
  }
  if (userId === null) throw new Error("a webhook of nobody");
  await writeMessage(tx, [userId], { eventKey, news });
  return [{ event: "user.webhook-stopped", subjectId: userId, details }];
}
