import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, invitations, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { addMember, addTeam, changeMemberRole, deleteTeam, leaveTeam } from "@/lib/teams/mutations";
import { findTeam, listMembers, listOwnProposals } from "@/lib/teams/queries";
import { actorOf, aVisitor, somebody } from "@/lib/testing/actors";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { changeRole, disableUser, signUp } from "@/lib/users/mutations";
import {
  acceptInvitation,
  declineInvitation,
  inviteToPortal,
  inviteToTeam,
  revokeInvitation,
} from "./mutations";
import { findOffer, listPortalInvitations, listTeamInvitations } from "./queries";

const days = 7;
const account = () => ({
  name: "Kim",
  email: `${randomUUID()}@example.com`,
  password: "a long enough password",
});

/** A team, its owner, an open invitation into it, and another user. */
async function invited(db: Db) {
  const [owner, other] = [await somebody(db), await somebody(db)];
  const teamId = await addTeam(db, owner, { name: `Team ${randomUUID()}`, description: "" });
  return { owner, other, teamId, token: await inviteToTeam(db, owner, { teamId, days }) };
}

async function idOf(db: Db, actor: Actor, teamId: string): Promise<string> {
  const [open] = await listTeamInvitations(db, actor, teamId);
  if (!open) throw new Error("no invitation is open");
  return open.id;
}

async function isOpen(db: Db, token: string): Promise<boolean> {
  return (await findOffer(db, aVisitor(), token)) !== null;
}

