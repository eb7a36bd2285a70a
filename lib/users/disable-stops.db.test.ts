import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, passwordResets, sessions, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint, pauseEndpoint } from "@/lib/endpoints/mutations";
import { listEndpoints } from "@/lib/endpoints/queries";
import { makeReset } from "@/lib/password-resets/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { changeRole, disableUser, enableUser, signOutEverywhere, undoDisable } from "./mutations";
import { findDisableStops } from "./queries";

/** Ada has two sources of her own; Bea and Cem use a credential that she shares; Bea has a source besides. */
async function aPortal(db: Db) {
  const ada = await ownerOfCredentials(db);
  const [bea, cem, administrator] = [
    await somebody(db),
    await somebody(db),
    await somebody(db, "administrator"),
  ];
  const lent = await addCredential(db, ada, aCredential({ name: "Lent" }));
  const own = await addCredential(db, bea, aCredential({ name: "Own" }));
  for (const { userId } of [bea, cem]) await grantCredential(db, ada, lent, { userId }, "collaborator");
  const add = (user: Actor, credentialId: string, name: string) =>
    addEndpoint(db, user, { ...aRepositorySource, credentialId, name, description: "" });
  const nightly = await add(ada, lent, "Nightly");
  await add(ada, lent, "Weekly");
  await add(bea, lent, "Borrowed");
  await add(bea, own, "Own");
  await add(cem, lent, "Borrowed");
  const countStopped = async () => {
    const rows = [];
    for (const user of [ada, bea, cem]) rows.push(...(await listEndpoints(db, user, "source", null)).items);
    return rows.filter(({ stopped }) => stopped).length;
  };
  return { ada, bea, cem, administrator, lent, nightly, countStopped };
}

const stateOf = async (db: Db, { userId }: Actor) => ({
  user: await db.select().from(users).where(eq(users.id, userId)),
  sessions: await db.select().from(sessions).where(eq(sessions.userId, userId)),
  resets: await db.select().from(passwordResets).where(eq(passwordResets.userId, userId)),
});

describe("what disabling an account stops", () => {
  it("is what then is stopped: the user's own, and what others run with the user's credentials", () =>
    withRollback(async (db) => {
      const { ada, administrator, countStopped } = await aPortal(db);
      const stops = await findDisableStops(db, administrator, ada.userId);
      expect(stops).toEqual({ sources: 4, destinations: 0, users: 3, shown: [] });
      expect(await countStopped()).toBe(0);
      await disableUser(db, administrator, ada.userId, 4);
      expect(await countStopped()).toBe(4);
      expect(await findDisableStops(db, administrator, ada.userId)).toBeNull();
    }));

  it("is nothing for a user whose sources have stopped already, or who has none", () =>
    withRollback(async (db) => {
      const { ada, bea, cem, administrator } = await aPortal(db);
      await disableUser(db, administrator, ada.userId);
      expect(await findDisableStops(db, administrator, cem.userId)).toBeNull();
      expect(await findDisableStops(db, administrator, bea.userId)).toMatchObject({ sources: 1, users: 1 });
      expect(await findDisableStops(db, administrator, administrator.userId)).toBeNull();
      expect(await findDisableStops(db, administrator, "not-an-id")).toBeNull();
    }));

  it("names what the administrator may see, and counts the rest", () =>
    withRollback(async (db) => {
      const { ada, administrator, nightly } = await aPortal(db);
      await grantEndpoint(db, ada, nightly, { userId: administrator.userId }, "collaborator");
      await pauseEndpoint(db, ada, nightly);
      expect(await findDisableStops(db, administrator, ada.userId)).toEqual({
        ...{ sources: 4, destinations: 0, users: 3 },
        shown: [{ id: nightly, direction: "source", name: "Nightly" }],
      });
    }));

  it("is not stopped by a press that was told of less, and nothing changes then", () =>
    withRollback(async (db) => {
      const { ada, administrator, countStopped } = await aPortal(db);
      for (const stopsSeen of [0, 3]) {
        await expect(disableUser(db, administrator, ada.userId, stopsSeen)).rejects.toMatchObject({
          code: "CONFLICT",
        });
      }
      expect(await countStopped()).toBe(0);
      await disableUser(db, administrator, ada.userId, 5);
      expect(await countStopped()).toBe(4);
    }));
});

describe("undoing it", () => {
  it("brings account, sessions and open reset links back exactly, for the administrator who did it", () =>
    withRollback(async (db) => {
      const { ada, administrator, countStopped } = await aPortal(db);
      const other = await somebody(db, "administrator");
      await makeReset(db, administrator, ada.userId);
      const before = await stateOf(db, ada);
      await disableUser(db, administrator, ada.userId);
      await expect(undoDisable(db, other, ada.userId)).rejects.toMatchObject({ code: "CONFLICT" });
      await undoDisable(db, administrator, ada.userId);
      expect(await stateOf(db, ada)).toEqual(before);
      expect(await countStopped()).toBe(0);
      await expect(undoDisable(db, administrator, ada.userId)).rejects.toMatchObject({ code: "CONFLICT" });
      const events = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, ada.userId));
      expect(events.at(-1)).toMatchObject({ event: "user.restored", details: { restoredSessions: 1 } });
    }));

  it("leaves sessions ended that had ended before", () =>
    withRollback(async (db) => {
      const { ada, administrator } = await aPortal(db);
      await db
        .update(sessions)
        .set({ revokedAt: sql`now() - interval '5 minutes'` })
        .where(eq(sessions.userId, ada.userId));
      const before = await stateOf(db, ada);
      await disableUser(db, administrator, ada.userId);
      await undoDisable(db, administrator, ada.userId);
      expect(await stateOf(db, ada)).toEqual(before);
    }));

  it("is refused once another administrator has ended the sessions, or changed the role, meanwhile", () =>
    withRollback(async (db) => {
      const { ada, administrator } = await aPortal(db);
      const other = await somebody(db, "administrator");
      for (const meanwhile of [
        () => signOutEverywhere(db, other, ada.userId),
        () => changeRole(db, other, { userId: ada.userId, role: "administrator" }),
      ]) {
        await disableUser(db, administrator, ada.userId);
        await meanwhile();
        await expect(undoDisable(db, administrator, ada.userId)).rejects.toMatchObject({ code: "CONFLICT" });
        await enableUser(db, administrator, ada.userId);
      }
    }));

  it("is refused after a minute, and once the account was enabled otherwise", () =>
    withRollback(async (db) => {
      const { ada, administrator } = await aPortal(db);
      await disableUser(db, administrator, ada.userId);
      await enableUser(db, administrator, ada.userId);
      await expect(undoDisable(db, administrator, ada.userId)).rejects.toMatchObject({ code: "CONFLICT" });
      await expect(undoDisable(db, ada, administrator.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });

      await disableUser(db, administrator, ada.userId);
      const old = sql`now() - interval '61 seconds'`;
      await db.update(users).set({ disabledAt: old }).where(eq(users.id, ada.userId));
      await expect(undoDisable(db, administrator, ada.userId)).rejects.toMatchObject({ code: "CONFLICT" });
    }));
});
