import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentialGrants, endpointGrants, teams, users } from "@/drizzle/schema";
import { findCredentialTile } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { findEndpoint } from "@/lib/endpoints/queries";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { aSharedThing, aTeam, grantOn, type TestThing, things } from "@/lib/testing/sharing";
import { changeRole, leave, revoke, share } from "./mutations";
import { findAccess } from "./queries";
import { recordedKinds } from "./types";

/** Every grant ever given on the item, oldest first. */
async function history(db: Db, { kind, id }: TestThing) {
  return kind === "credential"
    ? db
        .select()
        .from(credentialGrants)
        .where(eq(credentialGrants.credentialId, id))
        .orderBy(asc(credentialGrants.grantedAt), credentialGrants.endedAt)
    : db
        .select()
        .from(endpointGrants)
        .where(eq(endpointGrants.endpointId, id))
        .orderBy(asc(endpointGrants.grantedAt), endpointGrants.endedAt);
}

async function lastEvent(db: Db) {
  const events = await db.select().from(auditEvents).orderBy(asc(auditEvents.id));
  return events.at(-1);
}

describe.each(things)("sharing a %s", (kind) => {
  const sees = (db: Db, actor: Parameters<typeof findEndpoint>[1], id: string) =>
    kind === "credential" ? findCredentialTile(db, actor, id) : findEndpoint(db, actor, "source", id);

  it("leads the person to it, keeps who gave it when, and is in the audit log", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const other = await somebody(db);
      expect(await sees(db, other, thing.id)).toBeNull();
      await share(db, owner, {
        ...thing,
        grantee: { kind: "person", id: other.userId },
        role: "collaborator",
      });
      expect(await sees(db, other, thing.id)).not.toBeNull();
      const [grant, ...more] = await history(db, thing);
      expect(more).toEqual([]);
      expect(grant).toMatchObject({ userId: other.userId, grantedBy: owner.userId, endedAt: null });
      expect(await lastEvent(db)).toMatchObject({
        event: `${recordedKinds[kind]}.shared`,
        subjectId: thing.id,
        actorId: owner.userId,
        details: { grantId: grant?.id, holder: "person", holderId: other.userId, role: "collaborator" },
      });
    }));

  it("with a team leads each of its members to it", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const [member, outsider] = [await somebody(db), await somebody(db)];
      const team = await aTeam(db, member);
      await share(db, owner, { ...thing, grantee: { kind: "team", id: team }, role: "administrator" });
      expect(await sees(db, member, thing.id)).not.toBeNull();
      expect(await sees(db, outsider, thing.id)).toBeNull();
      // An administrator may share, this role included.
      const grantee = { kind: "person", id: outsider.userId } as const;
      await share(db, member, { ...thing, grantee, role: "administrator" });
      expect(await sees(db, outsider, thing.id)).not.toBeNull();
    }));

  it("is refused to a collaborator, and looks absent to others", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const [collaborator, outsider] = [await somebody(db), await somebody(db, "administrator")];
      await grantOn(db, owner, thing, { userId: collaborator.userId }, "collaborator");
      const input = {
        ...thing,
        grantee: { kind: "person", id: outsider.userId },
        role: "collaborator",
      } as const;
      await expect(share(db, collaborator, input)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      await expect(share(db, outsider, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(share(db, outsider, { ...input, id: randomUUID() })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      expect(await history(db, thing)).toHaveLength(1);
    }));

  it("is refused at the field for the owner, oneself, a disabled account, a deleted team and nobody", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const [administrator, disabled] = [await somebody(db), await somebody(db)];
      await grantOn(db, owner, thing, { teamId: await aTeam(db, administrator) }, "administrator");
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.userId));
      const deleted = await aTeam(db);
      await db.update(teams).set({ deletedAt: new Date() }).where(eq(teams.id, deleted));
      const refused = [
        [{ kind: "person", id: owner.userId }, /is the owner/],
        [{ kind: "person", id: administrator.userId }, /You have access already/],
        [{ kind: "person", id: disabled.userId }, /is disabled/],
        [{ kind: "team", id: deleted }, /does not exist any more/],
        [{ kind: "person", id: randomUUID() }, /no such person/],
      ] as const;
      for (const [grantee, message] of refused) {
        await expect(
          share(db, administrator, { ...thing, grantee, role: "collaborator" }),
        ).rejects.toMatchObject({
          code: "INVALID_INPUT",
          fieldErrors: { grantee: expect.stringMatching(message) },
        });
      }
      expect(await history(db, thing)).toHaveLength(1);
    }));

  it("twice with one person tells the second, at the field", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const grantee = { kind: "person", id: (await somebody(db)).userId } as const;
      await share(db, owner, { ...thing, grantee, role: "collaborator" });
      await expect(share(db, owner, { ...thing, grantee, role: "administrator" })).rejects.toMatchObject({
        code: "CONFLICT",
        fieldErrors: { grantee: expect.stringContaining("already has access as collaborator") },
      });
    }));

  it("changes a role by ending one grant and beginning another, with both in the audit log", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const other = await somebody(db);
      const grantId = await grantOn(db, owner, thing, { userId: other.userId }, "collaborator");
      await changeRole(db, owner, { ...thing, grantId, role: "administrator" });
      const rows = await history(db, thing);
      expect(rows).toHaveLength(2);
      expect(rows.find(({ id }) => id === grantId)).toMatchObject({
        role: "collaborator",
        endedBy: owner.userId,
        endedAt: expect.any(Date),
      });
      expect(rows.find(({ endedAt }) => endedAt === null)).toMatchObject({
        role: "administrator",
        userId: other.userId,
      });
      expect(await lastEvent(db)).toMatchObject({
        event: `${recordedKinds[kind]}.role-changed`,
        details: { endedGrantId: grantId, roleBefore: "collaborator", role: "administrator" },
      });
    }));

  it("to the role that is there already changes and records nothing", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const grantId = await grantOn(
        db,
        owner,
        thing,
        { userId: (await somebody(db)).userId },
        "collaborator",
      );
      const before = await lastEvent(db);
      await changeRole(db, owner, { ...thing, grantId, role: "collaborator" });
      expect(await history(db, thing)).toHaveLength(1);
      expect(await lastEvent(db)).toEqual(before);
    }));

  it("tells whoever changes or removes a grant that somebody else has changed meanwhile, and changes nothing", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const grantId = await grantOn(
        db,
        owner,
        thing,
        { userId: (await somebody(db)).userId },
        "collaborator",
      );
      await changeRole(db, owner, { ...thing, grantId, role: "administrator" });
      const before = await history(db, thing);
      const stale = { code: "CONFLICT", message: expect.stringContaining("Another person changed this") };
      await expect(changeRole(db, owner, { ...thing, grantId, role: "collaborator" })).rejects.toMatchObject(
        stale,
      );
      await expect(revoke(db, owner, { ...thing, grantId })).rejects.toMatchObject(stale);
      expect(await history(db, thing)).toEqual(before);
    }));

  it("takes it away at once, and keeps when and by whom", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const other = await somebody(db);
      const grantId = await grantOn(db, owner, thing, { userId: other.userId }, "collaborator");
      await revoke(db, owner, { ...thing, grantId });
      expect(await sees(db, other, thing.id)).toBeNull();
      expect(await history(db, thing)).toMatchObject([{ endedBy: owner.userId, endedAt: expect.any(Date) }]);
      expect(await lastEvent(db)).toMatchObject({
        event: `${recordedKinds[kind]}.unshared`,
        details: { grantId },
      });
    }));

  it("never touches a grant on another thing, whoever names it", () =>
    withRollback(async (db) => {
      const [mine, theirs] = [await aSharedThing(db, kind), await aSharedThing(db, kind, "Another")];
      const grantee = { userId: mine.owner.userId };
      const grantId = await grantOn(db, theirs.owner, theirs.thing, grantee, "collaborator");
      for (const change of [
        () => revoke(db, mine.owner, { ...mine.thing, grantId }),
        () => changeRole(db, mine.owner, { ...mine.thing, grantId, role: "administrator" }),
        () => leave(db, mine.owner, { ...mine.thing, grantId }),
        () => revoke(db, mine.owner, { ...mine.thing, grantId: randomUUID() }),
      ]) {
        await expect(change()).rejects.toMatchObject({ code: "NOT_FOUND" });
      }
      expect(await history(db, theirs.thing)).toMatchObject([{ endedAt: null }]);
    }));

  it("can be given up by the one it was given to, and by nobody for somebody else", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const [one, other] = [await somebody(db), await somebody(db)];
      const own = await grantOn(db, owner, thing, { userId: one.userId }, "collaborator");
      const others = await grantOn(db, owner, thing, { userId: other.userId }, "collaborator");
      await expect(leave(db, one, { ...thing, grantId: others })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      await leave(db, one, { ...thing, grantId: own });
      expect(await sees(db, one, thing.id)).toBeNull();
      expect(await sees(db, other, thing.id)).not.toBeNull();
      expect(await lastEvent(db)).toMatchObject({
        event: `${recordedKinds[kind]}.left`,
        actorId: one.userId,
      });
    }));

  it("shows who has access by which ways, with the strongest role, to those who may share", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const [one, other] = [await somebody(db), await somebody(db)];
      await grantOn(db, owner, thing, { userId: one.userId }, "collaborator");
      await grantOn(db, owner, thing, { teamId: await aTeam(db, one, other, owner) }, "administrator");
      const access = await findAccess(db, owner, thing);
      expect(access).toMatchObject({ role: "owner", mayShare: true, owner: { id: owner.userId } });
      expect(access?.grants.map(({ grantee, memberCount }) => [grantee.kind, memberCount])).toEqual([
        ["person", null],
        ["team", 3],
      ]);
      const of = (id: string) => access?.users?.find((user) => user.id === id);
      expect(of(one.userId)).toMatchObject({
        role: "administrator",
        accessPaths: [{ kind: "grant" }, { kind: "team" }],
      });
      expect(of(other.userId)).toMatchObject({ role: "administrator", accessPaths: [{ kind: "team" }] });
      expect(of(owner.userId)).toMatchObject({
        role: "owner",
        accessPaths: [{ kind: "ownership" }, { kind: "team" }],
      });
    }));

  it("shows a collaborator names and roles, and neither addresses nor a team's people", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const [one, member] = [await somebody(db), await somebody(db)];
      await grantOn(db, owner, thing, { userId: one.userId }, "collaborator");
      await grantOn(db, owner, thing, { teamId: await aTeam(db, member) }, "collaborator");
      const access = await findAccess(db, one, thing);
      expect(access).toMatchObject({ role: "collaborator", mayShare: false, users: null });
      expect(access?.grants).toMatchObject([
        { isMine: true, email: null },
        { memberCount: 1, isMine: false },
      ]);
      expect(JSON.stringify(access)).not.toMatch(/@example\.com/);
      expect(JSON.stringify(access)).not.toContain(member.name);
    }));

  it("shows nothing to anybody else, as for what does not exist", () =>
    withRollback(async (db) => {
      const { thing } = await aSharedThing(db, kind);
      const outsider = await somebody(db, "administrator");
      for (const id of [thing.id, randomUUID(), "not-an-id"]) {
        expect(await findAccess(db, outsider, { kind: thing.kind, id })).toBeNull();
      }
    }));
});
