import "server-only";
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { messageAttempts, messageSends, messages, teamMembers, users, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { NewsKind } from "@/lib/notifications/news";
import { isFirstSendColumn } from "@/lib/notifications/sending/first-send";
import { isOwnedBy, ofTeamsOwnedBy } from "./owned";
import type { Attempt, ShownWebhook, TeamWebhook } from "./types";

const attemptsShown = 50;

const shown = {
  id: webhooks.id,
  address: webhooks.address,
  failingSince: webhooks.failingSince,
  stoppedFor: webhooks.stoppedFor,
};
type ShownRow = Pick<typeof webhooks.$inferSelect, keyof typeof shown>;

/** The actor's webhook, without its secret; null without one. */
export async function findWebhook(db: Db, actor: Actor): Promise<ShownWebhook | null> {
  const [row] = await db.select(shown).from(webhooks).where(eq(webhooks.userId, actor.userId));
  return row ? shownOf(row) : null;
}

/** A team's webhook, without its secret, with who set it and what it does not hear about; null without one, and unless the actor owns the team. */
export async function findTeamWebhook(db: Db, actor: Actor, teamId: string): Promise<TeamWebhook | null> {
  const ownership = and(
    eq(teamMembers.teamId, webhooks.teamId),
    eq(teamMembers.userId, webhooks.setById),
    eq(teamMembers.role, "owner"),
    isNull(teamMembers.endedAt),
  );
  const [row] = await db
    .select({
      ...shown,
      mutedKinds: webhooks.mutedKinds,
      setByName: users.name,
      setByDisabledAt: users.disabledAt,
      ownershipId: teamMembers.id,
    })
    .from(webhooks)
    .leftJoin(users, eq(users.id, webhooks.setById))
    .leftJoin(teamMembers, ownership)
    .where(and(eq(webhooks.teamId, teamId), ofTeamsOwnedBy(actor)));
  if (!row) return null;
  const { setByName, setByDisabledAt, ownershipId, mutedKinds } = row;
  const isOwner = ownershipId !== null && setByDisabledAt === null;
  return { ...shownOf(row), mutedKinds, setBy: setByName === null ? null : { name: setByName, isOwner } };
}

function shownOf({ id, address, failingSince, stoppedFor }: ShownRow): ShownWebhook {
  return { id, address, failingSince: failingSince?.toISOString() ?? null, stoppedFor };
}

/** The newest attempts to send the actor's messages by e-mail or webhook, newest first, 50 at most. */
export async function listAttempts(db: Db, actor: Actor): Promise<Attempt[]> {
  return attemptsWhere(db, eq(messageAttempts.userId, actor.userId));
}

/** The newest attempts to reach a team's present webhook and e-mail address, as above; none unless the actor owns the team. */
export async function listTeamAttempts(db: Db, actor: Actor, teamId: string): Promise<Attempt[]> {
  return attemptsWhere(db, and(eq(messageAttempts.teamId, teamId), isOwnedBy(actor, messageAttempts.teamId)));
}

async function attemptsWhere(db: Db, which: SQL | undefined): Promise<Attempt[]> {
  const rows = await db
    .select({
      id: messageAttempts.id,
      at: messageAttempts.at,
      status: messageAttempts.status,
      failure: messageAttempts.failure,
      channel: messageSends.channel,
      kind: sql<NewsKind | null>`${messages.news}->>'kind'`,
      isFirst: isFirstSendColumn,
      state: messageSends.state,
      nextAt: messageSends.nextAt,
    })
    .from(messageAttempts)
    .innerJoin(messageSends, eq(messageSends.id, messageAttempts.sendId))
    .leftJoin(messages, eq(messages.id, messageSends.messageId))
    .where(which)
    .orderBy(desc(messageAttempts.at), desc(messageAttempts.id))
    .limit(attemptsShown);
  return rows.map(({ at, state, nextAt, ...attempt }) => ({
    ...attempt,
    at: at.toISOString(),
    nextAt: state === "pending" ? nextAt.toISOString() : null,
  }));
}
