import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { checks, credentialGrants, credentials, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { getSignIn } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { addEndpoint, editEndpoint } from "./mutations";
import { findEndpoint, findEndpointToEdit, listEndpoints } from "./queries";

/** A credential of `lender`, a source of `borrower` that uses it, and a reader of that source. */
async function aBorrowedSource(db: Db) {
  const lender = await ownerOfCredentials(db);
  const [borrower, reader] = [await somebody(db), await somebody(db)];
  const credentialId = await addCredential(db, lender, aCredential({ name: "Lent" }));
  await grantCredential(db, lender, credentialId, { userId: borrower.userId }, "collaborator");
  const endpointId = await addEndpoint(db, borrower, {
    ...aRepositorySource,
    credentialId,
    name: "Borrowed",
    description: "",
  });
  await grantEndpoint(db, borrower, endpointId, { userId: reader.userId }, "operator");
  const take = (from: Actor) =>
    db.update(credentialGrants).set({ endedAt: new Date() }).where(eq(credentialGrants.userId, from.userId));
  return { lender, borrower, reader, credentialId, endpointId, take };
}

describe("the credential of a source", () => {
  it("is named to the source's owner while it is shared with them, and not any longer", () =>
    withRollback(async (db) => {
      const { borrower, credentialId, endpointId, take } = await aBorrowedSource(db);
      const before = await findEndpoint(db, borrower, "source", endpointId);
      expect(before).toMatchObject({ role: "owner", stopped: null, credential: { id: credentialId } });
      await take(borrower);
      const after = await findEndpoint(db, borrower, "source", endpointId);
      expect(after).toMatchObject({ role: "owner", stopped: "credential-lost", credential: null });
      expect(JSON.stringify(after)).not.toMatch(/Lent|bitbucket\.example\.com/);
      expect(JSON.stringify(after)).not.toContain(credentialId);
    }));

  it("is hidden from a reader of the source who has no right to it, in the list as on the page", () =>
    withRollback(async (db) => {
      const { reader, endpointId, credentialId } = await aBorrowedSource(db);
      const [listed] = (await listEndpoints(db, reader, "source", null)).items;
      expect(await findEndpoint(db, reader, "source", endpointId)).toEqual(listed);
      expect(listed).toMatchObject({ role: "operator", stopped: null, credential: null });
      expect(JSON.stringify(listed)).not.toContain(credentialId);
    }));

  it("is known as refused to all who see the source: once the server refused it, or its key ended", () =>
    withRollback(async (db) => {
      const { lender, borrower, reader, credentialId, endpointId } = await aBorrowedSource(db);
      const seenBy = async (actor: Actor) => {
        const [listed] = (await listEndpoints(db, actor, "source", null)).items;
        expect(await findEndpoint(db, actor, "source", endpointId)).toEqual(listed);
        return listed;
      };
      expect(await seenBy(borrower)).toMatchObject({
        refused: null,
        credential: { role: "collaborator", ownerName: lender.name },
      });
      const ended = { keyExpiresOn: "2020-01-01" };
      await db.update(credentials).set(ended).where(eq(credentials.id, credentialId));
      expect(await seenBy(borrower)).toMatchObject({ stopped: null, refused: "ended" });
      const record = { access: null, warnings: [], steps: [], details: null };
      const refusal = { verdict: "rejected", reason: "SECRET_REJECTED", record } as const;
      await db.insert(checks).values({ credentialId, secretVersion: 1, ...refusal });
      expect(await seenBy(borrower)).toMatchObject({ stopped: null, refused: "rejected" });
      expect(await seenBy(reader)).toMatchObject({ refused: "rejected", credential: null });
    }));

  it("counts as lost for the owner even where the reader may see it", () =>
    withRollback(async (db) => {
      const { lender, borrower, reader, endpointId, credentialId, take } = await aBorrowedSource(db);
      await grantCredential(db, lender, credentialId, { userId: reader.userId }, "collaborator");
      await take(borrower);
      expect(await findEndpoint(db, reader, "source", endpointId)).toMatchObject({
        stopped: "credential-lost",
        credential: { name: "Lent" },
      });
    }));
});

/** Disables the account of one of them, or enables it again. */
async function setDisabled(db: Db, { userId }: Actor, disabledAt: Date | null): Promise<void> {
  await db.update(users).set({ disabledAt }).where(eq(users.id, userId));
}

describe("while the account of a credential's owner is disabled", () => {
  it("other users' endpoints with it are stopped, in the list and on the page, and run again once it is enabled", () =>
    withRollback(async (db) => {
      const { lender, borrower, reader, endpointId, credentialId } = await aBorrowedSource(db);
      await setDisabled(db, lender, new Date());
      for (const who of [borrower, reader]) {
        const [listed] = (await listEndpoints(db, who, "source", null)).items;
        expect(listed?.stopped).toBe("credential-suspended");
        expect(await findEndpoint(db, who, "source", endpointId)).toEqual(listed);
      }
      expect(await findEndpoint(db, borrower, "source", endpointId)).toMatchObject({
        credential: { id: credentialId, isSuspended: true },
      });
      await setDisabled(db, lender, null);
      expect(await findEndpoint(db, borrower, "source", endpointId)).toMatchObject({
        stopped: null,
        credential: { isSuspended: false },
      });
    }));

  it("it is neither taken for a new source nor chosen for an old one, nor offered as a choice; its secret is not opened", () =>
    withRollback(async (db) => {
      const { lender, borrower, credentialId } = await aBorrowedSource(db);
      const own = await addCredential(db, borrower, aCredential({ name: "Own" }));
      const source = aRepositorySource;
      const named = { name: "Another", description: "" };
      const other = await addEndpoint(db, borrower, { ...source, ...named, credentialId: own });
      await setDisabled(db, lender, new Date());
      const refusal = { code: "NOT_ALLOWED" };
      const save = { ...source, ...named, name: "Third", credentialId };
      await expect(addEndpoint(db, borrower, save)).rejects.toMatchObject(refusal);
      const edit = { endpointId: other, version: 1, ...named, credentialId };
      await expect(editEndpoint(db, borrower, edit)).rejects.toMatchObject(refusal);
      await expect(getSignIn(db, borrower, credentialId)).rejects.toMatchObject(refusal);
      const { choices } = (await findEndpointToEdit(db, borrower, "source", other)) ?? {};
      expect(choices?.map(({ id }) => id)).toEqual([own]);
    }));

  it("their own sources are stopped for everybody who sees them, whatever the credential", () =>
    withRollback(async (db) => {
      const { borrower, reader, endpointId, take } = await aBorrowedSource(db);
      await setDisabled(db, borrower, new Date());
      expect(await findEndpoint(db, reader, "source", endpointId)).toMatchObject({
        stopped: "owner-disabled",
      });
      await take(borrower);
      expect(await findEndpoint(db, reader, "source", endpointId)).toMatchObject({
        stopped: "owner-disabled",
      });
    }));
});
