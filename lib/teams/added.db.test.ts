import { randomUUID } from "node:crypto";
import { and, eq, like } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { messages } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { acceptInvitation, inviteToTeam } from "@/lib/invitations/mutations";
import { listMessages } from "@/lib/notifications/queries";
import { isStillTold } from "@/lib/notifications/sending/still-told";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { newsOf } from "@/lib/testing/messages";
import { aSharedThing, grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { openIn } from "@/lib/testing/team-scene";
import { undoRemoveMember } from "./leaving/mutations";
import { acceptProposal, addMember, addTeam, changeMemberRole, removeMember } from "./mutations";

/** A team with access to a credential and a source, and no member besides its owner. */
async function aPortal(db: Db) {
  const [owner, user] = [await somebody(db), await somebody(db)];
  const name = `Team ${randomUUID()}`;
  const teamId = await addTeam(db, owner, { name, description: "" });
  const [one, other] = [
    await aSharedThing(db, "credential", "One"),
    await aSharedThing(db, "endpoint", "Other"),
  ];
  await grantCredential(db, one.owner, one.thing.id, { teamId }, "collaborator");
  await grantEndpoint(db, other.owner, other.thing.id, { teamId }, "collaborator");
  const added = { kind: "shared", item: "team", teamId, name, by: owner.name, team: null, role: "member" };
  return { owner, user, teamId, added };
}

const shares = { credentials: 1, sources: 1, destinations: 0 };

async function linksOf(db: Db, user: Actor): Promise<(string | undefined)[]> {
  return (await listMessages(db, user, null)).items.map(({ link }) => link?.href);
}

describe("a user who is added to a team", () => {
  it("is told once by whom, in which role, and what is shared with it; the link is there while they are in it", () =>
    withRollback(async (db) => {
      const { owner, user, teamId, added } = await aPortal(db);
      await addMember(db, owner, { teamId, email: user.email });
      await changeMemberRole(db, owner, { teamId, userId: user.userId, role: "owner" });
      expect(await newsOf(db, user)).toEqual([{ ...added, shares }]);
      expect(await newsOf(db, owner)).toEqual([]);
      expect(await linksOf(db, user)).toEqual([`/teams/${teamId}`]);
      await removeMember(db, owner, { teamId, userId: user.userId });
      expect(await linksOf(db, user)).toEqual([undefined, undefined]);
    }));

  it("by a proposal is told once an owner has agreed, and not before", () =>
    withRollback(async (db) => {
      const { owner, user, teamId, added } = await aPortal(db);
      const administrator = await somebody(db, "administrator");
      await addMember(db, administrator, { teamId, email: user.email });
      expect(await newsOf(db, user)).toEqual([]);
      await acceptProposal(db, owner, await openIn(db, owner, teamId));
      expect(await newsOf(db, user)).toEqual([{ ...added, shares }]);
      // A proposed role of a member is no new membership.
      await changeMemberRole(db, administrator, { teamId, userId: user.userId, role: "owner" });
      await acceptProposal(db, owner, await openIn(db, owner, teamId));
      expect(await newsOf(db, user)).toHaveLength(1);
    }));

  it("by an invitation that they accepted is told nothing: they did it themselves", () =>
    withRollback(async (db) => {
      const { owner, user, teamId } = await aPortal(db);
      await acceptInvitation(db, user, await inviteToTeam(db, owner, { teamId, days: 1 }));
      expect(await newsOf(db, user)).toEqual([]);
    }));

  it("is not told again that they were added by the undo of their removal, and a past one is not mailed", () =>
    withRollback(async (db) => {
      const { owner, user, teamId, added } = await aPortal(db);
      await addMember(db, owner, { teamId, email: user.email });
      const [message] = await db
        .select()
        .from(messages)
        .where(and(eq(messages.userId, user.userId), like(messages.eventKey, "team:began:%")));
      if (!message) throw new Error("not told");
      const isTold = () => db.transaction((tx) => isStillTold(tx, user, message));
      await removeMember(db, owner, { teamId, userId: user.userId });
      expect(await isTold()).toBe(false);
      await undoRemoveMember(db, owner, { teamId, userId: user.userId });
      expect(await isTold()).toBe(true);
      const { role: _, kind: __, ...of } = added;
      // Without `shares`, it says that they were taken back.
      expect(await newsOf(db, user)).toEqual([{ ...added, shares }, { ...of, kind: "unshared" }, added]);
    }));
});
