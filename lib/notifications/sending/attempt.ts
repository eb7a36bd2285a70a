import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { messages, teamMail, teams, users, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { bookkeep } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import type { Db } from "@/lib/db/types";
import { type Mail, sendMail } from "@/lib/mail/send";
import { mailSettings } from "@/lib/mail/settings";
import { noteMailOutcome } from "@/lib/notifications/team-mail/outcome";
import { callWebhook, type WebhookResult } from "@/lib/notifications/webhooks/call";
import { noteOutcome } from "@/lib/notifications/webhooks/outcome";
import { messageInWords } from "@/lib/notifications/words";
import { giveBack, mailedAddressLimit, tryConsume } from "@/lib/rate-limit";
import { bodyOf, choicesOfTeam, introductionOf, mailOf, ownChoices, testBody } from "./content";
import { isFirstSend } from "./first-send";
import { type AttemptResult, type ClaimedSend, endSend, isUsedUp, settleSend } from "./queue";
import { isStillTold, type MessageRow } from "./still-told";

/**
 * Makes one attempt to send a claimed message to its user or team, and logs it. Nothing is sent to those whose right to
 * hear of it has ended. The call is outside any transaction, so that what is removed during it is gone afterwards: a worker that dies between the call and its record sends once
 * more after the lease, under the same message id.
 */
export async function attemptSend(db: Db, actor: Actor, send: ClaimedSend): Promise<void> {
  if (isUsedUp(send)) return endSend(db, send, "failed");
  const message = send.messageId === null ? null : await findTold(db, actor, send.messageId);
  if (message === "not-told") return endSend(db, send, "dropped");
  if (send.webhookId !== null) return post(db, actor, { ...send, webhookId: send.webhookId }, message);
  const { id, teamMailId } = send;
  const mail = teamMailId === null ? toUser(actor, message) : await toTeam(db, { id, teamMailId }, message);
  if (mail === null) return endSend(db, send, "dropped");
  const result = teamMailId === null ? await deliver(mail) : await deliverToTeam(db, mail);
  // A repeated test would introduce the address once more a day later; who pressed the button sees what came of it.
  const isFinal = result.isFinal || (message === null && !isFirstSend(send));
  await bookkeep<void>(db, async (tx) => {
    const isLogged = await settleSend(tx, send, { ...result, isFinal });
    const events = isLogged && teamMailId !== null ? await noteMailOutcome(tx, teamMailId, result) : [];
    return { result: undefined, told: events.map((event) => ({ who: actor, event })) };
  });
}

async function findTold(db: Db, actor: Actor, messageId: string): Promise<MessageRow | "not-told"> {
  const [message] = await db.select().from(messages).where(eq(messages.id, messageId));
  const isTold = message && (await db.transaction((tx) => isStillTold(tx, actor, message)));
  return isTold ? message : "not-told";
}

function toUser({ email }: Actor, message: MessageRow | null): Mail | null {
  return message && mailOf({ id: message.id, to: email }, wordsOf(message), ownChoices);
}

// Null if the address has been removed, is stopped, or does not want to hear of this any more.
async function toTeam(
  db: Db,
  send: { id: string; teamMailId: string },
  message: MessageRow | null,
): Promise<Mail | null> {
  const [row] = await db
    .select({
      to: teamMail.address,
      mutedKinds: teamMail.mutedKinds,
      by: users.name,
      team: { id: teams.id, name: teams.name },
    })
    .from(teamMail)
    .innerJoin(teams, eq(teams.id, teamMail.teamId))
    .innerJoin(users, eq(users.id, teamMail.setById))
    .where(and(eq(teamMail.id, send.teamMailId), isNull(teamMail.stoppedAt)));
  if (!row || (message && row.mutedKinds.includes(message.news.kind))) return null;
  const words = message ? wordsOf(message) : introductionOf(row);
  return mailOf({ id: message?.id ?? send.id, to: row.to }, words, choicesOfTeam(row.team));
}

async function deliver(mail: Mail): Promise<AttemptResult> {
  const settings = mailSettings();
  if (!settings) return { status: null, failure: "no-mail-server" };
  const sent = await sendMail(settings, mail);
  if (sent.ok) return { status: sent.status, failure: null };
  return { status: sent.status, failure: sent.failure, isFinal: sent.failure === "unknown-recipient" };
}

// The address is typed by a user and not verified: what a stranger there may get of all teams together has a limit.
async function deliverToTeam(db: Db, mail: Mail): Promise<AttemptResult> {
  if (mailSettings() === null) return deliver(mail);
  const key = mail.to.toLowerCase();
  const allowance = await tryConsume(db, mailedAddressLimit, key);
  if (!allowance.ok) return { status: null, failure: "over-limit", isFinal: true };
  const result = await deliver(mail);
  if (result.failure !== null) await giveBack(db, mailedAddressLimit, key);
  return result;
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
    const isLogged = await settleSend(tx, send, attemptOf(result, message === null));
    const events = isLogged ? await noteOutcome(tx, webhook.id, result) : [];
    return { result: undefined, told: events.map((event: AuditEvent) => ({ who: actor, event })) };
  });
}

// Who pressed the button sees what came of a test: it is not repeated.
function attemptOf(result: WebhookResult, isTest: boolean): AttemptResult {
  if (result.ok) return { status: result.status, failure: null };
  const { status, failure } = result;
  return { status, failure, isFinal: isTest || failure === "gone" };
}

// Its reader may still see what it is about: else it is not sent.
function wordsOf({ news, credentialId, endpointId }: MessageRow) {
  const teamId = ("teamId" in news && news.teamId) || null;
  return messageInWords(news, { credentialId, endpointId, teamId });
}
