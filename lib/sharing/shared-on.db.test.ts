import { and, eq, isNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentialGrants, endpointGrants, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { leaveTeam, removeMember } from "@/lib/teams/mutations";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { aSharedThing, grantOn, type TestThing, things } from "@/lib/testing/sharing";
import { aTeamOf } from "@/lib/testing/teams";
import { acceptTransfer, offerTransfer } from "@/lib/transfers/mutations";
import { findTransfer } from "@/lib/transfers/queries";
import { changeRole, confirmGrant, leave, revoke, revokeUnbacked, share } from "./mutations";
import { countUnbacked, findAccess } from "./queries";
import { recordedKinds } from "./types";

type Scene = { db: Db; owner: Actor; giver: Actor; friend: Actor; thing: TestThing };

async function scene(db: Db, kind: TestThing["kind"]): Promise<Scene> {
  const { owner, thing } = await aSharedThing(db, kind);
  return { db, owner, giver: await somebody(db), friend: await somebody(db), thing };
}

/** The giver, who has the right now, shares with the friend. */
async function shareOn(
  { db, giver, friend, thing }: Scene,
  role: "administrator" | "collaborator" = "collaborator",
) {
  await share(db, giver, { ...thing, grantee: { kind: "person", id: friend.userId }, role });
}

async function rowsOf({ db, owner, thing }: Scene) {
  return (await findAccess(db, owner, thing))?.grants ?? [];
}

async function friendsRow(given: Scene) {
  return (await rowsOf(given)).find(({ grantee }) => grantee.id === given.friend.userId);
}

/** The ways in which the right of a user who shared an item ends, and the reason that the owner sees. */
const endings: Record<string, ["right" | "enabled account", (scene: Scene) => Promise<unknown>]> = {
  "their grant is taken away": [
    "right",
    async (given) => {
      const { db, owner, giver, thing } = given;
      const grantId = await grantOn(db, owner, thing, { userId: giver.userId }, "administrator");
      await shareOn(given);
      expect(await revoke(db, owner, { ...thing, grantId })).toMatchObject({ unbacked: 1 });
    },
  ],
  "they become a collaborator": [
    "right",
    async (given) => {
      const { db, owner, giver, thing } = given;
      const grantId = await grantOn(db, owner, thing, { userId: giver.userId }, "administrator");
      await shareOn(given);
      const change = { ...thing, grantId, role: "collaborator" } as const;
      expect(await changeRole(db, owner, change)).toMatchObject({ unbacked: 1 });
    },
  ],
  "they give it up": [
    "right",
    async (given) => {
      const { db, owner, giver, thing } = given;
      const grantId = await grantOn(db, owner, thing, { userId: giver.userId }, "administrator");
      await shareOn(given);
      await leave(db, giver, { ...thing, grantId });
    },
  ],
  "they leave the team that had it": [
    "right",
    async (given) => {
      const { db, owner, giver, thing } = given;
      const teamId = await aTeamOf(db, owner, giver);
      await grantOn(db, owner, thing, { teamId }, "administrator");
      await shareOn(given);
      await leaveTeam(db, giver, teamId);
    },
  ],
  "they are removed from that team": [
    "right",
    async (given) => {
      const { db, owner, giver, thing } = given;
      const teamId = await aTeamOf(db, owner, giver);
      await grantOn(db, owner, thing, { teamId }, "administrator");
      await shareOn(given);
      await removeMember(db, owner, { teamId, userId: giver.userId });
    },
  ],
  "that team's grant is taken away": [
    "right",
    async (given) => {
      const { db, owner, giver, thing } = given;
      const teamId = await aTeamOf(db, owner, giver);
      const grantId = await grantOn(db, owner, thing, { teamId }, "administrator");
      await shareOn(given);
      await revoke(db, owner, { ...thing, grantId });
    },
  ],
  "their account is disabled": [
    "enabled account",
    async (given) => {
      const { db, owner, giver, thing } = given;
      await grantOn(db, owner, thing, { userId: giver.userId }, "administrator");
      await shareOn(given);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, giver.userId));
    },
  ],
};

