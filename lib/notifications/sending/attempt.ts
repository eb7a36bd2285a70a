import "server-only";
import { eq } from "drizzle-orm";
import { messages, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { bookkeep } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import type { Db } from "@/lib/db/types";
import { sendMail } from "@/lib/mail/send";
import { mailSettings } from "@/lib/mail/settings";
import { callWebhook, type WebhookResult } from "@/lib/notifications/webhooks/call";
import { noteOutcome } from "@/lib/notifications/webhooks/outcome";
import { messageInWords } from "@/lib/notifications/words";
import { bodyOf, mailOf, testBody } from "./content";
import { type AttemptResult, type ClaimedSend, endSend, isUsedUp, settleSend } from "./queue";
import { isStillTold, type MessageRow } from "./still-told";

/**
 * Makes one attempt to send a claimed message to its user, and logs it. Nothing is sent to a user whose right to hear
 * of it has ended. The call is outside any transaction: a worker that dies between the call and its record sends once
 * more after the lease, under the same message id.
 */
export async function attemptSend(db: Db, actor: Actor, send: ClaimedSend): Promise<void> {
  if (isUsedUp(send)) return endSend(db, send, "failed");
  const message = send.messageId === null ? null : await findTold(db, actor, send.messageId);
  if (message === "not-told") return endSend(db, send, "dropped");
  if (send.webhookId !== null) return post(db, actor, { ...send, webhookId: send.webhookId }, message);
  if (message === null) return endSend(db, send, "dropped");
  const result = await mail(actor, message);
  await bookkeep<void>(db, async (tx) => {
    await settleSend(tx, send, result);
    return { result: undefined, told: [] };
  });
}

async function findTold(db: Db, actor: Actor, messageId: string): Promise<MessageRow | "not-told"> {
  const [message] = await db.select().from(messages).where(eq(messages.id, messageId));
  const isTold = message && (await db.transaction((tx) => isStillTold(tx, actor, message)));
  return isTold ? message : "not-told";
}

async function mail({ email }: Actor, message: MessageRow): Promise<AttemptResult> {
  const settings = mailSettings();
  if (!settings) return { status: null, failure: "no-mail-server" };
  const sent = await sendMail(settings, mailOf(message.id, email, wordsOf(message)));
  if (sent.ok) return { status: sent.status, failure: null };
  return { status: sent.status, failure: sent.failure, isFinal: sent.failure === "unknown-recipient" };
}

async function post(
  db: Db,
  actor: Actor,
  send: ClaimedSend & { webhookId: string },
  message: MessageRow | null,
): Promise<void> {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, send.webhookId));
  const isMuted = message !== null && webhook?.mutedKinds.includes(message.news.kind);
  if (!webhook || webhook.stoppedAt || isMuted) return endSend(db, send, "dropped");
  // A repeated attempt has the same id and body, so that its receiver can tell that it is one.
  const result = await callWebhook(db, webhook, {
    id: `msg_${message?.id ?? send.id}`,
    body: message ? bodyOf(message, wordsOf(message)) : testBody(send),
  });
  await bookkeep<void>(db, async (tx) => {
    await settleSend(tx, send, attemptOf(result, message === null));
    const events = await noteOutcome(tx, webhook.id, result);
    return { result: undefined, told: events.map((event: AuditEvent) => ({ who: actor, event })) };
  });
}

// Who pressed the button sees what came of a test: it is not repeated.
function attemptOf(result: WebhookResult, isTest: boolean): AttemptResult {
  if (result.ok) return { status: result.status, failure: null };
  const { status, failure } = result;
  return { status, failure, isFinal: isTest || failure === "gone" };
}

function wordsOf({ news, credentialId, endpointId }: MessageRow) {
  return messageInWords(news, { credentialId, endpointId });
}
