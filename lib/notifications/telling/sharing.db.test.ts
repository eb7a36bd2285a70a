import { describe, expect, it } from "vitest";
import { changePassword } from "@/lib/account/mutations";
import { signIn } from "@/lib/auth/mutations";
import { openSession } from "@/lib/auth/sessions";
import { makeReset, resetPassword } from "@/lib/password-resets/mutations";
import { liveGrants } from "@/lib/sharing/grant-rows";
import { revoke, share } from "@/lib/sharing/mutations";
import { actorOf, addAccount, aVisitor, somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { kindsOf, newsOf } from "@/lib/testing/messages";
import { aSharedThing, aTeam, grantOn, things } from "@/lib/testing/sharing";
import { offerTransfer } from "@/lib/transfers/mutations";

describe.each(things)("sharing a %s", (kind) => {
  const item = kind === "credential" ? "credential" : "source";

  it("is told to the grantee, and taking it back too; the giver hears nothing", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const friend = await somebody(db);
      const grantee = { kind: "person", id: friend.userId } as const;
      await share(db, owner, { ...thing, grantee, role: "collaborator" });
      const grants = await liveGrants(db, thing);
      await revoke(db, owner, { ...thing, grantId: grants[0]?.id ?? "" });
      const of = { item, name: "Data platform", by: owner.name, team: null };
      expect(await newsOf(db, friend)).toEqual([
        { kind: "shared", role: "collaborator", ...of },
        { kind: "unshared", ...of },
      ]);
      expect(await kindsOf(db, owner)).toEqual([]);
    }));

  it("with a team is told to its members, and its end only to those who lose their access", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, kind);
      const [member, other] = [await somebody(db), await somebody(db)];
      const teamId = await aTeam(db, member, other, owner);
      await share(db, owner, { ...thing, grantee: { kind: "team", id: teamId }, role: "collaborator" });
      await grantOn(db, owner, thing, { userId: other.userId }, "collaborator");
      const grants = await liveGrants(db, thing, { grantee: { kind: "team", id: teamId } });
      await revoke(db, owner, { ...thing, grantId: grants[0]?.id ?? "" });
      expect(await kindsOf(db, member)).toEqual(["shared", "unshared"]);
      expect(await kindsOf(db, other)).toEqual(["shared"]);
      expect(await kindsOf(db, owner)).toEqual([]);
    }));
});

it("an offer of ownership is told to its recipient", () =>
  withRollback(async (db) => {
    const { owner, thing } = await aSharedThing(db, "credential");
    const friend = await somebody(db);
    await offerTransfer(db, owner, { credentialId: thing.id, toUserId: friend.userId });
    expect(await newsOf(db, friend)).toEqual([
      { kind: "ownership-offered", name: "Data platform", by: owner.name },
    ]);
  }));

describe("the user's own account", () => {
  const password = "a password that is long";

  it("tells of a sign-in from a new browser, and not of one from a known browser", () =>
    withRollback(async (db) => {
      const email = `${crypto.randomUUID()}@example.com`;
      const userId = await addAccount(db, { name: "Kim", email, password });
      const visitor = { ...aVisitor(), browser: "Firefox on Linux" };
      const first = await signIn(db, visitor, { email, password });
      if (!first.ok) throw new Error("not signed in");
      await signIn(db, visitor, { email, password }, [first.device]);
      await signIn(db, visitor, { email, password: "not the password" });
      expect(await newsOf(db, { userId })).toEqual([{ kind: "new-sign-in", browser: "Firefox on Linux" }]);
    }));

  it("tells of each new password, by its user or by a link", () =>
    withRollback(async (db) => {
      const email = `${crypto.randomUUID()}@example.com`;
      const userId = await addAccount(db, { name: "Kim", email, password });
      const user = await actorOf(db, await openSession(db, userId));
      await changePassword(db, user, { currentPassword: password, newPassword: "another password, long" });
      const token = await makeReset(db, await somebody(db, "administrator"), userId);
      await resetPassword(db, aVisitor(), { token, newPassword: "yet another password, long" });
      expect(await newsOf(db, user)).toEqual([
        { kind: "password-changed", how: "by-user" },
        { kind: "password-changed", how: "by-link" },
      ]);
    }));
});
