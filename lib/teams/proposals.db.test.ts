import { describe, expect, it } from "vitest";
import { teamProposals } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findCredentialTile, listCredentialTiles } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { listTeamHistory } from "@/lib/history/team-history";
import { acceptInvitation, inviteToPortal, inviteToTeam } from "@/lib/invitations/mutations";
import { listRequests } from "@/lib/overview/requests";
import { aVisitor } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { eventsOf, openIn, type Scene, scene, setDisabled } from "@/lib/testing/team-scene";
import { aTeamOf, rolesIn, teamUsers } from "@/lib/testing/teams";
import { signUp } from "@/lib/users/mutations";
import {
  acceptProposal,
  addMember,
  changeMemberRole,
  declineProposal,
  deleteTeam,
  leaveTeam,
  removeMember,
  withdrawProposal,
} from "./mutations";
import { findTeam, listMembers, listOwnProposals, listProposals } from "./queries";

/** Everything about a team and its items that an account could get at. */
async function expectNothingSeen({ db, second, teamId, credentialId }: Scene): Promise<void> {
  expect(await findTeam(db, second, teamId)).toBeNull();
  expect(await listMembers(db, second, teamId)).toEqual([]);
  await expect(listTeamHistory(db, second, teamId, null)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await findCredentialTile(db, second, credentialId)).toBeNull();
  expect((await listCredentialTiles(db, second, null)).items).toEqual([]);
}

/** Ways in which an administrator who is no owner of the team lets a second account near it. */
const paths: Record<string, (scene: Scene) => Promise<unknown>> = {
  "by its email": ({ db, administrator, second, teamId }) =>
    addMember(db, administrator, { teamId, email: second.email }),
  "by an invitation into the team": async ({ db, administrator, second, teamId }) =>
    acceptInvitation(db, second, await inviteToTeam(db, administrator, { teamId, days: 1 })),
  "by an invitation into portal and team": async ({ db, administrator, second, teamId }) =>
    acceptInvitation(db, second, await inviteToPortal(db, administrator, { teamId, days: 1 })),
  "by an invitation from when they were an owner": async ({ db, owner, administrator, second, teamId }) => {
    await addMember(db, owner, { teamId, email: administrator.email });
    await changeMemberRole(db, owner, { teamId, userId: administrator.userId, role: "owner" });
    const token = await inviteToTeam(db, administrator, { teamId, days: 1 });
    await removeMember(db, owner, { teamId, userId: administrator.userId });
    return acceptInvitation(db, second, token);
  },
  "as a mere member of it": async ({ db, owner, administrator, second, teamId }) => {
    await addMember(db, owner, { teamId, email: administrator.email });
    return addMember(db, administrator, { teamId, email: second.email });
  },
};

const proposalsFor = async (db: Db, actor: Actor) =>
  (await listRequests(db, actor, 10)).filter(({ kind }) => kind === "proposal");

