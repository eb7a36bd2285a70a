import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentialGrants, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { findCredentialTile } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";
import { aTeamOf, rolesIn, teamUsers } from "@/lib/testing/teams";
import { addMember, changeMemberRole, deleteTeam, editTeam, leaveTeam, removeMember } from "./mutations";
import { findTeam } from "./queries";

const description = "";

describe("a user who does not manage a team", () => {
  const changes = (db: Db, actor: Actor, teamId: string, userId: string, email: string) => ({
    edit: () => editTeam(db, actor, { teamId, name: "Taken over", description, version: 1 }),
    addMember: () => addMember(db, actor, { teamId, email }),
    removeMember: () => removeMember(db, actor, { teamId, userId }),
    changeRole: () => changeMemberRole(db, actor, { teamId, userId, role: "member" }),
    delete: () => deleteTeam(db, actor, teamId),
  });

  it("changes nothing: a member is refused, and to others it is not there", () =>
    withRollback(async (db) => {
      const { owner, member, outsider } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner, member);
      const before = await rolesIn(db, teamId);
      for (const [actor, code] of [
        [member, "NOT_ALLOWED"],
        [outsider, "NOT_FOUND"],
      ] as const) {
        for (const [name, change] of Object.entries(
          changes(db, actor, teamId, owner.userId, outsider.email),
        )) {
          await expect(change(), name).rejects.toMatchObject({ code });
        }
      }
      for (const change of Object.values(changes(db, owner, randomUUID(), owner.userId, outsider.email))) {
        await expect(change()).rejects.toMatchObject({ code: "NOT_FOUND" });
      }
      expect(await rolesIn(db, teamId)).toEqual(before);
      expect(await findTeam(db, owner, teamId)).toMatchObject({ version: 1 });
    }));

  it("as a portal administrator repairs it, without gaining access", () =>
    withRollback(async (db) => {
      const { member, outsider, administrator } = await teamUsers(db);
      const owner = await ownerOfCredentials(db);
      const teamId = await aTeamOf(db, owner, member);
      const credentialId = await addCredential(db, owner, aCredential());
      await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
      await editTeam(db, administrator, { teamId, name: "Normalized", description, version: 1 });
      const proposed = await addMember(db, administrator, { teamId, email: outsider.email });
      expect(proposed).toBe("proposed");
      const raised = { teamId, userId: member.userId, role: "owner" } as const;
      expect(await changeMemberRole(db, administrator, raised)).toBe("proposed");
      const last = removeMember(db, administrator, { teamId, userId: owner.userId });
      await expect(last).rejects.toMatchObject({ code: "CONFLICT" });
      await removeMember(db, administrator, { teamId, userId: member.userId });
      const self = addMember(db, administrator, { teamId, email: administrator.email });
      await expect(self).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await findCredentialTile(db, administrator, credentialId)).toBeNull();
      expect(await findCredentialTile(db, outsider, credentialId)).toBeNull();
      expect(await rolesIn(db, teamId)).toEqual({ [owner.userId]: "owner" });
    }));

  it("as a portal administrator who is a mere member does not make themself owner, and may leave", () =>
    withRollback(async (db) => {
      const { owner, administrator } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner, administrator);
      const { userId } = administrator;
      const self = changeMemberRole(db, administrator, { teamId, userId, role: "owner" });
      await expect(self).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      await leaveTeam(db, administrator, teamId);
      await expect(leaveTeam(db, administrator, teamId)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await rolesIn(db, teamId)).toEqual({ [owner.userId]: "owner" });
    }));
});

describe("deleting a team", () => {
  it("that holds something is refused, and lists what one may see of it and counts the rest", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const { administrator } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner);
      const id = await addCredential(db, owner, aCredential({ name: "Ledger key" }));
      await grantCredential(db, owner, id, { teamId }, "collaborator");
      expect(await deleteTeam(db, owner, teamId)).toEqual({
        credentials: [{ id, name: "Ledger key" }],
        endpoints: [],
        more: 0,
      });
      expect(await deleteTeam(db, administrator, teamId)).toEqual({
        credentials: [],
        endpoints: [],
        more: 1,
      });
      expect(await findTeam(db, owner, teamId)).not.toBeNull();
      await db.update(credentialGrants).set({ endedAt: new Date() });
      expect(await deleteTeam(db, owner, teamId)).toBeNull();
      expect(await findTeam(db, owner, teamId)).toBeNull();
      expect(await rolesIn(db, teamId)).toEqual({});
    }));

  it("changes nothing when the event cannot be written", () =>
    withRollback(async (db) => {
      const { owner } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner);
      await db.execute("alter table audit_events add constraint broken check (event <> 'team.deleted')");
      await expect(deleteTeam(db, owner, teamId)).rejects.toThrow();
    }));

  it("while it is being given something either sees that or happens first", async () => {
    const db = await ownDatabase();
    const owner = await ownerOfCredentials(db);
    const id = await addCredential(db, owner, aCredential());
    for (let round = 0; round < 5; round += 1) {
      const teamId = await aTeamOf(db, owner);
      const give = db.transaction(async (tx) => {
        const living = and(eq(teams.id, teamId), isNull(teams.deletedAt));
        const [team] = await tx.select({ id: teams.id }).from(teams).where(living).for("share");
        if (team) await grantCredential(tx, owner, id, { teamId }, "collaborator");
        return team !== undefined;
      });
      const [given, holdings] = await Promise.all([give, deleteTeam(db, owner, teamId)]);
      expect(holdings !== null).toBe(given);
    }
  });
});
