import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { auditEvents, credentialGrants, messageSends, teamMail, teamMembers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import type { MailSettings } from "@/lib/mail/settings";
import { noMailServer } from "@/lib/mail/words";
import { sendMessages } from "@/lib/notifications/sending/send";
import { tellRefusedSecret } from "@/lib/notifications/telling/credential";
import { addWebhook } from "@/lib/notifications/webhooks/mutations";
import { listAttempts, listTeamAttempts } from "@/lib/notifications/webhooks/queries";
import { deleteTeam, removeMember } from "@/lib/teams/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { kindsOf } from "@/lib/testing/messages";
import { grantCredential } from "@/lib/testing/sharing";
import { aTeamOf } from "@/lib/testing/teams";
import { addTeamMail, chooseMailNews, removeTeamMail, requestMailTest } from "./mutations";
import { findTeamMail } from "./queries";

const given = vi.hoisted((): { mail: MailSettings | null } => ({ mail: null }));
vi.mock("@/lib/mail/settings", () => ({ mailSettings: () => given.mail }));

let processes: [Db, Db];
let db: Db;
let server: TestMailServer;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
});
beforeEach(async () => {
  server = await startMailServer();
  given.mail = { url: `smtp://127.0.0.1:${server.port}`, from: "latchkey@example.com" };
  return () => server.close();
});
afterAll(() => {
  given.mail = null;
});

const list = "data-platform@lists.example.com";

type Scene = { owner: Actor; member: Actor; teamId: string; credentialId: string };

/** A team with an address, whose first e-mail has arrived, and a credential of its owner that is shared with it. */
async function aScene(): Promise<Scene> {
  const [owner, member] = [await somebody(db), await somebody(db)];
  const teamId = await aTeamOf(db, owner, member);
  const credentialId = await addCredential(db, owner, aCredential());
  await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
  await addTeamMail(db, owner, { teamId, email: list });
  await oneRound();
  return { owner, member, teamId, credentialId };
}

const refuse = ({ credentialId }: Scene) =>
  db.transaction((tx) => tellRefusedSecret(tx, { credentialId, secretVersion: 1, verdict: "rejected" }));

async function endGrantOn(credentialId: string): Promise<void> {
  const isOnIt = eq(credentialGrants.credentialId, credentialId);
  await db.update(credentialGrants).set({ endedAt: new Date() }).where(isOnIt);
}

async function oneRound(): Promise<void> {
  await db.update(messageSends).set({ nextAt: sql`now()` }).where(eq(messageSends.state, "pending"));
  for (const id of await sendMessages.findDue(db)) await sendMessages.doOne(db, id);
}

const mailsTo = (address: string) => server.mails.filter(({ to }) => to === address).map(({ data }) => data);
// As mail programs read it: folded lines and quoted-printable joined.
const plain = (data = "") => data.replace(/=\r?\n/g, "").replace(/\r?\n /g, " ");

