import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { messageSends, teamMail } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import type { Db, Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { mailSettings } from "@/lib/mail/settings";
import { noMailServer } from "@/lib/mail/words";
import { changedKinds, type NewsKind } from "@/lib/notifications/news";
import { idOfFirstSend } from "@/lib/notifications/sending/first-send";
import { requireTeamRight } from "@/lib/teams/require-right";
import { domainOf } from "./domain";

/**
 * Sets the address that messages to a team are mailed to, in place of an earlier one, whose choices it keeps, and queues
 * the e-mail that says so there; returns its id in the queue. NOT_FOUND for a team that the actor does not see,
 * NOT_ALLOWED unless the actor is its owner, as for every change of it. UNAVAILABLE without a mail server.
 */
export async function addTeamMail(
  db: Db,
  actor: Actor,
  { teamId, email: address }: { teamId: string; email: string },
): Promise<string> {
  return changeWith(db, actor, async (tx) => {
    await requireTeamRight(tx, actor, teamId, "manageWebhook");
    requireMailServer();
    const id = randomUUID();
    const [replaced] = await tx.delete(teamMail).where(eq(teamMail.teamId, teamId)).returning();
    const mutedKinds = replaced?.mutedKinds ?? [];
    await tx.insert(teamMail).values({ id, teamId, address, mutedKinds, setById: actor.userId });
    const sendId = await queueIntroduction(tx, { id, teamId }, idOfFirstSend({ teamMailId: id }));
    const details = {
      domain: domainOf(address),
      ...(replaced ? { replaced: domainOf(replaced.address) } : {}),
    };
    return changed({ event: "team.mail-added", subjectId: teamId, details }, sendId);
  });
}

/** Removes a team's address; what waits for it is given up. NOT_FOUND without one. */
export async function removeTeamMail(db: Db, actor: Actor, teamId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    await requireTeamRight(tx, actor, teamId, "manageWebhook");
    const [removed] = await tx.delete(teamMail).where(eq(teamMail.teamId, teamId)).returning();
    if (!removed) throw notFound("address");
    return changed(eventOf("mail-removed", removed));
  });
}

/**
 * Queues the e-mail that says who added the address once more, and returns its id in the queue. NOT_FOUND and UNAVAILABLE
 * as above, and NOT_FOUND if the address is stopped: it is started by adding it again.
 */
export async function requestMailTest(db: Db, actor: Actor, teamId: string): Promise<string> {
  return changeWith(db, actor, async (tx) => {
    await requireTeamRight(tx, actor, teamId, "manageWebhook");
    const mail = await requireMail(tx, teamId);
    if (mail.stoppedAt) throw notFound("address");
    requireMailServer();
    return changed(eventOf("mail-tested", mail), await queueIntroduction(tx, mail, randomUUID()));
  });
}

/** Stores which kinds of messages are not mailed to a team's address; returns how many choices changed. NOT_FOUND without one. */
export async function chooseMailNews(
  db: Db,
  actor: Actor,
  { teamId, muted }: { teamId: string; muted: readonly NewsKind[] },
): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    await requireTeamRight(tx, actor, teamId, "manageWebhook");
    const { mutedKinds } = await requireMail(tx, teamId);
    const { now, changes } = changedKinds(mutedKinds, muted);
    if (changes === 0) return unchanged(0);
    await tx.update(teamMail).set({ mutedKinds: now }).where(eq(teamMail.teamId, teamId));
    const details = { changes, channel: "email" } as const;
    return changed({ event: "team.notifications-chosen", subjectId: teamId, details }, changes);
  });
}

async function requireMail(tx: Tx, teamId: string) {
  const [mail] = await tx.select().from(teamMail).where(eq(teamMail.teamId, teamId)).for("update");
  if (!mail) throw notFound("address");
  return mail;
}

function requireMailServer(): void {
  if (mailSettings() === null) throw new AppError({ code: "UNAVAILABLE", message: noMailServer });
}

async function queueIntroduction(
  tx: Tx,
  { id, teamId }: { id: string; teamId: string },
  sendId: string,
): Promise<string> {
  await tx.insert(messageSends).values({ id: sendId, teamId, channel: "email", teamMailId: id });
  return sendId;
}

function eventOf(
  what: "mail-removed" | "mail-tested",
  { teamId, address }: { teamId: string; address: string },
): AuditEvent {
  return { event: `team.${what}`, subjectId: teamId, details: { domain: domainOf(address) } };
}
