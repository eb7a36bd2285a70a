import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentialPreviousSecrets, credentialSecrets, users } from "@/drizzle/schema";
import { sandboxKeys } from "@/e2e/sandbox/accounts";
import type { Actor } from "@/lib/actor";
import { deleteCredential } from "@/lib/credentials/deletion/mutations";
import { addCredential, type NewSecret, recordCheck, replaceSecret } from "@/lib/credentials/mutations";
import { forgetPreviousSecrets } from "@/lib/credentials/retention";
import { openPrevious, openSecret } from "@/lib/credentials/secrets/store";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";
import { acceptTransfer, offerTransfer } from "@/lib/transfers/mutations";
import { findTransfer } from "@/lib/transfers/queries";
import { forgetPrevious } from "./mutations";
import { findPreviousSecret, getPreviousSignIn } from "./queries";

const baseUrl = baseUrlAt("https://bitbucket.example.com");
const { janeRead } = sandboxKeys;
const keyOf = (value: string) =>
  ({ scheme: "bearer", apiKey: Secret.of(value), expectedAccount: null }) as const;

/** A credential of the owner's with Jane's key. */
function withJanesKey(db: Db, owner: Actor): Promise<string> {
  return addCredential(db, owner, aCredential({ baseUrl, signIn: keyOf(janeRead.value) }));
}

function replace(db: Db, actor: Actor, credentialId: string, changes: Partial<NewSecret> = {}) {
  return replaceSecret(db, actor, {
    replaced: { credentialId, secretVersion: 1 },
    baseUrl,
    signIn: keyOf("canary-new-key"),
    outcome: verified,
    keepsPrevious: true,
    ...changes,
  });
}

/** A credential whose secret was replaced, with Jane's key kept. */
async function replaced(db: Db, changes: Partial<NewSecret> = {}) {
  const owner = await ownerOfCredentials(db);
  const id = await withJanesKey(db, owner);
  await replace(db, owner, id, changes);
  return { owner, id };
}

async function rowOf(db: Db, id: string) {
  const [row] = await db
    .select()
    .from(credentialPreviousSecrets)
    .where(eq(credentialPreviousSecrets.credentialId, id));
  return row;
}

/** Moves the end of what is kept. */
function endIn(db: Db, hours: number) {
  return db
    .update(credentialPreviousSecrets)
    .set({ keptUntil: sql`clock_timestamp() + ${hours} * interval '1 hour'` });
}

async function lastEvent(db: Db) {
  const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
  return event;
}

describe("a replaced secret", () => {
  it("is kept for seven days, sealed for its own place, and shown without the secret", () =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db);
      const shown = await findPreviousSecret(db, owner, id);
      expect(shown).toMatchObject({
        secretVersion: 2,
        method: "api-key",
        accountName: "jcitizen",
        keyId: janeRead.id,
        storedByName: owner.name,
        workedAt: null,
        ended: null,
        apiKeysUrl: `${baseUrl.href}/plugins/servlet/access-tokens/manage`,
      });
      const days = (Date.parse(shown?.keptUntil ?? "") - Date.now()) / 86_400_000;
      expect(days).toBeGreaterThan(6.9);
      expect(days).toBeLessThanOrEqual(7);
      expect(JSON.stringify(shown)).not.toContain(janeRead.value);
      const row = await rowOf(db, id);
      expect(row?.sealed?.includes(janeRead.value)).toBe(false);
      const place = { credentialId: id, ownerId: owner.userId, baseUrl, version: 1 };
      const sealed = row?.sealed ?? Buffer.alloc(0);
      expect((await openPrevious(db, place, sealed)).use((text) => text)).toBe(janeRead.value);
      const others = [
        { version: 2 },
        { ownerId: id },
        { baseUrl: baseUrlAt("https://elsewhere.example.com") },
      ];
      for (const other of others) {
        const moved = openPrevious(db, { ...place, ...other }, sealed);
        await expect(moved).rejects.toMatchObject({ code: "TAMPERED" });
      }
      // Moved back by an attacker with database access, it does not open as the current secret.
      await db.update(credentialSecrets).set({ sealed, version: 1 });
      await expect(openSecret(db, place)).rejects.toMatchObject({ code: "TAMPERED" });
      expect(await lastEvent(db)).toMatchObject({
        event: "credential.secret-replaced",
        details: { isPreviousKept: true },
      });
    }));

  const notKept: [string, Partial<NewSecret>][] = [
    ["unless that was chosen", { keepsPrevious: false }],
    ["at another server", { baseUrl: baseUrlAt("https://elsewhere.example.com") }],
    ["under another path of the same host", { baseUrl: baseUrlAt("https://bitbucket.example.com/other") }],
  ];
  it.each(notKept)("is not kept: %s", (_, changes) =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db, changes);
      expect(await rowOf(db, id)).toBeUndefined();
      expect(await findPreviousSecret(db, owner, id)).toBeNull();
      expect(await lastEvent(db)).toMatchObject({ details: { isPreviousKept: false } });
    }),
  );

  it("is kept beside one that could not be checked: it is the way back", () =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db, { outcome: null });
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({ keyId: janeRead.id, ended: null });
      expect(await lastEvent(db)).toMatchObject({ details: { verdict: "unchecked", isPreviousKept: true } });
    }));

  it("takes the place of one that is kept, or deletes it: there are never more than two", () =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db);
      const third = { replaced: { credentialId: id, secretVersion: 2 }, signIn: keyOf("third-key") };
      await replace(db, owner, id, third);
      expect(await db.$count(credentialPreviousSecrets)).toBe(1);
      expect(await rowOf(db, id)).toMatchObject({ version: 2, keyId: null });
      const fourth = { replaced: { credentialId: id, secretVersion: 3 }, signIn: keyOf("fourth-key") };
      await replace(db, owner, id, { ...fourth, keepsPrevious: false });
      expect(await rowOf(db, id)).toBeUndefined();
    }));

  it("that the server has refused is not kept: only its id and the refusal are remembered", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await withJanesKey(db, owner);
      const step = { kind: "failed", step: "signedIn", steps: [] } as const;
      await recordCheck(
        db,
        owner,
        { credentialId: id, secretVersion: 1 },
        { ...step, reason: "SECRET_REJECTED" },
      );
      // A check that says nothing about the secret changes nothing about that.
      await recordCheck(db, owner, { credentialId: id, secretVersion: 1 }, { ...step, reason: "TIMED_OUT" });
      await replace(db, owner, id);
      expect(await rowOf(db, id)).toMatchObject({ sealed: null, dataKeyId: null });
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({
        keyId: janeRead.id,
        ended: { outcome: "revoked" },
      });
      expect(await lastEvent(db)).toMatchObject({ details: { isPreviousKept: false } });
    }));

  it("that does not open any more is replaced all the same, and not kept", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await withJanesKey(db, owner);
      const changed = sql`set_byte(sealed, 60, 255 - get_byte(sealed, 60))`;
      await db.execute(sql`update credential_secrets set sealed = ${changed}`);
      await replace(db, owner, id);
      expect(await rowOf(db, id)).toBeUndefined();
    }));
});