describe.each(things)("what somebody shared on whose own right ended: %s", (kind) => {
  it.each(Object.entries(endings))(
    "is shown to the owner, who ends all of it at one press: %s",
    (_, [lost, end]) =>
      withRollback(async (db) => {
        const given = await scene(db, kind);
        const { owner, friend, thing } = given;
        await end(given);
        expect(await countUnbacked(db, owner, thing)).toBe(1);
        const row = await friendsRow(given);
        expect(row).toMatchObject({ giverLost: lost, grantedByName: given.giver.name });
        expect(await revokeUnbacked(db, owner, { ...thing, grantIds: [row?.id ?? ""] })).toBe(1);
        expect(await findAccess(db, friend, thing)).toBeNull();
        expect(await countUnbacked(db, owner, thing)).toBe(0);
        const told = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, thing.id));
        expect(told.at(-1)).toMatchObject({
          event: `${recordedKinds[kind]}.unshared`,
          actorId: owner.userId,
        });
      }),
  );

  it("is shown with all grants that followed from it, also if two users held up each other's right", () =>
    withRollback(async (db) => {
      const given = await scene(db, kind);
      const { owner, giver, friend, thing } = given;
      const grantId = await grantOn(db, owner, thing, { userId: giver.userId }, "administrator");
      await shareOn(given, "administrator");
      const teamId = await aTeamOf(db, friend, giver);
      await share(db, friend, { ...thing, grantee: { kind: "team", id: teamId }, role: "administrator" });
      // The giver still reaches it, through the team that their own grant let in.
      expect(await revoke(db, owner, { ...thing, grantId })).toMatchObject({ unbacked: 2 });
      const ids = (await rowsOf(given)).flatMap(({ id, giverLost }) => (giverLost ? [id] : []));
      expect(await revokeUnbacked(db, owner, { ...thing, grantIds: ids })).toBe(2);
      for (const reader of [giver, friend]) expect(await findAccess(db, reader, thing)).toBeNull();
    }));

  it("stays if the owner confirms it, and is no longer shown", () =>
    withRollback(async (db) => {
      const given = await scene(db, kind);
      const { owner, friend, thing } = given;
      await endings["their grant is taken away"]?.[1](given);
      const row = await friendsRow(given);
      const confirmed = await confirmGrant(db, owner, { ...thing, grantId: row?.id ?? "" });
      expect(confirmed).toMatchObject({ granteeName: friend.name, role: "collaborator", unbacked: 0 });
      expect(await friendsRow(given)).toMatchObject({ giverLost: null, grantedByName: owner.name });
      const stale = revokeUnbacked(db, owner, { ...thing, grantIds: [row?.id ?? ""] });
      await expect(stale).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await findAccess(db, friend, thing)).not.toBeNull();
    }));

  it("is not shown to those who may not share, and ended by none of them", () =>
    withRollback(async (db) => {
      const given = await scene(db, kind);
      const { friend, thing } = given;
      await endings["their grant is taken away"]?.[1](given);
      const row = await friendsRow(given);
      expect((await findAccess(db, friend, thing))?.grants).toMatchObject([{ giverLost: null }]);
      expect(await countUnbacked(db, friend, thing)).toBe(0);
      const change = { ...thing, grantIds: [row?.id ?? ""] };
      await expect(revokeUnbacked(db, friend, change)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }));

  it("cannot be confirmed by a user whose own right does not lead back to the owner", () =>
    withRollback(async (db) => {
      const given = await scene(db, kind);
      const { owner, giver, friend, thing } = given;
      const grantId = await grantOn(db, owner, thing, { userId: giver.userId }, "administrator");
      await shareOn(given, "administrator");
      await revoke(db, owner, { ...thing, grantId });
      const row = await friendsRow(given);
      const own = confirmGrant(db, friend, { ...thing, grantId: row?.id ?? "" });
      await expect(own).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }));

  it("stays when only what a backed giver gave is named", () =>
    withRollback(async (db) => {
      const given = await scene(db, kind);
      const { owner, friend, thing } = given;
      const grantId = await grantOn(db, owner, thing, { userId: friend.userId }, "collaborator");
      const press = revokeUnbacked(db, owner, { ...thing, grantIds: [grantId] });
      await expect(press).rejects.toMatchObject({ code: "CONFLICT" });
      const table = kind === "credential" ? credentialGrants : endpointGrants;
      expect(await db.$count(table, and(eq(table.id, grantId), isNull(table.endedAt)))).toBe(1);
    }));
});

it("what a former owner shared is shown to the new one when that right is taken away", () =>
  withRollback(async (db) => {
    const given = await scene(db, "credential");
    const { owner, giver: next, friend } = given;
    const credentialId = given.thing.id;
    const thing = { kind: "credential", id: credentialId } as const;
    await grantOn(db, owner, thing, { userId: friend.userId }, "collaborator");
    await offerTransfer(db, owner, { credentialId, toUserId: next.userId });
    const offer = await findTransfer(db, next, credentialId);
    const transferId = offer?.side === "recipient" ? offer.transferId : "";
    await acceptTransfer(db, next, { credentialId, transferId, name: "Taken over" });
    expect(await countUnbacked(db, next, thing)).toBe(0);
    const [former] = await db
      .select()
      .from(credentialGrants)
      .where(and(eq(credentialGrants.userId, owner.userId), isNull(credentialGrants.endedAt)));
    await revoke(db, next, { ...thing, grantId: former?.id ?? "" });
    expect(await countUnbacked(db, next, thing)).toBe(1);
  }));
