import { inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentials, endpoints } from "@/drizzle/schema";
import { addCredential } from "@/lib/credentials/mutations";
import { addEndpoint, editEndpoint } from "@/lib/endpoints/mutations";
import { revoke } from "@/lib/sharing/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { listHistory } from "./credential-history";

const source = { ...aRepositorySource, description: "" } as const;

describe("a credential's History", () => {
  it("shows its owner every change and use", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, owner, aCredential());
      await addCredential(db, owner, aCredential({ name: "Another" }));
      await addEndpoint(db, owner, { ...source, credentialId, name: "Commits" });
      const { items } = await listHistory(db, owner, credentialId, null);
      expect(items.map(({ event }) => event)).toEqual(["flow.added", "credential.added"]);
      expect(items[0]).toMatchObject({ thing: { name: "Commits" }, person: { id: owner.userId } });
    }));

  it("hides other users' sources and addresses", () =>
    withRollback(async (db) => {
      const [owner, reader] = [await ownerOfCredentials(db), await somebody(db)];
      const credentialId = await addCredential(db, owner, aCredential());
      await addEndpoint(db, owner, { ...source, credentialId, name: "Secret project" });
      await grantCredential(db, owner, credentialId, { userId: reader.userId }, "collaborator");
      const { items } = await listHistory(db, reader, credentialId, null);
      expect(items.map(({ event }) => event)).toEqual(["flow.added", "credential.added"]);
      expect(items[0]).toMatchObject({
        person: { id: owner.userId },
        thing: null,
        sentence: [],
        details: [],
      });
      expect(JSON.stringify(items)).not.toContain("Secret project");
      expect(items.every(({ address, sessionId }) => address === null && sessionId === null)).toBe(true);
    }));

  it("shows the actor's own events without the new names of items they no longer see", () =>
    withRollback(async (db) => {
      const [owner, reader] = [await ownerOfCredentials(db), await somebody(db)];
      const [lost, kept] = [
        await addCredential(db, owner, aCredential({ name: "Lost" })),
        await addCredential(db, owner, aCredential({ name: "Kept" })),
      ];
      const grantId = await grantCredential(db, owner, lost, { userId: reader.userId }, "collaborator");
      await grantCredential(db, owner, kept, { userId: reader.userId }, "collaborator");
      const endpointId = await addEndpoint(db, owner, { ...source, credentialId: lost, name: "Commits" });
      const onEndpoint = await grantEndpoint(
        db,
        owner,
        endpointId,
        { userId: reader.userId },
        "administrator",
      );
      await editEndpoint(db, reader, {
        endpointId,
        version: 1,
        name: "Commits",
        description: "",
        credentialId: kept,
      });
      await revoke(db, owner, { kind: "credential", id: lost, grantId });
      await revoke(db, owner, { kind: "endpoint", id: endpointId, grantId: onEndpoint });
      for (const table of [credentials, endpoints]) {
        await db
          .update(table)
          .set({ name: "Secret project" })
          .where(inArray(table.id, [lost, endpointId]));
      }
      const { items } = await listHistory(db, reader, kept, null);
      expect(items[0]).toMatchObject({ event: "flow.edited", person: { id: reader.userId } });
      expect(JSON.stringify(items)).not.toContain("Secret project");
      const { items: owners } = await listHistory(db, owner, kept, null);
      expect(owners[0]).toMatchObject({ event: "flow.edited", thing: null, sentence: [], details: [] });
    }));

  it.each(["member", "administrator"] as const)("does not exist for another %s", (role) =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db, role)];
      const credentialId = await addCredential(db, owner, aCredential());
      await expect(listHistory(db, other, credentialId, null)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }),
  );
});
