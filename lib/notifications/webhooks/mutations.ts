import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, type SQL } from "drizzle-orm";
import { messageSends, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import type { Db } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { egressPolicy } from "@/lib/portal/egress";
import { readWebhookAddress, storedWebhookAddress } from "@/lib/portal/webhook-address";
import type { Secret } from "@/lib/secret";
import { sealWebhookSecret } from "./secret";
import { newWebhookSecret } from "./sign";

/**
 * Sets the address that the actor's messages are posted to, in place of an earlier one, and returns the secret that
 * signs them; it is shown once. INVALID_INPUT at `address` if the portal may not call it.
 */
export async function addWebhook(db: Db, actor: Actor, typed: string): Promise<Secret> {
  const read = readWebhookAddress(typed, egressPolicy());
  if (!read.ok) {
    throw new AppError({
      code: "INVALID_INPUT",
      message: "Some fields need your attention.",
      fieldErrors: { address: read.message },
    });
  }
  const { address } = read;
  const { userId } = actor;
  return changeWith(db, actor, async (tx) => {
    const [id, secret] = [randomUUID(), newWebhookSecret()];
    await tx.delete(webhooks).where(eq(webhooks.userId, userId));
    const sealed = await sealWebhookSecret(tx, { id, userId, address }, secret);
    await tx.insert(webhooks).values({ id, userId, address: address.href, ...sealed });
    const { host } = address;
    return changed({ event: "user.webhook-added", subjectId: userId, details: { host } }, secret);
  });
}

/**
 * Removes a webhook of the actor's, its secret and its log; what waits for it is given up. NOT_FOUND for one that is
 * absent, replaced or another user's.
 */
export async function removeWebhook(db: Db, actor: Actor, webhookId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const [removed] = await tx
      .delete(webhooks)
      .where(isOwn(actor, webhookId))
      .returning({ address: webhooks.address });
    if (!removed) throw notFound("webhook");
    const host = hostOf(removed.address);
    return changed({ event: "user.webhook-removed", subjectId: actor.userId, details: { host } });
  });
}

/** Queues a test for a webhook of the actor's, and returns its id in the queue. NOT_FOUND as above, and if it is stopped. */
export async function requestTest(db: Db, actor: Actor, webhookId: string): Promise<string> {
  return changeWith(db, actor, async (tx) => {
    const [webhook] = await tx
      .select({ id: webhooks.id, address: webhooks.address })
      .from(webhooks)
      .where(and(isOwn(actor, webhookId), isNull(webhooks.stoppedAt)));
    if (!webhook) throw notFound("webhook");
    const id = randomUUID();
    const { userId } = actor;
    await tx.insert(messageSends).values({ id, userId, channel: "webhook", webhookId: webhook.id });
    const host = hostOf(webhook.address);
    return changed({ event: "user.webhook-tested", subjectId: userId, details: { host } }, id);
  });
}

function isOwn({ userId }: Actor, webhookId: string): SQL | undefined {
  return and(eq(webhooks.id, webhookId), eq(webhooks.userId, userId));
}

// An address may hold a token in its path, so that the log names its host only.
function hostOf(address: string): string {
  return storedWebhookAddress(address)?.host ?? "";
}
