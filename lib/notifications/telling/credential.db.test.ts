import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { checks, credentialGrants, credentials, teamMembers, users } from "@/drizzle/schema";
import type { CheckOutcome } from "@/lib/connectors/types";
import { addCredential, recordCheck, replaceSecret } from "@/lib/credentials/mutations";
import { reachableBy } from "@/lib/credentials/visibility";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { failedFor, kindsOf, newsOf } from "@/lib/testing/messages";
import { aTeam, grantCredential } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { seersOf } from "./recipients";

const rejected = failedFor("SECRET_REJECTED");
const source = { ...aRepositorySource, description: "" } as const;

describe("a refused secret", () => {
  it("is told once while it stays refused, and again after a check accepted it", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, owner, aCredential());
      const checked = { credentialId, secretVersion: 1 };
      const check = async (outcome: CheckOutcome) => {
        // In one transaction, all checks would have one time.
        await db.update(checks).set({ checkedAt: sql`${checks.checkedAt} - interval '1 minute'` });
        await recordCheck(db, owner, checked, outcome);
      };
      for (const _ of [1, 2, 3]) await check(rejected);
      expect(await newsOf(db, owner)).toEqual([
        { kind: "credential-rejected", name: "Data platform", server: "https://bitbucket.example.com" },
      ]);
      for (const outcome of [verified, rejected, rejected]) await check(outcome);
      expect(await kindsOf(db, owner)).toEqual(["credential-rejected", "credential-rejected"]);
    }));

  it("is told again for a new secret, and a lock-out is told for itself", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, owner, aCredential());
      await recordCheck(db, owner, { credentialId, secretVersion: 1 }, rejected);
      await recordCheck(db, owner, { credentialId, secretVersion: 1 }, failedFor("ACCOUNT_LOCKED"));
      const { baseUrl, signIn } = aCredential();
      const replaced = { credentialId, secretVersion: 1 };
      await replaceSecret(db, owner, { replaced, baseUrl, signIn, outcome: null });
      await recordCheck(db, owner, { credentialId, secretVersion: 2 }, rejected);
      expect(await kindsOf(db, owner)).toEqual([
        "credential-rejected",
        "credential-locked",
        "credential-rejected",
      ]);
    }));

  it("is told to its administrators and to owners of what uses it, by current rights, and to nobody else", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, owner, aCredential());
      const [administrator, inTeam, leftTeam] = [await somebody(db), await somebody(db), await somebody(db)];
      const [user, formerUser, collaborator] = [await somebody(db), await somebody(db), await somebody(db)];
      const [disabled, stranger] = [await somebody(db), await somebody(db)];
      await grantCredential(db, owner, credentialId, { userId: administrator.userId }, "administrator");
      const teamId = await aTeam(db, inTeam, leftTeam);
      await grantCredential(db, owner, credentialId, { teamId }, "administrator");
      await db
        .update(teamMembers)
        .set({ endedAt: new Date() })
        .where(eq(teamMembers.userId, leftTeam.userId));
      for (const one of [user, formerUser]) {
        await grantCredential(db, owner, credentialId, { userId: one.userId }, "collaborator");
        await addEndpoint(db, one, { ...source, credentialId, name: "Commits" });
      }
      await db
        .update(credentialGrants)
        .set({ endedAt: new Date() })
        .where(eq(credentialGrants.userId, formerUser.userId));
      await grantCredential(db, owner, credentialId, { userId: collaborator.userId }, "collaborator");
      await grantCredential(db, owner, credentialId, { userId: disabled.userId }, "administrator");
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.userId));

      await recordCheck(db, owner, { credentialId, secretVersion: 1 }, rejected);
      for (const told of [owner, administrator, inTeam, user]) {
        expect(await kindsOf(db, told)).toEqual(["credential-rejected"]);
      }
      for (const other of [leftTeam, formerUser, collaborator, disabled, stranger]) {
        expect(await kindsOf(db, other)).toEqual([]);
      }
      // Those who may see it, as the rule of visibility says.
      const all = await db.select({ id: users.id }).from(users);
      const seers = new Set(await db.transaction((tx) => seersOf(tx, "credential", credentialId)));
      for (const { id } of all) {
        expect(seers.has(id), id).toBe((await db.$count(credentials, reachableBy(id))) > 0);
      }
    }));
});
