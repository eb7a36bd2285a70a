import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { auditEvents, messageSends, teamMail } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import type { MailSettings } from "@/lib/mail/settings";
import { sendMessages } from "@/lib/notifications/sending/send";
import { tellRefusedSecret } from "@/lib/notifications/telling/credential";
import { listTeamAttempts } from "@/lib/notifications/webhooks/queries";
import { somebody } from "@/lib/testing/actors";
import { aCredential } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { newsOf } from "@/lib/testing/messages";
import { grantCredential } from "@/lib/testing/sharing";
import { aTeamOf } from "@/lib/testing/teams";
import { addTeamMail, requestMailTest } from "./mutations";
import { findTeamMail } from "./queries";

const given = vi.hoisted((): { mail: MailSettings | null } => ({ mail: null }));
vi.mock("@/lib/mail/settings", () => ({ mailSettings: () => given.mail }));

let db: Db;
let server: TestMailServer;
beforeAll(async () => {
  db = await ownDatabase();
  server = await startMailServer();
});
beforeEach(() => {
  server.answers.clear();
  given.mail = { url: `smtp://127.0.0.1:${server.port}`, from: "latchkey@example.com" };
});
afterAll(() => server.close());

const unknown = "550 No such user";

/** A team whose address got its first e-mail. */
async function aTeamWithMail() {
  const [owner, member] = [await somebody(db), await somebody(db)];
  const teamId = await aTeamOf(db, owner, member);
  const address = `team-${teamId.slice(0, 8)}@lists.example.com`;
  await addTeamMail(db, owner, { teamId, email: address });
  await oneRound();
  return { owner, member, teamId, address };
}

async function oneRound(): Promise<void> {
  await db.update(messageSends).set({ nextAt: sql`now()` }).where(eq(messageSends.state, "pending"));
  for (const id of await sendMessages.findDue(db)) await sendMessages.doOne(db, id);
}

async function sendTest(owner: Actor, teamId: string, answer?: string): Promise<void> {
  server.answers.clear();
  if (answer !== undefined) server.answers.set("RCPT", answer);
  await requestMailTest(db, owner, teamId);
  await oneRound();
}

async function daysPass(teamId: string, days: number): Promise<void> {
  const failingSince = sql`${teamMail.failingSince} - ${days} * interval '1 day'`;
  await db.update(teamMail).set({ failingSince }).where(eq(teamMail.teamId, teamId));
}

const isStopped = async (owner: Actor, teamId: string) => (await findTeamMail(db, owner, teamId))?.isStopped;
const mailsTo = (address: string) => server.mails.filter(({ to }) => to === address).length;

describe("a team's e-mail address is stopped", () => {
  it("when the mail server has refused it for five days, and not before; what waits for it is given up", async () => {
    const { owner, member, teamId, address } = await aTeamWithMail();
    await sendTest(owner, teamId, unknown);
    await daysPass(teamId, 4);
    await sendTest(owner, teamId, unknown);
    expect(await isStopped(owner, teamId)).toBe(false);
    await daysPass(teamId, 1);
    const credentialId = await addCredential(db, owner, aCredential());
    await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
    const refuse = (secretVersion: number) =>
      db.transaction((tx) => tellRefusedSecret(tx, { credentialId, secretVersion, verdict: "rejected" }));
    await refuse(1);
    await sendTest(owner, teamId, "451 Try later");
    expect(await isStopped(owner, teamId)).toBe(true);
    const isWaiting = and(eq(messageSends.teamId, teamId), eq(messageSends.state, "pending"));
    expect(await db.$count(messageSends, isWaiting)).toBe(0);

    const stopped = (await newsOf(db, owner)).filter(({ kind }) => kind === "webhook-stopped");
    expect(stopped).toMatchObject([{ channel: "email", host: "lists.example.com", team: { id: teamId } }]);
    expect(await newsOf(db, member)).toEqual([]);
    const isEvent = and(eq(auditEvents.event, "team.mail-stopped"), eq(auditEvents.subjectId, teamId));
    const events = await db.select().from(auditEvents).where(isEvent);
    expect(events.map(({ details }) => details)).toEqual([{ domain: "lists.example.com" }]);
    expect(JSON.stringify([stopped, events])).not.toContain(address);

    // Nothing more is sent there, nor does it wait for a later start.
    server.answers.clear();
    await refuse(2);
    expect(await db.$count(messageSends, isWaiting)).toBe(0);
    await oneRound();
    await expect(requestMailTest(db, owner, teamId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(mailsTo(address)).toBe(1);
  });

  it("and started again by adding it again, with its choices and an introduction", async () => {
    const { owner, teamId, address } = await aTeamWithMail();
    await sendTest(owner, teamId, unknown);
    await daysPass(teamId, 5);
    await sendTest(owner, teamId, unknown);
    expect(await isStopped(owner, teamId)).toBe(true);
    server.answers.clear();
    await addTeamMail(db, owner, { teamId, email: address });
    await oneRound();
    expect([await isStopped(owner, teamId), mailsTo(address)]).toEqual([false, 2]);
    await sendTest(owner, teamId, unknown);
    expect(await isStopped(owner, teamId)).toBe(false);
  });
});

describe("a team's e-mail address is not stopped", () => {
  it("once an e-mail arrived in between: the five days begin anew", async () => {
    const { owner, teamId } = await aTeamWithMail();
    await sendTest(owner, teamId, unknown);
    await daysPass(teamId, 6);
    await sendTest(owner, teamId);
    await sendTest(owner, teamId, unknown);
    expect(await isStopped(owner, teamId)).toBe(false);
  });

  it("while the mail server is away, which says nothing about the address", async () => {
    const { owner, teamId } = await aTeamWithMail();
    await sendTest(owner, teamId, unknown);
    await daysPass(teamId, 6);
    given.mail = { url: "smtp://127.0.0.1:1", from: "latchkey@example.com" };
    await sendTest(owner, teamId);
    expect((await listTeamAttempts(db, owner, teamId))[0]).toMatchObject({ failure: "unreachable" });
    expect(await isStopped(owner, teamId)).toBe(false);
  });
});
