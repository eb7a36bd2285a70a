import { desc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { auditEvents, credentialSecrets, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { SignIn } from "@/lib/connectors/types";
import { addCredential, type NewCredential, replaceSecret, setKeyEnd } from "@/lib/credentials/mutations";
import { getCredentialTile } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { removeServerPolicy, setSignInPolicy } from "./mutations";
import { getSignInPolicy, listServerPolicies } from "./queries";
import { noRules } from "./rules";
import type { SignInRules } from "./types";

const here = "https://bitbucket.example.com";
const there = "https://other.example.com/bitbucket";
const key: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };
const dayMs = 24 * 60 * 60 * 1000;
const endingIn = (days: number) => ({
  ...verified,
  keyEndsAt: new Date(Date.now() + days * dayMs).toISOString(),
});

let named = 0;
beforeEach(() => {
  named = 0;
});
const aSignIn = (changes: Partial<NewCredential> = {}) => {
  named += 1;
  return aCredential({ name: `Credential ${named}`, ...changes });
};
const aKey = (changes: Partial<NewCredential> = {}) => aSignIn({ signIn: key, ...changes });

/** Stores rules as an administrator whose form is up to date. */
async function setRules(
  db: Db,
  actor: Actor,
  rules: Partial<SignInRules>,
  server: string | null = null,
): Promise<void> {
  const { version } = await getSignInPolicy(db, actor, server);
  const input = { server: server === null ? null : baseUrlAt(server), version };
  await setSignInPolicy(db, actor, { ...input, ...noRules, ...rules });
}

/** The warnings by the policy; others come with time. */
const warningsOf = async (db: Db, actor: Actor, id: string) =>
  (await getCredentialTile(db, actor, id)).warnings.filter((code) =>
    /_NOT_WANTED|_TOO_LONG|_NOT_KNOWN/.test(code),
  );
const breachesOf = async (db: Db, actor: Actor, server: string | null = null) =>
  (await getSignInPolicy(db, actor, server)).breaches;
const refused = (words: string) => ({
  code: "NOT_ALLOWED",
  fieldErrors: { username: expect.stringContaining(words) },
});

async function actors(db: Db) {
  return { owner: await ownerOfCredentials(db), administrator: await somebody(db, "administrator") };
}

describe("a policy about passwords", () => {
  it("refuses a new password at its field, and where one replaces a key, with or without a check", () =>
    withRollback(async (db) => {
      const { owner, administrator } = await actors(db);
      const id = await addCredential(db, owner, aKey());
      await setRules(db, administrator, { passwords: "refuse" });
      const words = "Your portal takes API keys only. Make one in Bitbucket";
      await expect(addCredential(db, owner, aSignIn())).rejects.toMatchObject(refused(words));
      await expect(addCredential(db, owner, aSignIn({ outcome: null }))).rejects.toMatchObject(
        refused(words),
      );
      const replaced = { replaced: { credentialId: id, secretVersion: 1 }, ...aSignIn() };
      await expect(replaceSecret(db, owner, replaced)).rejects.toMatchObject(refused(words));
      expect(await db.$count(credentials)).toBe(1);
      await addCredential(db, owner, aKey());
    }));

  it("warns of stored ones, which stay, and of new ones where it only warns", () =>
    withRollback(async (db) => {
      const { owner, administrator } = await actors(db);
      const before = await addCredential(db, owner, aSignIn());
      expect(await warningsOf(db, owner, before)).toEqual([]);
      await setRules(db, administrator, { passwords: "refuse" });
      expect(await warningsOf(db, owner, before)).toEqual(["PASSWORD_NOT_WANTED"]);
      await setRules(db, administrator, { passwords: "warn" });
      const after = await addCredential(db, owner, aSignIn({ outcome: null }));
      expect(await warningsOf(db, owner, after)).toEqual(["PASSWORD_NOT_WANTED"]);
      expect(await breachesOf(db, administrator)).toBe(2);
    }));
});

describe("a policy about the end of API keys", () => {
  it("refuses a key that its server says to last longer, and takes one of exactly that length", () =>
    withRollback(async (db) => {
      const { owner, administrator } = await actors(db);
      await setRules(db, administrator, { keysMustEnd: "refuse", longestDays: 90 });
      const long = aKey({ outcome: endingIn(91.1) });
      await expect(addCredential(db, owner, long)).rejects.toMatchObject(refused("at most 90 days"));
      const id = await addCredential(db, owner, aKey({ outcome: endingIn(90.5) }));
      expect(await warningsOf(db, owner, id)).toEqual([]);
      expect(await breachesOf(db, administrator)).toBe(0);
    }));

  it("stores a key whose end is not known with a warning, until its last day is entered", () =>
    withRollback(async (db) => {
      const { owner, administrator } = await actors(db);
      await setRules(db, administrator, { keysMustEnd: "refuse", longestDays: 90 });
      const id = await addCredential(db, owner, aKey());
      const unchecked = await addCredential(db, owner, aKey({ outcome: null }));
      for (const one of [id, unchecked])
        expect(await warningsOf(db, owner, one)).toEqual(["KEY_END_NOT_KNOWN"]);
      expect(await breachesOf(db, administrator)).toBe(2);

      const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
      const form = { credentialId: id, secretVersion: 1, previous: null };
      await setKeyEnd(db, owner, { ...form, keyExpiresOn: inDays(90) });
      expect(await warningsOf(db, owner, id)).toEqual([]);
      expect(await breachesOf(db, administrator)).toBe(1);
      await setKeyEnd(db, owner, { ...form, previous: inDays(90), keyExpiresOn: inDays(93) });
      expect(await warningsOf(db, owner, id)).toEqual(["KEY_LASTS_TOO_LONG"]);
      expect(await breachesOf(db, administrator)).toBe(2);
    }));

  it("counts a key's life from when it was stored, so that a warning does not fade with time", () =>
    withRollback(async (db) => {
      const { owner, administrator } = await actors(db);
      await setRules(db, administrator, { keysMustEnd: "warn", longestDays: 90 });
      const id = await addCredential(db, owner, aKey({ outcome: endingIn(60) }));
      expect(await warningsOf(db, owner, id)).toEqual([]);
      const createdAt = new Date(Date.now() - 60 * dayMs);
      await db.update(credentialSecrets).set({ createdAt }).where(eq(credentialSecrets.credentialId, id));
      expect(await warningsOf(db, owner, id)).toEqual(["KEY_LASTS_TOO_LONG"]);
      expect(await breachesOf(db, administrator)).toBe(1);
    }));
});

describe("a server's own policy", () => {
  it("takes the place of the one for all servers, stricter or not, until it is taken away", () =>
    withRollback(async (db) => {
      const { owner, administrator } = await actors(db);
      await setRules(db, administrator, { passwords: "refuse" });
      await setRules(db, administrator, {}, there);
      const atThere = { baseUrl: baseUrlAt(there) };
      const id = await addCredential(db, owner, aSignIn(atThere));
      expect(await warningsOf(db, owner, id)).toEqual([]);
      await setRules(db, administrator, { passwords: "refuse" }, there);
      await setRules(db, administrator, {});
      await addCredential(db, owner, aSignIn());
      const words = "Your portal takes API keys only for this server.";
      await expect(addCredential(db, owner, aSignIn(atThere))).rejects.toMatchObject(refused(words));
      expect(await listServerPolicies(db, administrator)).toEqual([
        { ...noRules, passwords: "refuse", baseUrl: there },
      ]);
      expect([await breachesOf(db, administrator), await breachesOf(db, administrator, there)]).toEqual([
        0, 1,
      ]);

      const { version } = await getSignInPolicy(db, administrator, there);
      const input = { server: baseUrlAt(there), version };
      await removeServerPolicy(db, administrator, input);
      expect(await listServerPolicies(db, administrator)).toEqual([]);
      await addCredential(db, owner, aSignIn(atThere));

      // Set again, it is another policy: a form that was opened before changes nothing.
      await setRules(db, administrator, { passwords: "refuse" }, there);
      await expect(removeServerPolicy(db, administrator, input)).rejects.toMatchObject({ code: "CONFLICT" });
    }));

  it("starts from the policy for all servers", () =>
    withRollback(async (db) => {
      const { administrator } = await actors(db);
      await setRules(db, administrator, { keysMustEnd: "warn", longestDays: 365 });
      expect(await getSignInPolicy(db, administrator, here)).toMatchObject({
        ...{ keysMustEnd: "warn", longestDays: 365, version: 0, breaches: 0 },
      });
    }));
});

describe("who sets a policy", () => {
  it("is a portal administrator, and nobody else sees one", () =>
    withRollback(async (db) => {
      const { owner } = await actors(db);
      const input = { server: null, version: 0, ...noRules };
      await expect(setSignInPolicy(db, owner, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(getSignInPolicy(db, owner, null)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(listServerPolicies(db, owner)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }));

  it("is told when another one saved first; what changed is in the log, and an unchanged policy is not", () =>
    withRollback(async (db) => {
      const { administrator } = await actors(db);
      const first = { server: null, version: 0, ...noRules, passwords: "warn" } as const;
      await setSignInPolicy(db, administrator, first);
      await expect(setSignInPolicy(db, administrator, first)).rejects.toMatchObject({ code: "CONFLICT" });
      const { version } = await getSignInPolicy(db, administrator, null);
      await setSignInPolicy(db, administrator, { ...first, version });
      await setSignInPolicy(db, administrator, { ...first, version, passwords: "refuse" });
      await expect(setSignInPolicy(db, administrator, { ...first, version })).rejects.toMatchObject({
        code: "CONFLICT",
      });
      const rows = await db
        .select({ details: auditEvents.details })
        .from(auditEvents)
        .where(eq(auditEvents.event, "server.policy-changed"))
        .orderBy(desc(auditEvents.id));
      const rules = { ...noRules, passwords: "warn" };
      expect(rows.map(({ details }) => details)).toEqual([
        { baseUrl: null, rules: { ...rules, passwords: "refuse" }, previous: rules },
        { baseUrl: null, rules, previous: null },
      ]);
    }));
});
