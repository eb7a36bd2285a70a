import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentialListings, credentials, endpoints } from "@/drizzle/schema";
import { addCredential } from "@/lib/credentials/mutations";
import { noteUse } from "@/lib/credentials/uses";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { addEndpoint } from "./mutations";
import { findLastUse } from "./queries";

async function aUse(db: Db) {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential());
  const source = { ...aRepositorySource, description: "", credentialId };
  const endpointId = await addEndpoint(db, owner, { ...source, name: "Nightly" });
  return { owner, credentialId, endpointId, source };
}

const usedDaysAgo = (db: Db, id: string, days: number) =>
  db
    .update(credentials)
    .set({ lastUsedAt: sql`now() - ${days} * interval '1 day'` })
    .where(eq(credentials.id, id));

describe("the last use of a credential", () => {
  it("is null before the first run, and then names the source with its owner, to those who see it", () =>
    withRollback(async (db) => {
      const { owner, credentialId, endpointId } = await aUse(db);
      const [reader, outsider] = [await somebody(db), await somebody(db, "administrator")];
      await grantCredential(db, owner, credentialId, { userId: reader.userId }, "collaborator");
      expect(await findLastUse(db, owner, credentialId)).toBeNull();
      await noteUse(db, owner, { credentialId, endpointId });
      const at = expect.stringMatching(/^\d{4}-/);
      const seen = { id: endpointId, name: "Nightly", ownerName: owner.name };
      expect(await findLastUse(db, owner, credentialId)).toEqual({ at, by: { direction: "source", seen } });
      const unseen = { at, by: { direction: "source", seen: null } };
      expect(await findLastUse(db, reader, credentialId)).toEqual(unseen);
      await grantEndpoint(db, owner, endpointId, { userId: reader.userId }, "collaborator");
      expect(await findLastUse(db, reader, credentialId)).toEqual({ at, by: { direction: "source", seen } });
      expect(await findLastUse(db, outsider, credentialId)).toBeNull();
      expect(await findLastUse(db, owner, "nonsense")).toBeNull();
    }));

  it("survives its source", () =>
    withRollback(async (db) => {
      const { owner, credentialId, endpointId } = await aUse(db);
      await noteUse(db, owner, { credentialId, endpointId });
      await db.delete(endpoints).where(eq(endpoints.id, endpointId));
      expect(await findLastUse(db, owner, credentialId)).toMatchObject({ by: null });
    }));

  it("is noted once an hour for one source, and at once for another", () =>
    withRollback(async (db) => {
      const { owner, credentialId, endpointId, source } = await aUse(db);
      const otherId = await addEndpoint(db, owner, { ...source, name: "Other" });
      const lastUse = async () => {
        const [row] = await db.select().from(credentials).where(eq(credentials.id, credentialId));
        return { at: row?.lastUsedAt?.getTime() ?? 0, by: row?.lastUsedBy };
      };
      await noteUse(db, owner, { credentialId, endpointId });
      const first = await lastUse();
      await noteUse(db, owner, { credentialId, endpointId });
      expect(await lastUse()).toEqual(first);
      await noteUse(db, owner, { credentialId, endpointId: otherId });
      expect((await lastUse()).by).toBe(otherId);
      await usedDaysAgo(db, credentialId, 1);
      await noteUse(db, owner, { credentialId, endpointId: otherId });
      expect((await lastUse()).at).toBeGreaterThanOrEqual(first.at);
    }));

  it("rewrites the listing with the first use of a day only", () =>
    withRollback(async (db) => {
      const { owner, credentialId, endpointId } = await aUse(db);
      const row = async () =>
        (
          await db
            .select({ day: credentialListings.idleSince, version: sql`credential_listings.ctid::text` })
            .from(credentialListings)
        )[0];
      await usedDaysAgo(db, credentialId, -2);
      const first = await row();
      await db.update(credentials).set({
        lastUsedAt: sql`date_trunc('day', last_used_at at time zone 'UTC')
        at time zone 'UTC' + interval '1 hour'`,
      });
      expect(await row()).toEqual(first);
      await db.update(credentials).set({ lastUsedAt: null });
      await noteUse(db, owner, { credentialId, endpointId });
      const second = await row();
      expect(second?.day).toBe(new Date().toISOString().slice(0, 10));
      expect(second?.version).not.toBe(first?.version);
    }));
});
