import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { credentials, endpoints, messages, notificationChoices, teamMembers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { isVisibleTo as isCredentialVisibleTo } from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import { isVisibleTo as isEndpointVisibleTo } from "@/lib/endpoints/visibility";
import { createdAtOf, inOrder, isFrom, type Page, type PageStart, readPage } from "@/lib/paging";
import type { InboxMessage } from "./types";
import { messageInWords } from "./words";
import type { Choice } from "./writing/channels";

const perPage = 30;

/**
 * The actor's messages, newest first. They link to what the actor may see now; the text names what the actor could see
 * when it was written.
 */
export async function listMessages(
  db: Db,
  actor: Actor,
  start: PageStart | null,
): Promise<Page<InboxMessage>> {
  const key = [messages.createdAt, messages.id] as const;
  // The page of a team is its members'.
  const isMemberOf = and(
    sql`${teamMembers.teamId}::text = ${messages.news}->>'teamId'`,
    ...[eq(teamMembers.userId, actor.userId), isNull(teamMembers.endedAt)],
  );
  const read = (from: PageStart | null, limit: number) =>
    db
      .select({
        id: messages.id,
        news: messages.news,
        createdAt: messages.createdAt,
        readAt: messages.readAt,
        aboutCredentialId: messages.credentialId,
        credentialId: credentials.id,
        endpointId: endpoints.id,
        teamId: teamMembers.teamId,
      })
      .from(messages)
      .leftJoin(credentials, and(eq(credentials.id, messages.credentialId), isCredentialVisibleTo(actor)))
      .leftJoin(endpoints, and(eq(endpoints.id, messages.endpointId), isEndpointVisibleTo(actor)))
      .leftJoin(teamMembers, isMemberOf)
      .where(and(eq(messages.userId, actor.userId), messages.isInInbox, isFrom(from, ...key)))
      .orderBy(...inOrder(from, ...key))
      .limit(limit);
  return readPage(
    { start, size: perPage, read, keyOf: createdAtOf },
    ({ id, news, createdAt, readAt, aboutCredentialId, ...visible }) => ({
      id,
      kind: news.kind,
      at: createdAt.toISOString(),
      isUnread: readAt === null,
      ...messageInWords(news, {
        ...visible,
        // The recipient of an offer may see its page, not yet the credential.
        ...(news.kind === "ownership-offered" ? { credentialId: aboutCredentialId } : {}),
      }),
    }),
  );
}

/** What the actor chose where it differs from the defaults. */
export async function listChoices(db: Db, actor: Actor): Promise<Choice[]> {
  const { kind, channel, isOn } = notificationChoices;
  return db
    .select({ kind, channel, isOn })
    .from(notificationChoices)
    .where(eq(notificationChoices.userId, actor.userId));
}
