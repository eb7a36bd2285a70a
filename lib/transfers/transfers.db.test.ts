import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentialGrants, credentials, ownershipTransfers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { findCredentialTile } from "@/lib/credentials/queries";
import { openSecret } from "@/lib/credentials/secrets/store";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { findEndpoint } from "@/lib/endpoints/queries";
import { revoke } from "@/lib/sharing/mutations";
import { findAccess } from "@/lib/sharing/queries";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { acceptTransfer, declineTransfer, offerTransfer, withdrawTransfer } from "./mutations";
import { findTransfer, listOffersTo } from "./queries";

/** A credential that its owner has offered to another user. */
async function anOffer(db: Db) {
  const owner = await ownerOfCredentials(db);
  const recipient = await somebody(db);
  const credentialId = await addCredential(db, owner, aCredential({ name: "Ledger" }));
  await offerTransfer(db, owner, { credentialId, toUserId: recipient.userId });
  const side = await findTransfer(db, recipient, credentialId);
  if (side?.side !== "recipient") throw new Error("the recipient sees no offer");
  return { owner, recipient, credentialId, transferId: side.transferId, side };
}

/** The secret as it opens for this owner, with everything else as the row says. */
async function secretFor(db: Db, owner: Actor, credentialId: string): Promise<string> {
  const [row] = await db.select().from(credentials).where(eq(credentials.id, credentialId));
  const place = { credentialId, ownerId: owner.userId, baseUrl: baseUrlAt("https://bitbucket.example.com") };
  const secret = await openSecret(db, { ...place, version: row?.secretVersion ?? 0 });
  return secret.use((text) => text);
}

async function lastEvent(db: Db) {
  return (await db.select().from(auditEvents).orderBy(asc(auditEvents.id))).at(-1);
}