describe("whom an administrator wants in a team", () => {
  it.each(Object.entries(paths))("gets nothing until an owner agrees: %s", (_, go) =>
    withRollback(async (db) => {
      const given = await scene(db);
      const { owner, second, teamId, credentialId } = given;
      await go(given);
      await expectNothingSeen(given);
      expect(await rolesIn(db, teamId)).not.toHaveProperty(second.userId);
      expect(await listOwnProposals(db, second)).toMatchObject([{ role: "member" }]);
      await acceptProposal(db, owner, await openIn(db, owner, teamId));
      expect(await rolesIn(db, teamId)).toMatchObject({ [second.userId]: "member" });
      expect(await findCredentialTile(db, second, credentialId)).not.toBeNull();
      expect(await eventsOf(db, teamId)).toEqual(
        expect.arrayContaining(["team.member-proposed", "team.proposal-accepted", "team.member-added"]),
      );
    }),
  );

  it("gets nothing either by a new account that an invitation made", () =>
    withRollback(async (db) => {
      const given = await scene(db);
      const { administrator, owner, teamId } = given;
      const invitation = await inviteToPortal(db, administrator, { teamId, days: 1 });
      const input = { name: "Second", email: "second@example.com", password: "a long enough password" };
      const signedUp = await signUp(db, aVisitor(), { ...input, invitation }, "invite");
      expect(signedUp).toMatchObject({ teamId: null, isProposed: true });
      expect(await listProposals(db, owner, teamId)).toMatchObject([{ email: input.email, role: "member" }]);
      expect(Object.keys(await rolesIn(db, teamId))).toHaveLength(2);
    }));

  it("is no owner until one agrees, and stays a member if none does", () =>
    withRollback(async (db) => {
      const { owner, member, administrator, teamId } = await scene(db);
      const raise = { teamId, userId: member.userId, role: "owner" } as const;
      for (const end of [declineProposal, null]) {
        expect(await changeMemberRole(db, administrator, raise)).toBe("proposed");
        expect(await rolesIn(db, teamId)).toMatchObject({ [member.userId]: "member" });
        const open = await openIn(db, owner, teamId);
        await expect(acceptProposal(db, member, open)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
        if (end) await end(db, owner, open);
      }
      await acceptProposal(db, owner, await openIn(db, owner, teamId));
      expect(await rolesIn(db, teamId)).toMatchObject({ [member.userId]: "owner" });
      expect(await eventsOf(db, teamId)).toEqual([
        "team.added",
        "team.member-added",
        "team.member-proposed",
        "team.proposal-declined",
        "team.member-proposed",
        "team.proposal-accepted",
        "team.role-changed",
      ]);
    }));

  it("is proposed once, and a second proposal is refused", () =>
    withRollback(async (db) => {
      const { administrator, second, member, teamId } = await scene(db);
      await addMember(db, administrator, { teamId, email: second.email });
      await expect(addMember(db, administrator, { teamId, email: second.email })).rejects.toMatchObject({
        fieldErrors: { email: expect.stringContaining("is proposed already") },
      });
      const token = await inviteToTeam(db, administrator, { teamId, days: 1 });
      await expect(acceptInvitation(db, second, token)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      const raise = { teamId, userId: member.userId, role: "owner" } as const;
      await changeMemberRole(db, administrator, raise);
      await expect(changeMemberRole(db, administrator, raise)).rejects.toMatchObject({ code: "CONFLICT" });
    }));

  it("is added at once by an owner, which answers the proposal", () =>
    withRollback(async (db) => {
      const { owner, administrator, second, teamId } = await scene(db);
      await addMember(db, administrator, { teamId, email: second.email });
      expect(await addMember(db, owner, { teamId, email: second.email })).toBe("done");
      expect(await listProposals(db, owner, teamId)).toEqual([]);
      expect(await rolesIn(db, teamId)).toMatchObject({ [second.userId]: "member" });
    }));
});

describe("a proposal", () => {
  it("is seen by owners and administrators, and neither by members nor by others", () =>
    withRollback(async (db) => {
      const { owner, member, administrator, second, teamId } = await scene(db);
      await addMember(db, administrator, { teamId, email: second.email });
      for (const reader of [owner, administrator]) {
        expect(await listProposals(db, reader, teamId)).toMatchObject([
          { name: second.name, role: "member", proposedByName: administrator.name },
        ]);
      }
      for (const reader of [member, second]) expect(await listProposals(db, reader, teamId)).toEqual([]);
      expect(await proposalsFor(db, owner)).toMatchObject([{ id: teamId, userName: second.name }]);
      for (const reader of [member, administrator, second]) {
        expect(await proposalsFor(db, reader)).toEqual([]);
      }
    }));

  it("is answered by owners alone and withdrawn by administrators alone", () =>
    withRollback(async (db) => {
      const { owner, member, administrator, second, teamId } = await scene(db);
      await addMember(db, administrator, { teamId, email: second.email });
      const open = await openIn(db, owner, teamId);
      const codes = async (actor: Actor) => {
        const found: string[] = [];
        for (const answer of [acceptProposal, declineProposal, withdrawProposal]) {
          found.push(
            await db.transaction(async (tx) => {
              try {
                // In a savepoint that is rolled back: only the right is tested.
                return await tx.transaction(async (inner) => {
                  await answer(inner as unknown as Db, actor, open);
                  return "ok";
                });
              } catch (error) {
                return (error as { code: string }).code;
              }
            }),
          );
        }
        return found;
      };
      expect(await codes(member)).toEqual(["NOT_ALLOWED", "NOT_ALLOWED", "NOT_ALLOWED"]);
      expect(await codes(second)).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
      expect((await codes(administrator)).slice(0, 2)).toEqual(["NOT_ALLOWED", "NOT_ALLOWED"]);
      expect(await listProposals(db, owner, teamId)).toEqual([]);
      expect((await db.select().from(teamProposals)).map(({ outcome }) => outcome)).toEqual(["withdrawn"]);
    }));

  it("that has ended, or is another team's, is answered no more", () =>
    withRollback(async (db) => {
      const { owner, administrator, second, teamId } = await scene(db);
      await addMember(db, administrator, { teamId, email: second.email });
      const open = await openIn(db, owner, teamId);
      const elsewhere = { ...open, teamId: await aTeamOf(db, owner) };
      for (const answer of [acceptProposal, declineProposal]) {
        await expect(answer(db, owner, elsewhere)).rejects.toMatchObject({ code: "NOT_FOUND" });
      }
      await withdrawProposal(db, administrator, open);
      for (const answer of [acceptProposal, declineProposal]) {
        await expect(answer(db, owner, open)).rejects.toMatchObject({ code: "CONFLICT" });
      }
      expect(await rolesIn(db, teamId)).not.toHaveProperty(second.userId);
    }));

  it("for a disabled account is not accepted, and ends when its user leaves", () =>
    withRollback(async (db) => {
      const { owner, member, administrator, second, teamId } = await scene(db);
      await addMember(db, administrator, { teamId, email: second.email });
      await setDisabled(db, second, true);
      const open = await openIn(db, owner, teamId);
      await expect(acceptProposal(db, owner, open)).rejects.toMatchObject({ code: "CONFLICT" });
      await declineProposal(db, owner, open);
      await changeMemberRole(db, administrator, { teamId, userId: member.userId, role: "owner" });
      await leaveTeam(db, member, teamId);
      expect(await listProposals(db, owner, teamId)).toEqual([]);
    }));

  it("ends with its team", () =>
    withRollback(async (db) => {
      const { owner, outsider, administrator } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner);
      await addMember(db, administrator, { teamId, email: outsider.email });
      await deleteTeam(db, owner, teamId);
      expect(await listOwnProposals(db, outsider)).toEqual([]);
      expect(await proposalsFor(db, owner)).toEqual([]);
    }));
});
