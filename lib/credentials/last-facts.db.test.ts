import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { checks, credentials } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";
import { findLatestDetails } from "./details-queries";
import { addCredential } from "./mutations";
import { findCredentialDetails, getCredentialTile, listCredentials, listCredentialTiles } from "./queries";
import { requireUsable } from "./require-usable";
import { credentialFilterSchema } from "./schema";

const record = { access: null, warnings: [], steps: [], details: null };

async function refuse(db: Db, credentialId: string, verdict: "rejected" | "locked" = "rejected") {
  const checkedAt = new Date(Date.now() + 60_000);
  const refusal = { reason: verdict === "locked" ? "ACCOUNT_LOCKED" : "SECRET_REJECTED", record, checkedAt };
  await db.insert(checks).values({ credentialId, secretVersion: 1, verdict, ...refusal });
}

describe("a credential that its server refuses", () => {
  it("keeps the account, version and rights of the check before, with its date, wherever it is shown", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await addCredential(db, owner, aCredential());
      const { checkedAt, factsAt, account, access, serverVersion } = await getCredentialTile(db, owner, id);
      expect(factsAt).toBeNull();
      await refuse(db, id);
      const kept = { status: "rejected", factsAt: checkedAt, account, access, serverVersion };
      expect(account).toEqual({ name: "jcitizen", displayName: "Jane Citizen" });
      expect(await getCredentialTile(db, owner, id)).toMatchObject(kept);
      expect(await findCredentialDetails(db, owner, id)).toMatchObject(kept);
      expect((await listCredentialTiles(db, owner, null)).items).toMatchObject([kept]);
      const listed = await listCredentials(db, owner, credentialFilterSchema.parse({}), null);
      expect(listed.items).toMatchObject([kept]);
      expect(await findLatestDetails(db, owner, id, new Date())).toMatchObject({
        ...{ checkedAt, server: { version: "9.4.3" } },
      });
      expect(await findLatestDetails(db, await somebody(db), id, new Date())).toBeNull();
    }));

  it("names no account if none was ever seen, and none of an earlier secret", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await addCredential(db, owner, aCredential({ outcome: null }));
      await refuse(db, id);
      expect(await getCredentialTile(db, owner, id)).toMatchObject({ account: null, factsAt: null });
      const other = await addCredential(db, owner, aCredential({ name: "Replaced" }));
      await db.update(credentials).set({ secretVersion: 2 }).where(eq(credentials.id, other));
      expect(await getCredentialTile(db, owner, other)).toMatchObject({ account: null, factsAt: null });
    }));
});

describe("a credential for a new source or destination", () => {
  it("is refused with its cure when rejected, locked or ended, in words for this user", () =>
    withRollback(async (db) => {
      const [owner, reader] = [await ownerOfCredentials(db), await somebody(db)];
      const id = await addCredential(db, owner, aCredential({ name: "Works" }));
      await grantCredential(db, owner, id, { userId: reader.userId }, "collaborator");
      await requireUsable(db, owner, id);
      await db.update(credentials).set({ keyExpiresOn: "2026-01-01" }).where(eq(credentials.id, id));
      await expect(requireUsable(db, owner, id)).rejects.toThrow(/API key has ended. Replace its secret/);
      await refuse(db, id);
      await expect(requireUsable(db, owner, id)).rejects.toThrow(/server refused it. Replace its secret/);
      await expect(requireUsable(db, reader, id)).rejects.toThrow(/Ask .+ to replace its secret/);
      const locked = await addCredential(db, owner, aCredential({ name: "Locked" }));
      await refuse(db, locked, "locked");
      await expect(requireUsable(db, owner, locked)).rejects.toThrow(/locked its account/);
    }));

  it("looks absent to a user who does not see it, whatever its status", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await addCredential(db, owner, aCredential());
      await refuse(db, id);
      await expect(requireUsable(db, await somebody(db), id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }));
});
