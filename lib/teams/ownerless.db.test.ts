import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { notices } from "@/drizzle/schema";
import { listTeamHistory } from "@/lib/history/team-history";
import { listNotices } from "@/lib/notices/queries";
import { somebody } from "@/lib/testing/actors";
import { ownDatabaseOfTwo, withRollback } from "@/lib/testing/database";
import { eventsOf, openIn, scene, setDisabled } from "@/lib/testing/team-scene";
import { aTeamOf, rolesIn, teamUsers } from "@/lib/testing/teams";
import { disableUser, enableUser } from "@/lib/users/mutations";
import { acceptProposal, addMember, changeMemberRole, withdrawProposal } from "./mutations";

describe("a team in which no owner can act", () => {
  it("is changed by an administrator at once, and its members are notified", () =>
    withRollback(async (db) => {
      const { owner, member, administrator, second, teamId } = await scene(db);
      await setDisabled(db, owner, true);
      expect(await addMember(db, administrator, { teamId, email: second.email })).toBe("done");
      const raise = { teamId, userId: member.userId, role: "owner" } as const;
      expect(await changeMemberRole(db, administrator, raise)).toBe("done");
      expect(await rolesIn(db, teamId)).toMatchObject({
        [second.userId]: "member",
        [member.userId]: "owner",
      });
      expect(await listNotices(db, member)).toMatchObject([
        {
          kind: "team-member-added",
          byName: administrator.name,
          aboutName: second.name,
          team: { id: teamId },
        },
      ]);
      // The owner as well, for the day on which they are back.
      expect((await listNotices(db, owner)).map(({ kind }) => kind).sort()).toEqual([
        "team-member-added",
        "team-owner-made",
      ]);
      expect(await eventsOf(db, teamId)).toEqual(
        expect.arrayContaining(["team.changed-without-owner", "team.member-added", "team.role-changed"]),
      );
    }));

  it("has one again after that, who has to agree from then on", () =>
    withRollback(async (db) => {
      const { owner, member, administrator, second, teamId } = await scene(db);
      await setDisabled(db, owner, true);
      await changeMemberRole(db, administrator, { teamId, userId: member.userId, role: "owner" });
      expect(await addMember(db, administrator, { teamId, email: second.email })).toBe("proposed");
    }));

  it("never lets portal administrators add themselves: only an owner can", () =>
    withRollback(async (db) => {
      const { owner, administrator, teamId } = await scene(db);
      await setDisabled(db, owner, true);
      const self = addMember(db, administrator, { teamId, email: administrator.email });
      await expect(self).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }));
});

describe("an account that an administrator enables again", () => {
  it("is reported to the owners of its teams, and in their histories", () =>
    withRollback(async (db) => {
      const { owner, member, administrator, teamId } = await scene(db);
      await disableUser(db, administrator, member.userId);
      await enableUser(db, administrator, member.userId);
      expect(await listNotices(db, owner)).toMatchObject([
        { kind: "team-member-enabled", byName: administrator.name, aboutName: member.name },
      ]);
      expect(await db.$count(notices, eq(notices.userId, member.userId))).toBe(0);
      const { items } = await listTeamHistory(db, owner, teamId, null);
      expect(items[0]).toMatchObject({ event: "team.member-enabled", address: null, sessionId: null });
    }));

  it("is reported to all members of a team whose only owner it is", () =>
    withRollback(async (db) => {
      const { owner, member, administrator, teamId } = await scene(db);
      await disableUser(db, administrator, owner.userId);
      await enableUser(db, administrator, owner.userId);
      expect(await listNotices(db, member)).toMatchObject([
        { kind: "team-member-enabled", aboutName: owner.name, team: { id: teamId } },
      ]);
    }));
});

it("of an administrator's adding and an owner's being disabled at the same moment, either order is a right one", async () => {
  const [db, other] = await ownDatabaseOfTwo();
  const administrator = await somebody(db, "administrator");
  for (let round = 0; round < 4; round += 1) {
    const { owner, outsider } = await teamUsers(db);
    const teamId = await aTeamOf(db, owner);
    const [added] = await Promise.all([
      addMember(db, administrator, { teamId, email: outsider.email }),
      disableUser(other, administrator, owner.userId),
    ]);
    const isIn = outsider.userId in (await rolesIn(db, teamId));
    expect(isIn).toBe(added === "done");
    const told = await db.$count(
      notices,
      and(eq(notices.userId, owner.userId), eq(notices.kind, "team-member-added")),
    );
    expect(told).toBe(isIn ? 1 : 0);
  }
});

it("of an accepting and a withdrawing at the same moment one alone happens", async () => {
  const [db, other] = await ownDatabaseOfTwo();
  const administrator = await somebody(db, "administrator");
  for (let round = 0; round < 4; round += 1) {
    const { owner, outsider } = await teamUsers(db);
    const teamId = await aTeamOf(db, owner);
    await addMember(db, administrator, { teamId, email: outsider.email });
    const open = await openIn(db, owner, teamId);
    const [accepted, withdrawn] = await Promise.allSettled([
      acceptProposal(db, owner, open),
      withdrawProposal(other, administrator, open),
    ]);
    expect([accepted.status, withdrawn.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(outsider.userId in (await rolesIn(db, teamId))).toBe(accepted.status === "fulfilled");
  }
});
