import { desc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEvents, credentialPreviousSecrets, credentialSecrets, credentials } from "@/drizzle/schema";
import { type ApiKey, sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { addCredential, recordCheck, replaceSecret, setKeyEnd } from "@/lib/credentials/mutations";
import { findCredentialDetails, getSignIn } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { setSignInPolicy } from "@/lib/sign-in-policy/mutations";
import { noRules } from "@/lib/sign-in-policy/rules";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { findPreviousSecret } from "./queries";
import { checkThatDead, switchBack } from "./switch-back";

const { janeRead, janeWrite } = sandboxKeys;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const signInWith = ({ value }: ApiKey) =>
  ({ scheme: "bearer", apiKey: Secret.of(value), expectedAccount: null }) as const;

/** A credential with Jane's key to write, whose key to read is kept as the previous one. */
async function renewed(db: Db) {
  const owner = await ownerOfCredentials(db);
  const baseUrl = baseUrlAt(sandbox.url("/"));
  const id = await addCredential(db, owner, aCredential({ baseUrl, signIn: signInWith(janeRead) }));
  const keyExpiresOn = "2099-01-31";
  await setKeyEnd(db, owner, { credentialId: id, secretVersion: 1, previous: null, keyExpiresOn });
  await replaceSecret(db, owner, {
    replaced: { credentialId: id, secretVersion: 1 },
    ...{ baseUrl, signIn: signInWith(janeWrite), outcome: verified, keepsPrevious: true },
  });
  return { owner, id, press: { credentialId: id, secretVersion: 2, tryAgainToken: undefined } };
}

async function currentKey(db: Db, actor: Actor, id: string): Promise<string> {
  const { signIn } = (await getSignIn(db, actor, id)).target;
  if (signIn.scheme !== "bearer") throw new Error("the credential has no key");
  return signIn.apiKey.use((text) => text);
}

/** All that is stored of the current secret. */
async function currentOf(db: Db, id: string): Promise<string> {
  const rows = [
    await db.select().from(credentials).where(eq(credentials.id, id)),
    await db.select().from(credentialSecrets).where(eq(credentialSecrets.credentialId, id)),
  ];
  return JSON.stringify(rows);
}

async function lastEvent(db: Db) {
  const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
  return event;
}

const signIns = () => sandbox.journal().filter(({ signInAttempt }) => signInAttempt).length;

describe("switching back", () => {
  it("checks the previous secret and swaps the two, each sealed for its new place; and back again", () =>
    withRollback(async (db) => {
      const { owner, id, press } = await renewed(db);
      expect(await switchBack(db, owner, press)).toEqual({ ok: true, data: id });
      expect(signIns()).toBe(1);
      expect(await currentKey(db, owner, id)).toBe(janeRead.value);
      const [row] = await db.select().from(credentials).where(eq(credentials.id, id));
      // The day that was entered for the key comes back with it.
      expect(row).toMatchObject({ secretVersion: 3, keyExpiresOn: "2099-01-31" });
      expect(await findCredentialDetails(db, owner, id)).toMatchObject({ status: "verified" });
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({ keyId: janeWrite.id, ended: null });
      const event = await lastEvent(db);
      expect(event).toMatchObject({
        event: "credential.secret-switched-back",
        actorId: owner.userId,
        details: { secretVersion: 3, method: "api-key", verdict: "verified", isPreviousKept: true },
      });
      expect(JSON.stringify(event)).not.toContain(janeRead.value);

      expect(await switchBack(db, owner, { ...press, secretVersion: 3 })).toMatchObject({ ok: true });
      expect(await currentKey(db, owner, id)).toBe(janeWrite.value);
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({ keyId: janeRead.id });
    }));

  it("to a secret that the server refuses deletes that one at once, says why, and is recorded", () =>
    withRollback(async (db) => {
      const { owner, id, press } = await renewed(db);
      sandbox.instance("/").disturbances.revokeKey(janeRead.name);
      const before = await currentOf(db, id);
      const answer = await switchBack(db, owner, press);
      expect(answer).toMatchObject({ ok: false, refusal: { code: "CHECK_FAILED" } });
      expect(JSON.stringify(answer)).not.toContain(janeRead.value);
      expect(await currentOf(db, id)).toBe(before);
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({
        keyId: janeRead.id,
        ended: { outcome: "revoked" },
      });
      const [row] = await db.select().from(credentialPreviousSecrets);
      expect(row).toMatchObject({ sealed: null, dataKeyId: null });
      expect(await lastEvent(db)).toMatchObject({
        event: "credential.previous-secret-checked",
        details: { verdict: "rejected", reason: "SECRET_REJECTED", isDeleted: true },
      });
      await expect(switchBack(db, owner, press)).rejects.toMatchObject({ code: "CONFLICT" });
      expect(signIns()).toBe(1);
    }));

  it("from a secret that the server has refused does not keep that one, and the log does not say so", () =>
    withRollback(async (db) => {
      const { owner, id, press } = await renewed(db);
      const refused = { kind: "failed", step: "signedIn", reason: "SECRET_REJECTED", steps: [] } as const;
      await recordCheck(db, owner, { credentialId: id, secretVersion: 2 }, refused);
      expect(await switchBack(db, owner, press)).toEqual({ ok: true, data: id });
      expect(await lastEvent(db)).toMatchObject({
        event: "credential.secret-switched-back",
        details: { isPreviousKept: false },
      });
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({
        keyId: janeWrite.id,
        ended: { outcome: "revoked" },
      });
    }));

  it("from an outdated page sends nothing", () =>
    withRollback(async (db) => {
      const { owner, press } = await renewed(db);
      for (const secretVersion of [1, 3]) {
        const late = switchBack(db, owner, { ...press, secretVersion });
        await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
      }
      expect(sandbox.journal()).toEqual([]);
    }));

  it("to a sign-in that the policy refuses by now sends nothing", () =>
    withRollback(async (db) => {
      const { owner, id } = await renewed(db);
      await replaceSecret(db, owner, {
        replaced: { credentialId: id, secretVersion: 2 },
        ...aCredential({ baseUrl: baseUrlAt(sandbox.url("/")) }),
      });
      await replaceSecret(db, owner, {
        replaced: { credentialId: id, secretVersion: 3 },
        ...aCredential({ baseUrl: baseUrlAt(sandbox.url("/")), signIn: signInWith(janeWrite) }),
        keepsPrevious: true,
      });
      const administrator = await somebody(db, "administrator");
      const rules = { ...noRules, passwords: "refuse" } as const;
      await setSignInPolicy(db, administrator, { server: null, version: 0, ...rules });
      const press = { credentialId: id, secretVersion: 4, tryAgainToken: undefined };
      await expect(switchBack(db, owner, press)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(sandbox.journal()).toEqual([]);
    }));
});

describe("the check whether the previous secret is dead", () => {
  it("of a revoked key deletes it, and keeps its id, the day and an event", () =>
    withRollback(async (db) => {
      const { owner, id, press } = await renewed(db);
      sandbox.instance("/").disturbances.revokeKey(janeRead.name);
      expect(await checkThatDead(db, owner, press)).toEqual({ ok: true, data: null });
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({
        keyId: janeRead.id,
        ended: { outcome: "revoked" },
      });
      const [row] = await db.select().from(credentialPreviousSecrets);
      expect(row).toMatchObject({ sealed: null, dataKeyId: null });
      expect(await lastEvent(db)).toMatchObject({
        event: "credential.previous-secret-checked",
        details: { verdict: "rejected", reason: "SECRET_REJECTED", isDeleted: true },
      });
      expect(await currentKey(db, owner, id)).toBe(janeWrite.value);
      await expect(switchBack(db, owner, press)).rejects.toMatchObject({ code: "CONFLICT" });
    }));

  it("of one that works keeps it, and the page says so", () =>
    withRollback(async (db) => {
      const { owner, id, press } = await renewed(db);
      expect(await checkThatDead(db, owner, press)).toEqual({ ok: true, data: null });
      expect(signIns()).toBe(1);
      const shown = await findPreviousSecret(db, owner, id);
      expect(shown?.ended).toBeNull();
      expect(shown?.workedAt).not.toBeNull();
      expect(await lastEvent(db)).toMatchObject({ details: { verdict: "verified", isDeleted: false } });
    }));

  it("of a server that cannot be asked keeps it, and says why", () =>
    withRollback(async (db) => {
      const { owner, id, press } = await renewed(db);
      sandbox.set("/", { state: "MAINTENANCE" });
      const answer = await checkThatDead(db, owner, press);
      expect(answer).toMatchObject({ ok: false, detail: { tryAgainToken: null, pastProxyToken: null } });
      expect(await findPreviousSecret(db, owner, id)).toMatchObject({ ended: null, workedAt: null });
      expect(await lastEvent(db)).toMatchObject({ details: { verdict: "nothing", isDeleted: false } });
    }));
});
