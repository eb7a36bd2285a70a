import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentialGrants } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { somebody } from "@/lib/auth/testing";
import { addCredential } from "@/lib/credentials/mutations";
import { aCredential, ownerOfCredentials } from "@/lib/credentials/testing";
import type { Db } from "@/lib/db/client";
import { withRollback } from "@/lib/db/testing";
import { grantCredential, grantFlow } from "@/lib/sharing/testing";
import { addFlow } from "./mutations";
import { findFlow, listFlows } from "./queries";

/** A credential of `lender`, a source of `borrower` that uses it, and a reader of that source. */
async function aBorrowedSource(db: Db) {
  const lender = await ownerOfCredentials(db);
  const [borrower, reader] = [await somebody(db), await somebody(db)];
  const credentialId = await addCredential(db, lender, aCredential({ name: "Lent" }));
  await grantCredential(db, lender, credentialId, { userId: borrower.userId }, "collaborator");
  const flowId = await addFlow(db, borrower, {
    direction: "source",
    connector: "bitbucket-server",
    credentialId,
    name: "Borrowed",
    description: "",
  });
  await grantFlow(db, borrower, flowId, { userId: reader.userId }, "operator");
  const take = (from: Actor) =>
    db.update(credentialGrants).set({ endedAt: new Date() }).where(eq(credentialGrants.userId, from.userId));
  return { lender, borrower, reader, credentialId, flowId, take };
}

describe("the credential of a source", () => {
  it("is named to the source's owner while it is shared with them, and not any longer", () =>
    withRollback(async (db) => {
      const { borrower, credentialId, flowId, take } = await aBorrowedSource(db);
      const before = await findFlow(db, borrower, "source", flowId);
      expect(before).toMatchObject({ role: "owner", ownerMayUse: true, credential: { id: credentialId } });
      await take(borrower);
      const after = await findFlow(db, borrower, "source", flowId);
      expect(after).toMatchObject({ role: "owner", ownerMayUse: false, credential: null });
      expect(JSON.stringify(after)).not.toMatch(/Lent|bitbucket\.example\.com/);
      expect(JSON.stringify(after)).not.toContain(credentialId);
    }));

  it("is hidden from a reader of the source who has no right to it, in the list as on the page", () =>
    withRollback(async (db) => {
      const { reader, flowId, credentialId } = await aBorrowedSource(db);
      const [listed] = (await listFlows(db, reader, "source", null)).items;
      expect(await findFlow(db, reader, "source", flowId)).toEqual(listed);
      expect(listed).toMatchObject({ role: "operator", ownerMayUse: true, credential: null });
      expect(JSON.stringify(listed)).not.toContain(credentialId);
    }));

  it("counts as lost for the owner even where the reader may see it", () =>
    withRollback(async (db) => {
      const { lender, borrower, reader, flowId, credentialId, take } = await aBorrowedSource(db);
      await grantCredential(db, lender, credentialId, { userId: reader.userId }, "collaborator");
      await take(borrower);
      expect(await findFlow(db, reader, "source", flowId)).toMatchObject({
        ownerMayUse: false,
        credential: { name: "Lent" },
      });
    }));
});
