import "server-only";
import { and, eq, inArray, isNotNull, isNull, not, or, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { messageSends, messages, teamMail, teams, webhooks } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { mailSettings } from "@/lib/mail/settings";
import type { Message } from "./write";

/**
 * Writes a message to each of these teams that wants to hear of such events by its webhook or its e-mail address, in the
 * transaction of what it tells, and puts it on its way. A team that was told of this event gets no second one. Its members are told
 * by `writeMessage`.
 */
export async function writeToTeams(
  tx: Tx,
  teamIds: readonly string[],
  { eventKey, news, about = {} }: Message,
): Promise<void> {
  if (teamIds.length === 0) return;
  const isWanted = (muted: AnyPgColumn) => not(sql`${news.kind} = any(${muted})`);
  const hasMail = mailSettings() !== null;
  const hearing = await tx
    .select({ teamId: teams.id, webhookId: webhooks.id, teamMailId: teamMail.id })
    .from(teams)
    .leftJoin(
      webhooks,
      and(eq(webhooks.teamId, teams.id), isNull(webhooks.stoppedAt), isWanted(webhooks.mutedKinds)),
    )
    .leftJoin(
      teamMail,
      and(
        ...[eq(teamMail.teamId, teams.id), sql`${hasMail}`],
        ...[isNull(teamMail.stoppedAt), isWanted(teamMail.mutedKinds)],
      ),
    )
    .where(and(inArray(teams.id, [...teamIds]), or(isNotNull(webhooks.id), isNotNull(teamMail.id))))
    .orderBy(teams.id);
  for (const { teamId, webhookId, teamMailId } of hearing) {
    const [written] = await tx
      .insert(messages)
      .values({ teamId, eventKey, news, isInInbox: false, ...about })
      .onConflictDoNothing()
      .returning({ id: messages.id });
    if (!written) continue;
    const send = { teamId, messageId: written.id };
    await tx
      .insert(messageSends)
      .values([
        ...(webhookId === null ? [] : [{ ...send, channel: "webhook" as const, webhookId }]),
        ...(teamMailId === null ? [] : [{ ...send, channel: "email" as const, teamMailId }]),
      ]);
  }
}
