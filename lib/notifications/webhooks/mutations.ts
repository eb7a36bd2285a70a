import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, or, type SQL } from "drizzle-orm";
import { messageSends, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import type { Db } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { changedKinds, type NewsKind } from "@/lib/notifications/news";
import { egressPolicy } from "@/lib/portal/egress";
import { readWebhookAddress, storedWebhookAddress } from "@/lib/portal/webhook-address";
import type { Secret } from "@/lib/secret";
import { requireTeamRight } from "@/lib/teams/require-right";
import { ofTeamsOwnedBy } from "./owned";
import { sealWebhookSecret } from "./secret";
import { newWebhookSecret } from "./sign";

/** Whose webhook it is: exactly one of the two is set. */
type Holder =
  | { readonly userId: string; readonly teamId: null }
  | { readonly userId: null; readonly teamId: string };

/**
 * Sets the address that messages to the actor, or to a team of which the actor is an owner, are posted to, in place of
 * an earlier one, and returns the secret that signs them; it is shown once. A team keeps its choices. INVALID_INPUT at
 * `address` if the portal may not call it; NOT_FOUND and NOT_ALLOWED for a team as for every change of it.
 */
export async function addWebhook(
  db: Db,
  actor: Actor,
  { address: typed, teamId }: { address: string; teamId?: string | undefined },
): Promise<Secret> {
  const holder: Holder = teamId ? { userId: null, teamId } : { userId: actor.userId, teamId: null };
  return changeWith(db, actor, async (tx) => {
    if (teamId) await requireTeamRight(tx, actor, teamId, "manageWebhook");
    const address = readAddress(typed);
    const [id, secret] = [randomUUID(), newWebhookSecret()];
    const [replaced] = await tx
      .delete(webhooks)
      .where(isOf(holder))
      .returning({ mutedKinds: webhooks.mutedKinds });
    const holderId = holder.userId ?? holder.teamId;
    const sealed = await sealWebhookSecret(tx, { id, holderId, address }, secret);
    await tx
      .insert(webhooks)
      .values({ id, ...holder, ...replaced, setById: actor.userId, address: address.href, ...sealed });
    return changed(eventOf("webhook-added", { ...holder, address: address.href }), secret);
  });
}

function readAddress(typed: string) {
  const read = readWebhookAddress(typed, egressPolicy());
  if (read.ok) return read.address;
  throw new AppError({
    code: "INVALID_INPUT",
    message: "Some fields need your attention.",
    fieldErrors: { address: read.message },
  });
}

/** Where a change of a webhook is shown: null for the actor's own. */
export type WebhookPlace = { readonly teamId: string | null };

/**
 * Removes a webhook of the actor's, or of a team that the actor owns, its secret and its log; what waits for it is given
 * up. NOT_FOUND for one that is absent, replaced or another's.
 */
export async function removeWebhook(db: Db, actor: Actor, webhookId: string): Promise<WebhookPlace> {
  return changeWith(db, actor, async (tx) => {
    const [removed] = await tx.delete(webhooks).where(mayManage(actor, webhookId)).returning();
    if (!removed) throw notFound("webhook");
    return changed(eventOf("webhook-removed", removed), { teamId: removed.teamId });
  });
}

/** Queues a test for such a webhook, and returns its id in the queue. NOT_FOUND as above, and if it is stopped. */
export async function requestTest(
  db: Db,
  actor: Actor,
  webhookId: string,
): Promise<WebhookPlace & { readonly sendId: string }> {
  return changeWith(db, actor, async (tx) => {
    const [webhook] = await tx
      .select()
      .from(webhooks)
      .where(and(mayManage(actor, webhookId), isNull(webhooks.stoppedAt)));
    if (!webhook) throw notFound("webhook");
    const { userId, teamId } = webhook;
    const sendId = randomUUID();
    await tx.insert(messageSends).values({ id: sendId, userId, teamId, channel: "webhook", webhookId });
    return changed(eventOf("webhook-tested", webhook), { teamId, sendId });
  });
}

/**
 * Stores which kinds of messages are not posted to a team's webhook; returns how many choices changed. NOT_FOUND without
 * a webhook, or for a team that the actor does not see; NOT_ALLOWED unless the actor is its owner.
 */
export async function chooseTeamNews(
  db: Db,
  actor: Actor,
  { teamId, muted }: { teamId: string; muted: readonly NewsKind[] },
): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    await requireTeamRight(tx, actor, teamId, "manageWebhook");
    const [webhook] = await tx
      .select({ mutedKinds: webhooks.mutedKinds })
      .from(webhooks)
      .where(eq(webhooks.teamId, teamId))
      .for("update");
    if (!webhook) throw notFound("webhook");
    const { now, changes } = changedKinds(webhook.mutedKinds, muted);
    if (changes === 0) return unchanged(0);
    await tx.update(webhooks).set({ mutedKinds: now }).where(eq(webhooks.teamId, teamId));
    const details = { changes, channel: "webhook" } as const;
    return changed({ event: "team.notifications-chosen", subjectId: teamId, details }, changes);
  });
}

function isOf({ userId, teamId }: Holder): SQL | undefined {
  return userId === null ? eq(webhooks.teamId, teamId) : eq(webhooks.userId, userId);
}

function mayManage(actor: Actor, webhookId: string): SQL | undefined {
  return and(eq(webhooks.id, webhookId), or(eq(webhooks.userId, actor.userId), ofTeamsOwnedBy(actor)));
}

type Changed = "webhook-added" | "webhook-removed" | "webhook-tested";

function eventOf(
  what: Changed,
  { userId, teamId, address }: { userId: string | null; teamId: string | null; address: string },
): AuditEvent {
  // An address may hold a token in its path, so that the log names its host only.
  const details = { host: storedWebhookAddress(address)?.host ?? "" };
  if (teamId !== null) return { event: `team.${what}`, subjectId: teamId, details };
  if (userId === null) throw new Error("a webhook of nobody");
  return { event: `user.${what}`, subjectId: userId, details };
}