describe("a team's e-mail address", () => {
  it("gets a first e-mail that says who added it, for which team, and how to end it", async () => {
    const { owner, teamId } = await aScene();
    const [first, ...more] = mailsTo(list).map(plain);
    expect(more).toEqual([]);
    expect(first).toContain(`${owner.name} added this address to the messages of the team`);
    expect(first).toContain("If you do not expect this");
    expect(first).toContain(`/teams/${teamId}/notifications`);
    await requestMailTest(db, owner, teamId);
    await oneRound();
    expect(mailsTo(list)).toHaveLength(2);
    expect(await listTeamAttempts(db, owner, teamId)).toMatchObject([
      { channel: "email", kind: null, isFirst: false, status: 250 },
      { channel: "email", kind: null, isFirst: true, status: 250 },
    ]);
  });

  it("gets its first e-mail after an outage, and none of the tests that failed in it", async () => {
    server.answers.set("MAIL", "451 Try later");
    const { owner, teamId } = await aScene();
    for (const _ of [1, 2]) {
      await requestMailTest(db, owner, teamId);
      await oneRound();
    }
    server.answers.clear();
    await oneRound();
    expect(mailsTo(list)).toHaveLength(1);
    const log = await listTeamAttempts(db, owner, teamId);
    expect(log.filter(({ isFirst }) => !isFirst)).toMatchObject([
      { failure: "refused", nextAt: null },
      { failure: "refused", nextAt: null },
    ]);
  });

  it("is told once of what is shared with the team, beside its webhook and its members", async () => {
    const scene = await aScene();
    const { owner, member, teamId } = scene;
    await addWebhook(db, owner, { address: "https://hooks.invalid/team", teamId });
    await refuse(scene);
    await refuse(scene);
    const due = await sendMessages.findDue(db);
    await Promise.all(processes.flatMap((one) => due.map((id) => sendMessages.doOne(one, id))));
    await oneRound();
    const [, told, ...more] = mailsTo(list).map(plain);
    expect(more).toEqual([]);
    expect(told).toContain("refused the secret of the credential");
    expect(told).toContain("to the team");
    const log = await listTeamAttempts(db, owner, teamId);
    expect(log.filter(({ kind }) => kind).map(({ channel }) => channel)).toContain("webhook");
    expect(await listAttempts(db, member)).toEqual([]);
    expect(await kindsOf(db, member)).toEqual([]);
    expect(mailsTo(member.email)).toEqual([]);
  });

  it("is told nothing any more once the access has ended, nor while no owner can act", async () => {
    const ended = await aScene();
    await refuse(ended);
    await endGrantOn(ended.credentialId);
    const ownerless = await aScene();
    await refuse(ownerless);
    await requestMailTest(db, ownerless.owner, ownerless.teamId);
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, ownerless.owner.userId));
    const before = mailsTo(list).length;
    await oneRound();
    expect(mailsTo(list)).toHaveLength(before);
  });

  it("is not told what was muted, also while it was on its way; another address keeps the choices", async () => {
    const scene = await aScene();
    const { owner, teamId } = scene;
    await refuse(scene);
    expect(await chooseMailNews(db, owner, { teamId, muted: ["credential-rejected"] })).toBe(1);
    await oneRound();
    expect(mailsTo(list)).toHaveLength(1);
    await addTeamMail(db, owner, { teamId, email: "other@lists.example.com" });
    expect(await findTeamMail(db, owner, teamId)).toMatchObject({
      ...{ address: "other@lists.example.com", mutedKinds: ["credential-rejected"] },
      setBy: { name: owner.name, isOwner: true },
    });
    await removeTeamMail(db, owner, teamId);
    await oneRound();
    // Removed before its first e-mail went out.
    expect(mailsTo("other@lists.example.com")).toEqual([]);
    expect(await listTeamAttempts(db, owner, teamId)).toEqual([]);
  });

  it("that the mail server does not know is in the log, and is not tried again", async () => {
    const { owner, teamId } = await aScene();
    server.answers.set("RCPT", "550 No such user");
    await requestMailTest(db, owner, teamId);
    await oneRound();
    await oneRound();
    const failed = (await listTeamAttempts(db, owner, teamId)).filter(({ failure }) => failure);
    expect(failed).toMatchObject([{ failure: "unknown-recipient", status: 550, nextAt: null }]);
  });

  it("waits for nothing while the portal has no mail server, and is neither set nor tested", async () => {
    const scene = await aScene();
    const { owner, teamId } = scene;
    given.mail = null;
    await refuse(scene);
    const isRefused = { code: "UNAVAILABLE", message: noMailServer };
    const other = { teamId, email: "other@lists.example.com" };
    await expect(addTeamMail(db, owner, other)).rejects.toMatchObject(isRefused);
    await expect(requestMailTest(db, owner, teamId)).rejects.toMatchObject(isRefused);
    expect(await findTeamMail(db, owner, teamId)).toMatchObject({ address: list });
    const isMail = and(eq(messageSends.teamId, scene.teamId), eq(messageSends.state, "pending"));
    expect(await db.$count(messageSends, isMail)).toBe(0);
  });

  it("is its owners' alone: members and administrators see, set and test none", async () => {
    const { owner, member, teamId } = await aScene();
    for (const one of [member, await somebody(db, "administrator")]) {
      const isRefused = { code: "NOT_ALLOWED" };
      expect(await findTeamMail(db, one, teamId)).toBeNull();
      expect(await listTeamAttempts(db, one, teamId)).toEqual([]);
      await expect(addTeamMail(db, one, { teamId, email: list })).rejects.toMatchObject(isRefused);
      await expect(removeTeamMail(db, one, teamId)).rejects.toMatchObject(isRefused);
      await expect(requestMailTest(db, one, teamId)).rejects.toMatchObject(isRefused);
      await expect(chooseMailNews(db, one, { teamId, muted: [] })).rejects.toMatchObject(isRefused);
    }
    expect(await findTeamMail(db, owner, teamId)).not.toBeNull();
  });

  it("is named in the audit log by its domain alone, with the one in whose place it came", async () => {
    const { owner, teamId } = await aScene();
    await addTeamMail(db, owner, { teamId, email: "data-platform@other.example.com" });
    await chooseMailNews(db, owner, { teamId, muted: ["run-failed"] });
    await removeTeamMail(db, owner, teamId);
    const rows = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, teamId));
    const mailed = rows.filter(({ event }) => /^team\.(mail|notifications)-/.test(event));
    expect(mailed.map(({ details }) => details)).toEqual([
      { domain: "lists.example.com" },
      { domain: "other.example.com", replaced: "lists.example.com" },
      { changes: 1, channel: "email" },
      { domain: "other.example.com" },
    ]);
    expect(JSON.stringify(rows)).not.toContain("data-platform");
  });

  it("is nobody's any more for a former owner, and gone with the team", async () => {
    const { owner, member, teamId, credentialId } = await aScene();
    const isMember = sql`${teamMembers.teamId} = ${teamId} and ${teamMembers.userId} = ${member.userId}`;
    await db.update(teamMembers).set({ role: "owner" }).where(isMember);
    await removeMember(db, member, { teamId, userId: owner.userId });
    expect(await findTeamMail(db, owner, teamId)).toBeNull();
    const setBy = { name: owner.name, isOwner: false };
    expect(await findTeamMail(db, member, teamId)).toMatchObject({ setBy });
    await endGrantOn(credentialId);
    expect(await deleteTeam(db, member, teamId)).toBeNull();
    expect(await db.$count(teamMail, eq(teamMail.teamId, teamId))).toBe(0);
  });
});
