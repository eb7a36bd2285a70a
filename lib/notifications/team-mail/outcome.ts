import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { messageSends, teamMail } from "@/drizzle/schema";
import type { AuditEvent } from "@/lib/audit/events";
import type { Tx } from "@/lib/db/types";
import { failingFrom, hasFailedTooLong } from "@/lib/notifications/failing";
import { ownersOfTeam, teamNamed } from "@/lib/notifications/telling/recipients";
import { writeMessage } from "@/lib/notifications/writing/write";
import { domainOf } from "./domain";

/** The mail server's answers about the address. A mail server that is away says nothing about it. */
const ofAddress: ReadonlySet<string> = new Set(["unknown-recipient", "refused"]);

/**
 * Notes on a team's address what came of an attempt. One that the mail server has refused for five days is stopped, as a
 * webhook is: its team's owners are told, and what waits for it is given up. Returns the event of that.
 */
export async function noteMailOutcome(
  tx: Tx,
  teamMailId: string,
  { failure }: { readonly failure: string | null },
): Promise<AuditEvent[]> {
  const isIt = and(eq(teamMail.id, teamMailId), isNull(teamMail.stoppedAt));
  if (failure === null) {
    await tx.update(teamMail).set({ failingSince: null }).where(isIt);
    return [];
  }
  if (!ofAddress.has(failure)) return [];
  await tx
    .update(teamMail)
    .set({ failingSince: failingFrom(teamMail.failingSince) })
    .where(isIt);
  const [stopped] = await tx
    .update(teamMail)
    .set({ stoppedAt: sql`clock_timestamp()` })
    .where(and(isIt, hasFailedTooLong(teamMail.failingSince)))
    .returning({ teamId: teamMail.teamId, address: teamMail.address });
  if (!stopped) return [];
  await tx
    .update(messageSends)
    .set({ state: "dropped" })
    .where(and(eq(messageSends.teamMailId, teamMailId), eq(messageSends.state, "pending")));
  const { teamId, address } = stopped;
  const domain = domainOf(address);
  await writeMessage(tx, await ownersOfTeam(tx, teamId), {
    eventKey: `team-mail:${teamMailId}:stopped`,
    news: {
      ...{ kind: "webhook-stopped", channel: "email", host: domain, why: "failing" },
      team: await teamNamed(tx, teamId),
    },
  });
  return [{ event: "team.mail-stopped", subjectId: teamId, details: { domain } }];
}
