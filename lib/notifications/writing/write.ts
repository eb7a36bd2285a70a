import "server-only";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { messageSends, messages, notificationChoices, users, webhooks } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { mailSettings } from "@/lib/mail/settings";
import type { News, NewsKind } from "@/lib/notifications/news";
import { type Choice, isOn } from "./channels";

/** One event to tell. The key names the event, so that it is told once however often it is found. */
export type Message = {
  readonly eventKey: string;
  readonly news: News;
  readonly about?: {
    readonly credentialId?: string;
    readonly endpointId?: string;
    readonly serverId?: string;
  };
};

/**
 * Writes a message to each of these users, in the transaction of what it tells, and puts it on its way by the other
 * channels that they chose. Disabled accounts get none, and a user who was told of this event gets no second one.
 */
export async function writeMessage(tx: Tx, userIds: readonly string[], message: Message): Promise<void> {
  // In one order, so that two transactions that tell the same users wait for each other and never in a circle.
  const inOrder = [...new Set(userIds)].sort();
  for (let from = 0; from < inOrder.length; from += perStatement) {
    await writeSome(tx, inOrder.slice(from, from + perStatement), message);
  }
}

/** A statement has 65,535 parameters at most. */
const perStatement = 1_000;

async function writeSome(
  tx: Tx,
  userIds: readonly string[],
  { eventKey, news, about = {} }: Message,
): Promise<void> {
  const hearers = await findHearers(tx, userIds, news.kind);
  if (hearers.length === 0) return;
  const written = await tx
    .insert(messages)
    .values(
      hearers.map(({ userId, choices }) => {
        const isInInbox = isOn(choices, news.kind, "inbox");
        return { userId, eventKey, news, isInInbox, ...about };
      }),
    )
    .onConflictDoNothing()
    .returning({ messageId: messages.id, userId: messages.userId });
  const hearerOf = new Map(hearers.map((hearer) => [hearer.userId, hearer]));
  const sends = written.flatMap(({ messageId, userId }) => {
    const hearer = hearerOf.get(userId ?? "");
    return hearer ? sendsTo(hearer, messageId, news.kind) : [];
  });
  if (sends.length > 0) await tx.insert(messageSends).values(sends);
}

type Hearer = {
  readonly userId: string;
  /** The user's webhook that is not stopped. */
  readonly webhookId: string | null;
  readonly choices: readonly Choice[];
};

function sendsTo({ userId, webhookId, choices }: Hearer, messageId: string, kind: NewsKind) {
  const isMailed = mailSettings() !== null && isOn(choices, kind, "email");
  const isPosted = webhookId !== null && isOn(choices, kind, "webhook");
  return [
    ...(isMailed ? [{ userId, messageId, channel: "email" as const }] : []),
    ...(isPosted ? [{ userId, messageId, channel: "webhook" as const, webhookId }] : []),
  ];
}

async function findHearers(tx: Tx, userIds: readonly string[], kind: NewsKind): Promise<Hearer[]> {
  const rows = await tx
    .select({
      userId: users.id,
      webhookId: webhooks.id,
      kind: notificationChoices.kind,
      channel: notificationChoices.channel,
      isOn: notificationChoices.isOn,
    })
    .from(users)
    .leftJoin(
      notificationChoices,
      and(eq(notificationChoices.userId, users.id), eq(notificationChoices.kind, kind)),
    )
    .leftJoin(webhooks, and(eq(webhooks.userId, users.id), isNull(webhooks.stoppedAt)))
    .where(and(inArray(users.id, [...userIds]), isNull(users.disabledAt)))
    .orderBy(asc(users.id));
  const hearers = new Map<string, Hearer & { choices: Choice[] }>();
  for (const { userId, webhookId, ...choice } of rows) {
    const hearer = hearers.get(userId) ?? { userId, webhookId, choices: [] };
    hearers.set(userId, hearer);
    if (choice.kind && choice.channel && choice.isOn !== null) {
      hearer.choices.push({ kind: choice.kind, channel: choice.channel, isOn: choice.isOn });
    }
  }
  return [...hearers.values()];
}