describe("the end of a previous secret", () => {
  it("comes with its day: it is not usable then, and the hourly job deletes it", () =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db);
      await endIn(db, 1);
      expect(await forgetPreviousSecrets(db, 500)).toBe(0);
      expect((await getPreviousSignIn(db, owner, id)).checked).toEqual({
        credentialId: id,
        secretVersion: 1,
      });
      await endIn(db, -1);
      await expect(getPreviousSignIn(db, owner, id)).rejects.toMatchObject({ code: "CONFLICT" });
      const current = { credentialId: id, secretVersion: 2 };
      await expect(forgetPrevious(db, owner, current)).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({ ended: { outcome: "expired" } });
      expect((await rowOf(db, id))?.sealed).not.toBeNull();
      expect(await forgetPreviousSecrets(db, 500)).toBe(1);
      expect(await rowOf(db, id)).toMatchObject({ sealed: null, dataKeyId: null, outcome: "expired" });
      expect(await forgetPreviousSecrets(db, 500)).toBe(0);
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({
        keyId: janeRead.id,
        ended: { outcome: "expired" },
      });
    }));

  it("by a press leaves its id and the day, and an event without the secret", () =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db);
      const current = { credentialId: id, secretVersion: 2 };
      await forgetPrevious(db, owner, current);
      expect(await rowOf(db, id)).toMatchObject({ sealed: null, dataKeyId: null, outcome: "forgotten" });
      const event = await lastEvent(db);
      expect(event).toMatchObject({ event: "credential.previous-secret-forgotten", subjectId: id });
      expect(JSON.stringify(event)).not.toContain(janeRead.value);
      await expect(forgetPrevious(db, owner, current)).rejects.toMatchObject({ code: "CONFLICT" });
    }));

  it("comes with the credential's deletion", () =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db);
      expect(await deleteCredential(db, owner, id)).toBeNull();
      expect(await db.$count(credentialPreviousSecrets)).toBe(0);
    }));

  it("comes with a transfer of ownership", () =>
    withRollback(async (db) => {
      const { owner, id: credentialId } = await replaced(db);
      const recipient = await somebody(db);
      await offerTransfer(db, owner, { credentialId, toUserId: recipient.userId });
      const side = await findTransfer(db, recipient, credentialId);
      if (side?.side !== "recipient") throw new Error("the recipient sees no offer");
      expect(await rowOf(db, credentialId)).toBeDefined();
      await acceptTransfer(db, recipient, { credentialId, transferId: side.transferId, name: "Mine" });
      expect(await rowOf(db, credentialId)).toBeUndefined();
    }));
});

describe("who may have to do with a previous secret", () => {
  it("an administrator of the credential, no collaborator, and nobody else", () =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db);
      const [administrator, collaborator] = [await somebody(db), await somebody(db)];
      await grantCredential(db, owner, id, { userId: administrator.userId }, "administrator");
      await grantCredential(db, owner, id, { userId: collaborator.userId }, "collaborator");
      const current = { credentialId: id, secretVersion: 2 };
      const refusals = [
        [collaborator, "NOT_ALLOWED"],
        [await somebody(db, "administrator"), "NOT_FOUND"],
      ] as const;
      for (const [actor, code] of refusals) {
        expect(await findPreviousSecret(db, actor, id)).toBeNull();
        await expect(getPreviousSignIn(db, actor, id)).rejects.toMatchObject({ code });
        await expect(forgetPrevious(db, actor, current)).rejects.toMatchObject({ code });
      }
      expect(await findPreviousSecret(db, administrator, id)).not.toBeNull();
      await forgetPrevious(db, administrator, current);
    }));

  it("while the owner's account is disabled, it can be deleted, and nothing signs in with it", () =>
    withRollback(async (db) => {
      const { owner, id } = await replaced(db);
      const administrator = await somebody(db);
      await grantCredential(db, owner, id, { userId: administrator.userId }, "administrator");
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, owner.userId));
      await expect(getPreviousSignIn(db, administrator, id)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await findPreviousSecret(db, administrator, id)).toMatchObject({ isSuspended: true });
      await forgetPrevious(db, administrator, { credentialId: id, secretVersion: 2 });
    }));
});