describe("an offer", () => {
  it("lets its recipient look and answer, and gives them no right to the credential", () =>
    withRollback(async (db) => {
      const { owner, recipient, credentialId, side } = await anOffer(db);
      expect(side).toMatchObject({ credentialName: "Ledger", fromName: owner.name, status: "verified" });
      expect(JSON.stringify(side)).not.toContain("canary-password");
      expect(await listOffersTo(db, recipient)).toMatchObject([{ credentialId, fromName: owner.name }]);
      expect(await findCredentialTile(db, recipient, credentialId)).toBeNull();
      expect(await findAccess(db, recipient, { kind: "credential", id: credentialId })).toBeNull();
      expect(await lastEvent(db)).toMatchObject({
        event: "credential.handover-offered",
        actorId: owner.userId,
        details: { toUserId: recipient.userId },
      });
    }));

  it("is nobody else's: an administrator of the credential and others see none", () =>
    withRollback(async (db) => {
      const { owner, credentialId, transferId } = await anOffer(db);
      const [administrator, outsider] = [await somebody(db), await somebody(db, "administrator")];
      await grantCredential(db, owner, credentialId, { userId: administrator.userId }, "administrator");
      const to = { credentialId, toUserId: outsider.userId };
      await expect(offerTransfer(db, administrator, to)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      await expect(offerTransfer(db, outsider, to)).rejects.toMatchObject({ code: "NOT_FOUND" });
      const input = { credentialId, transferId };
      await expect(withdrawTransfer(db, administrator, input)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      for (const other of [administrator, outsider]) {
        expect(await findTransfer(db, other, credentialId)).toBeNull();
        expect(await listOffersTo(db, other)).toEqual([]);
        await expect(declineTransfer(db, other, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
        await expect(acceptTransfer(db, other, { ...input, name: "Mine" })).rejects.toMatchObject({
          code: "NOT_FOUND",
        });
      }
      // Not even the owner can accept for the recipient.
      await expect(acceptTransfer(db, owner, { ...input, name: "Mine" })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }));

  it("is refused for oneself and for a disabled account, and while another one is open", () =>
    withRollback(async (db) => {
      const { owner, credentialId } = await anOffer(db);
      const disabled = await somebody(db);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.userId));
      for (const [toUserId, message] of [
        [owner.userId, /own it already/],
        [disabled.userId, /is disabled/],
        [crypto.randomUUID(), /no such person/],
      ] as const) {
        await expect(offerTransfer(db, owner, { credentialId, toUserId })).rejects.toMatchObject({
          code: "INVALID_INPUT",
          fieldErrors: { toUserId: expect.stringMatching(message) },
        });
      }
      const toUserId = (await somebody(db)).userId;
      await expect(offerTransfer(db, owner, { credentialId, toUserId })).rejects.toMatchObject({
        code: "CONFLICT",
      });
    }));

  it.each([
    [
      "withdrawn",
      (db: Db, { owner, ...offer }: Awaited<ReturnType<typeof anOffer>>) =>
        withdrawTransfer(db, owner, offer),
    ],
    [
      "declined",
      (db: Db, { recipient, ...offer }: Awaited<ReturnType<typeof anOffer>>) =>
        declineTransfer(db, recipient, offer),
    ],
  ] as const)("that was %s is over for both, is kept, and can be made again", (outcome, end) =>
    withRollback(async (db) => {
      const offer = await anOffer(db);
      const { owner, recipient, credentialId, transferId } = offer;
      await end(db, offer);
      expect(await db.select().from(ownershipTransfers)).toMatchObject([
        { id: transferId, outcome, endedAt: expect.any(Date) },
      ]);
      expect(await lastEvent(db)).toMatchObject({ event: `credential.handover-${outcome}` });
      expect(await findTransfer(db, recipient, credentialId)).toBeNull();
      expect(await findTransfer(db, owner, credentialId)).toMatchObject({ side: "owner", open: null });
      await expect(
        acceptTransfer(db, recipient, { credentialId, transferId, name: "Ledger" }),
      ).rejects.toMatchObject({ code: "CONFLICT" });
      await offerTransfer(db, owner, { credentialId, toUserId: recipient.userId });
      expect(await listOffersTo(db, recipient)).toHaveLength(1);
    }),
  );
});

describe("accepting an offer", () => {
  it("changes the owner; the secret opens for the new owner only, and its latest check stays", () =>
    withRollback(async (db) => {
      const { owner, recipient, credentialId, transferId } = await anOffer(db);
      await acceptTransfer(db, recipient, { credentialId, transferId, name: "Ledger" });
      expect(await secretFor(db, recipient, credentialId)).toBe("canary-password");
      await expect(secretFor(db, owner, credentialId)).rejects.toThrow();
      expect(await findCredentialTile(db, recipient, credentialId)).toMatchObject({
        ownerName: recipient.name,
        status: "verified",
      });
      expect(await lastEvent(db)).toMatchObject({
        event: "credential.handed-over",
        actorId: recipient.userId,
        details: { fromUserId: owner.userId, toUserId: recipient.userId, name: "Ledger" },
      });
      expect(await db.select().from(ownershipTransfers)).toMatchObject([{ outcome: "accepted" }]);
    }));

  it("leaves the former owner an administrator, whose sources go on until the new owner ends that", () =>
    withRollback(async (db) => {
      const { owner, recipient, credentialId, transferId } = await anOffer(db);
      const source = { ...aRepositorySource, credentialId } as const;
      const endpoint = await addEndpoint(db, owner, { ...source, name: "Commits", description: "" });
      await acceptTransfer(db, recipient, { credentialId, transferId, name: "Ledger" });
      expect(await findEndpoint(db, owner, "source", endpoint)).toMatchObject({ stopped: null });
      const thing = { kind: "credential", id: credentialId } as const;
      const [grant] = (await findAccess(db, recipient, thing))?.grants ?? [];
      expect(grant).toMatchObject({ grantee: { id: owner.userId }, role: "administrator" });
      await revoke(db, recipient, { ...thing, grantId: grant?.id ?? "" });
      expect(await findEndpoint(db, owner, "source", endpoint)).toMatchObject({
        stopped: "credential-lost",
        credential: null,
      });
    }));

  it("ends what the new owner was given before", () =>
    withRollback(async (db) => {
      const { owner, recipient, credentialId, transferId } = await anOffer(db);
      const before = await grantCredential(
        db,
        owner,
        credentialId,
        { userId: recipient.userId },
        "collaborator",
      );
      await acceptTransfer(db, recipient, { credentialId, transferId, name: "Ledger" });
      expect(await db.select().from(credentialGrants).where(eq(credentialGrants.id, before))).toMatchObject([
        { endedAt: expect.any(Date), endedBy: recipient.userId },
      ]);
    }));

  it("under a name that the new owner already uses is refused at the field; another name succeeds", () =>
    withRollback(async (db) => {
      const { owner, recipient, credentialId, transferId } = await anOffer(db);
      await addCredential(db, recipient, aCredential({ name: "LEDGER" }));
      expect(await findTransfer(db, recipient, credentialId)).toMatchObject({ nameIsTaken: true });
      await expect(
        acceptTransfer(db, recipient, { credentialId, transferId, name: "Ledger" }),
      ).rejects.toMatchObject({ code: "CONFLICT", fieldErrors: { name: expect.stringContaining("Ledger") } });
      expect(await secretFor(db, owner, credentialId)).toBe("canary-password");
      await acceptTransfer(db, recipient, { credentialId, transferId, name: "Ledger of the team" });
      expect(await findCredentialTile(db, recipient, credentialId)).toMatchObject({
        name: "Ledger of the team",
      });
    }));

  it("twice: the second time there is nothing to accept any more", () =>
    withRollback(async (db) => {
      const { recipient, credentialId, transferId } = await anOffer(db);
      const input = { credentialId, transferId, name: "Ledger" };
      await acceptTransfer(db, recipient, input);
      await expect(acceptTransfer(db, recipient, input)).rejects.toMatchObject({ code: "CONFLICT" });
    }));
});