describe("an invitation into a team", () => {
  it("offers the team to the holder of the link, and the token reveals nothing else", () =>
    withRollback(async (db) => {
      const { owner, teamId, token } = await invited(db);
      const offer = await findOffer(db, aVisitor(), token);
      expect(offer).toMatchObject({ team: { id: teamId }, invitedByName: owner.name, opensSignUp: false });
      const dump = JSON.stringify([
        await db.execute(sql`select t::text as line from invitations t`),
        await db.execute(sql`select t::text as line from audit_events t`),
        await listTeamInvitations(db, owner, teamId),
      ]);
      expect(dump).not.toContain(token);
      expect(dump).not.toContain(Buffer.from(token, "base64url").toString("hex"));
    }));

  it("lets in once, as a member, with an event", () =>
    withRollback(async (db) => {
      const { owner, other, teamId, token } = await invited(db);
      const third = await somebody(db);
      expect(await acceptInvitation(db, other, token)).toBe(teamId);
      expect(await findTeam(db, other, teamId)).toMatchObject({ role: "member" });
      await expect(acceptInvitation(db, third, token)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await findTeam(db, third, teamId)).toBeNull();
      expect(await listTeamInvitations(db, owner, teamId)).toEqual([]);
      const [event] = await db.select().from(auditEvents).where(eq(auditEvents.requestId, other.requestId));
      expect(event).toMatchObject({
        event: "team.member-added",
        subjectId: teamId,
        details: { userId: other.userId, role: "member", invitationId: expect.any(String) },
      });
    }));

  it("that was used, revoked, declined, is too old, made up or malformed looks the same and does nothing", () =>
    withRollback(async (db) => {
      const { owner, other, teamId, token: used } = await invited(db);
      await acceptInvitation(db, other, used);
      const revoked = await inviteToTeam(db, owner, { teamId, days });
      await revokeInvitation(db, owner, await idOf(db, owner, teamId));
      const declined = await inviteToTeam(db, owner, { teamId, days });
      await declineInvitation(db, await somebody(db), declined);
      const old = await inviteToTeam(db, owner, { teamId, days });
      // Before this test began: the database's clock stands still in a transaction.
      await db.update(invitations).set({ expiresAt: new Date(Date.now() - 60 * 60_000) });
      const reader = await somebody(db);
      for (const token of [used, revoked, declined, old, "x".repeat(43), "", "x", "ä".repeat(43)]) {
        expect(await isOpen(db, token), token).toBe(false);
        await expect(acceptInvitation(db, reader, token)).rejects.toMatchObject({
          code: "NOT_ALLOWED",
          message: "This invitation does not work any more. Ask the sender for a new one.",
        });
        await expect(declineInvitation(db, reader, token)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      }
      expect(await findTeam(db, reader, teamId)).toBeNull();
    }));

  it.each<[string, (db: Db, owner: Actor, other: Actor, teamId: string) => Promise<unknown>]>([
    [
      "left the team",
      async (db, owner, other, teamId) => {
        await addMember(db, owner, { teamId, email: other.email });
        await changeMemberRole(db, owner, { teamId, userId: other.userId, role: "owner" });
        await leaveTeam(db, owner, teamId);
      },
    ],
    [
      "is no owner any more",
      async (db, owner, other, teamId) => {
        await addMember(db, owner, { teamId, email: other.email });
        await changeMemberRole(db, owner, { teamId, userId: other.userId, role: "owner" });
        await changeMemberRole(db, owner, { teamId, userId: owner.userId, role: "member" });
      },
    ],
    ["was disabled", async (db, owner) => disableUser(db, await somebody(db, "administrator"), owner.userId)],
    ["has deleted the team", (db, owner, _other, teamId) => deleteTeam(db, owner, teamId)],
  ])("ends with the rights of whoever made it: who %s", (_what, change) =>
    withRollback(async (db) => {
      const { owner, other, teamId, token } = await invited(db);
      await change(db, owner, other, teamId);
      expect(await isOpen(db, token)).toBe(false);
      await expect(acceptInvitation(db, await somebody(db), token)).rejects.toMatchObject({
        code: "NOT_ALLOWED",
      });
    }),
  );

  it("does not add the portal administrator who made it", () =>
    withRollback(async (db) => {
      const { teamId } = await invited(db);
      const administrator = await somebody(db, "administrator");
      const token = await inviteToTeam(db, administrator, { teamId, days });
      await expect(acceptInvitation(db, administrator, token)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect((await listMembers(db, administrator, teamId)).map(({ isReader }) => isReader)).toEqual([false]);
    }));

  it("stays open when somebody accepts it who is in the team already", () =>
    withRollback(async (db) => {
      const { owner, other, teamId, token } = await invited(db);
      await addMember(db, owner, { teamId, email: other.email });
      await expect(acceptInvitation(db, other, token)).rejects.toMatchObject({
        message: "You are in this team already.",
      });
      expect(await isOpen(db, token)).toBe(true);
    }));

  it("is made, listed and revoked by those who manage the team only", () =>
    withRollback(async (db) => {
      const { owner, other: member, teamId } = await invited(db);
      await addMember(db, owner, { teamId, email: member.email });
      const outsider = await somebody(db);
      const id = await idOf(db, owner, teamId);
      for (const [actor, code] of [
        [member, "NOT_ALLOWED"],
        [outsider, "NOT_FOUND"],
      ] as const) {
        await expect(inviteToTeam(db, actor, { teamId, days })).rejects.toMatchObject({ code });
        await expect(revokeInvitation(db, actor, id)).rejects.toMatchObject({ code });
        expect(await listTeamInvitations(db, actor, teamId)).toEqual([]);
      }
      await expect(revokeInvitation(db, outsider, randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
      await revokeInvitation(db, await somebody(db, "administrator"), id);
      await expect(revokeInvitation(db, owner, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }));

  it("accepted by four at the same moment lets in one", async () => {
    const db = await ownDatabase();
    for (let round = 0; round < 3; round += 1) {
      const { owner, teamId, token } = await invited(db);
      const four = [await somebody(db), await somebody(db), await somebody(db), await somebody(db)];
      const outcomes = await Promise.allSettled(four.map((actor) => acceptInvitation(db, actor, token)));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await listMembers(db, owner, teamId)).toHaveLength(2);
    }
  });
});

describe("an invitation that is accepted and revoked at the same moment", () => {
  it("is one of the two, and who comes second is told", async () => {
    const db = await ownDatabase();
    for (let round = 0; round < 8; round += 1) {
      const { owner, other, teamId, token } = await invited(db);
      const id = await idOf(db, owner, teamId);
      const outcomes = await Promise.allSettled([
        acceptInvitation(db, other, token),
        revokeInvitation(db, owner, id),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const second = outcomes.find((outcome) => outcome.status === "rejected");
      expect(second?.reason).toMatchObject({ code: expect.stringMatching(/^(NOT_ALLOWED|NOT_FOUND)$/) });
      const isIn = (await findTeam(db, other, teamId)) !== null;
      expect(isIn).toBe(outcomes[0]?.status === "fulfilled");
    }
  });
});

describe("an invitation into the portal", () => {
  it("makes one account where SIGN_UP asks for one, and asks an owner of its team", () =>
    withRollback(async (db) => {
      const { teamId } = await invited(db);
      const administrator = await somebody(db, "administrator");
      const invitation = await inviteToPortal(db, administrator, { teamId, days });
      const without = signUp(db, aVisitor(), account(), "invite");
      await expect(without).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      const made = await signUp(db, aVisitor(), { ...account(), invitation }, "invite");
      expect(made).toMatchObject({ teamId: null, isProposed: true });
      const actor = await actorOf(db, made.token);
      expect(await findTeam(db, actor, teamId)).toBeNull();
      expect(await listOwnProposals(db, actor)).toMatchObject([{ role: "member" }]);
      expect(actor.isAdministrator).toBe(false);
      const again = signUp(db, aVisitor(), { ...account(), invitation }, "invite");
      await expect(again).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }));

  it("opens nothing where SIGN_UP is closed, nor once its maker is no administrator any more", () =>
    withRollback(async (db) => {
      const [one, two] = [await somebody(db, "administrator"), await somebody(db, "administrator")];
      const invitation = await inviteToPortal(db, one, { days });
      const closed = signUp(db, aVisitor(), { ...account(), invitation }, "closed");
      await expect(closed).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      await changeRole(db, two, { userId: one.userId, role: "member" });
      const late = signUp(db, aVisitor(), { ...account(), invitation }, "invite");
      await expect(late).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }));

  it("of a team's owner makes no account where SIGN_UP asks for an administrator's, and does where it is open", () =>
    withRollback(async (db) => {
      const { teamId, token: invitation } = await invited(db);
      const refused = signUp(db, aVisitor(), { ...account(), invitation }, "invite");
      await expect(refused).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await signUp(db, aVisitor(), { ...account(), invitation }, "open")).toMatchObject({ teamId });
      expect(await isOpen(db, invitation)).toBe(false);
    }));

  it("is spent by nobody whose sign-up is refused", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      const invitation = await inviteToPortal(db, administrator, { days });
      const taken = { ...account(), email: administrator.email, invitation };
      await db.transaction(async (nested) => {
        await expect(signUp(nested, aVisitor(), taken, "invite")).rejects.toMatchObject({ code: "CONFLICT" });
      });
      expect(await isOpen(db, invitation)).toBe(true);
    }));

  it("is nothing for somebody who has an account", () =>
    withRollback(async (db) => {
      const token = await inviteToPortal(db, await somebody(db, "administrator"), { days });
      const accepting = acceptInvitation(db, await somebody(db), token);
      await expect(accepting).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await isOpen(db, token)).toBe(true);
    }));

  it("is made, listed and revoked by portal administrators only", () =>
    withRollback(async (db) => {
      const [administrator, member] = [await somebody(db, "administrator"), await somebody(db)];
      await inviteToPortal(db, administrator, { days, invitedEmail: "kim@example.com" });
      const [open] = await listPortalInvitations(db, administrator);
      expect(open).toMatchObject({ email: "kim@example.com", teamName: null });
      const id = open?.id ?? "";
      await expect(inviteToPortal(db, member, { days })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(listPortalInvitations(db, member)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(revokeInvitation(db, member, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await revokeInvitation(db, administrator, id);
      expect(await listPortalInvitations(db, administrator)).toEqual([]);
    }));

  it("used by three at the same moment makes one account", async () => {
    const db = await ownDatabase();
    const invitation = await inviteToPortal(db, await somebody(db, "administrator"), { days });
    const before = await db.$count(users);
    const outcomes = await Promise.allSettled(
      [account(), account(), account()].map((who) =>
        signUp(db, aVisitor(), { ...who, invitation }, "invite"),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.$count(users)).toBe(before + 1);
  });
});
