import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { auditEvents, credentialGrants, messageSends, teamMembers, users, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { sendMessages } from "@/lib/notifications/sending/send";
import { tellRefusedSecret } from "@/lib/notifications/telling/credential";
import { tellShared, tellUnshared } from "@/lib/notifications/telling/sharing";
import { deleteTeam, removeMember } from "@/lib/teams/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { kindsOf } from "@/lib/testing/messages";
import { grantCredential } from "@/lib/testing/sharing";
import { aTeamOf } from "@/lib/testing/teams";
import { isSignedWith, startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { addWebhook, chooseTeamNews, removeWebhook, requestTest } from "./mutations";
import { findTeamWebhook, findWebhook, listAttempts, listTeamAttempts } from "./queries";

const authorities = vi.hoisted((): string[] => []);
vi.mock("@/lib/portal/egress", () => ({
  egressLimits: () => ({}),
  egressPolicy: () => ({ mode: "open", allow: [], loopback: true, caCertificates: authorities }),
}));

let processes: [Db, Db];
let db: Db;
let receiver: WebhookReceiver;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  receiver = await startWebhookReceiver();
  authorities.push(receiver.authority);
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.posted.length = 0;
  receiver.status = 204;
});

type Scene = { owner: Actor; member: Actor; teamId: string; credentialId: string; secret: string };

/** A team with a webhook, and a credential of its owner that is shared with it. */
async function aScene(): Promise<Scene> {
  const [owner, member] = [await somebody(db), await somebody(db)];
  const teamId = await aTeamOf(db, owner, member);
  const credentialId = await addCredential(db, owner, aCredential());
  await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
  const secret = await addWebhook(db, owner, { address: receiver.address, teamId });
  return { owner, member, teamId, credentialId, secret: secret.use((text) => text) };
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

const typesPosted = () => receiver.posted.map(({ body }) => JSON.parse(body).type);

describe("a team's webhook", () => {
  it("is told once of what is shared with the team, signed with the team's secret", async () => {
    const scene = await aScene();
    await refuse(scene);
    await refuse(scene);
    const due = await sendMessages.findDue(db);
    await Promise.all(processes.flatMap((one) => due.map((id) => sendMessages.doOne(one, id))));
    await oneRound();
    expect(typesPosted()).toEqual(["credential-rejected"]);
    expect(receiver.posted.every((posted) => isSignedWith(scene.secret, posted))).toBe(true);
    expect(await listTeamAttempts(db, scene.owner, scene.teamId)).toMatchObject([
      { channel: "webhook", kind: "credential-rejected", status: 204 },
    ]);
    // Not in the log of the user for whom it was sent, nor in any inbox besides the hearer's own.
    expect(await listAttempts(db, scene.owner)).toEqual([]);
    expect(await kindsOf(db, scene.owner)).toEqual(["credential-rejected"]);
    expect(await kindsOf(db, scene.member)).toEqual([]);
  });

  it("is told what is shared with the team and taken back, and not what it does not want to hear", async () => {
    const scene = await aScene();
    const { owner, teamId, credentialId } = scene;
    const granted = {
      thing: { kind: "credential", id: credentialId },
      grantId: crypto.randomUUID(),
      grantee: { kind: "team", id: teamId, name: "Keepers" },
    } as const;
    await db.transaction((tx) => tellShared(tx, owner, { ...granted, role: "collaborator" }));
    expect(await chooseTeamNews(db, owner, { teamId, muted: ["credential-rejected"] })).toBe(1);
    await refuse(scene);
    await oneRound();
    expect(await findTeamWebhook(db, owner, teamId)).toMatchObject({
      setBy: { name: owner.name, isOwner: true },
    });
    await endGrantOn(credentialId);
    await db.transaction((tx) => tellUnshared(tx, owner, granted));
    await oneRound();
    expect(typesPosted()).toEqual(["shared", "unshared"]);
    // Another address keeps the choices.
    await addWebhook(db, owner, { address: receiver.address, teamId });
    expect(await findTeamWebhook(db, owner, teamId)).toMatchObject({ mutedKinds: ["credential-rejected"] });
  });

  it("is told nothing any more once the access has ended, nor while no owner can act", async () => {
    const ended = await aScene();
    await refuse(ended);
    await endGrantOn(ended.credentialId);
    const ownerless = await aScene();
    await refuse(ownerless);
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, ownerless.owner.userId));
    await oneRound();
    expect(receiver.posted).toEqual([]);
  });

  it("is not told what was muted while it was on its way", async () => {
    const scene = await aScene();
    await refuse(scene);
    const { owner, teamId } = scene;
    await chooseTeamNews(db, owner, { teamId, muted: ["credential-rejected"] });
    await oneRound();
    expect(receiver.posted).toEqual([]);
  });

  it("that is gone is stopped, and the team's owners are told", async () => {
    const scene = await aScene();
    receiver.status = 410;
    await refuse(scene);
    await oneRound();
    expect(await findTeamWebhook(db, scene.owner, scene.teamId)).toMatchObject({ stoppedFor: "gone" });
    expect(await kindsOf(db, scene.owner)).toEqual(["credential-rejected", "webhook-stopped"]);
    expect(await kindsOf(db, scene.member)).toEqual([]);
    expect(await db.$count(auditEvents, eq(auditEvents.event, "team.webhook-stopped"))).toBe(1);
  });

  it("is its owners' alone: members and administrators see, set and test none", async () => {
    const { owner, member, teamId } = await aScene();
    const administrator = await somebody(db, "administrator");
    const webhookId = (await findTeamWebhook(db, owner, teamId))?.id ?? "";
    for (const one of [member, administrator]) {
      expect(await findTeamWebhook(db, one, teamId)).toBeNull();
      expect(await listTeamAttempts(db, one, teamId)).toEqual([]);
      await expect(addWebhook(db, one, { address: receiver.address, teamId })).rejects.toMatchObject({
        code: "NOT_ALLOWED",
      });
      await expect(chooseTeamNews(db, one, { teamId, muted: [] })).rejects.toMatchObject({
        code: "NOT_ALLOWED",
      });
      await expect(removeWebhook(db, one, webhookId)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(requestTest(db, one, webhookId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await findWebhook(db, owner)).toBeNull();
    expect(await removeWebhook(db, owner, webhookId)).toEqual({ teamId });
  });

  it("is nobody's any more for a former owner, and gone with the team", async () => {
    const { owner, member, teamId, credentialId } = await aScene();
    const isMember = sql`${teamMembers.teamId} = ${teamId} and ${teamMembers.userId} = ${member.userId}`;
    await db.update(teamMembers).set({ role: "owner" }).where(isMember);
    await removeMember(db, member, { teamId, userId: owner.userId });
    expect(await findTeamWebhook(db, owner, teamId)).toBeNull();
    // The new owner is told whose receiver may still listen.
    const setBy = { name: owner.name, isOwner: false };
    expect(await findTeamWebhook(db, member, teamId)).toMatchObject({ setBy });
    await endGrantOn(credentialId);
    expect(await deleteTeam(db, member, teamId)).toBeNull();
    expect(await db.$count(webhooks, eq(webhooks.teamId, teamId))).toBe(0);
  });
});
