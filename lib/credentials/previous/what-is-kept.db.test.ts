import { desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentialPreviousSecrets } from "@/drizzle/schema";
import type { SignIn } from "@/lib/connectors/types";
import { addCredential, replaceSecret } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { setSignInPolicy } from "@/lib/sign-in-policy/mutations";
import { noRules } from "@/lib/sign-in-policy/rules";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { acceptTransfer, offerTransfer } from "@/lib/transfers/mutations";
import { findTransfer } from "@/lib/transfers/queries";

const key = (value: string, expectedAccount: string | null = null): SignIn => ({
  scheme: "bearer",
  apiKey: Secret.of(value),
  expectedAccount,
});
const password = (username: string, value: string): SignIn => ({
  scheme: "basic",
  username,
  password: Secret.of(value),
});

/** A credential whose secrets are entered one after the other, each with the wish to keep the one before. */
async function entered(db: Db, first: SignIn, ...later: SignIn[]) {
  const owner = await ownerOfCredentials(db);
  const stored = aCredential({ signIn: first });
  const id = await addCredential(db, owner, stored);
  const replaceBy = (signIn: SignIn, secretVersion: number, keepsPrevious = true) =>
    replaceSecret(db, owner, {
      replaced: { credentialId: id, secretVersion },
      ...{ baseUrl: stored.baseUrl, signIn, outcome: verified, keepsPrevious },
    });
  for (const [at, signIn] of later.entries()) await replaceBy(signIn, at + 1);
  return { owner, id, replaceBy };
}

function rowsOf(db: Db, id: string) {
  return db.select().from(credentialPreviousSecrets).where(eq(credentialPreviousSecrets.credentialId, id));
}

async function lastDetails(db: Db) {
  const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
  return event?.details;
}

describe("a secret that is entered once more", () => {
  const same: [string, SignIn, SignIn][] = [
    ["a key", key("a-key"), key("a-key")],
    ["a key, for another account", key("a-key"), key("a-key", "jcitizen")],
    ["a key, now as a password", key("a-key"), password("jcitizen", "a-key")],
    ["a password", password("jcitizen", "a-word"), password("jcitizen", "a-word")],
    [
      "a password, its user written otherwise",
      password("jcitizen", "a-word"),
      password("JCitizen", "a-word"),
    ],
  ];
  it.each(same)("is not kept as its own previous one: %s", (_, first, second) =>
    withRollback(async (db) => {
      const { id } = await entered(db, first, second);
      expect(await rowsOf(db, id)).toEqual([]);
      expect(await lastDetails(db)).toMatchObject({ secretVersion: 2, isPreviousKept: false });
    }),
  );

  it("is another one for another user", () =>
    withRollback(async (db) => {
      const { id } = await entered(db, password("jcitizen", "a-word"), password("omar", "a-word"));
      expect(await rowsOf(db, id)).toMatchObject([{ version: 1, username: "jcitizen" }]);
    }));
});

describe("a secret whose kind the policy refuses by now", () => {
  it("is not kept: it could not be switched back to", () =>
    withRollback(async (db) => {
      const { owner, id, replaceBy } = await entered(db, password("jcitizen", "a-word"));
      const administrator = await somebody(db, "administrator");
      const rules = { ...noRules, passwords: "refuse" } as const;
      await setSignInPolicy(db, administrator, { server: null, version: 0, ...rules });
      await replaceBy(key("a-key"), 1);
      expect(await rowsOf(db, id)).toEqual([]);
      expect(await lastDetails(db)).toMatchObject({ isPreviousKept: false });
      await replaceBy(key("another-key"), 2);
      expect(await rowsOf(db, id)).toMatchObject([{ version: 2, method: "api-key" }]);
      expect(owner.userId).not.toBe(administrator.userId);
    }));
});

describe("the audit log of a kept secret that is deleted", () => {
  it("says so at a further replacement, and only if there was one", () =>
    withRollback(async (db) => {
      const { replaceBy } = await entered(db, key("one"), key("two"));
      expect(await lastDetails(db)).not.toHaveProperty("isPreviousDeleted");
      await replaceBy(key("three"), 2);
      expect(await lastDetails(db)).toMatchObject({ isPreviousKept: true, isPreviousDeleted: true });
      await replaceBy(key("four"), 3, false);
      expect(await lastDetails(db)).toMatchObject({ isPreviousKept: false, isPreviousDeleted: true });
      await replaceBy(key("five"), 4, false);
      expect(await lastDetails(db)).not.toHaveProperty("isPreviousDeleted");
    }));

  it.each([true, false])("says so at a transfer: %s", (wasKept) =>
    withRollback(async (db) => {
      const { owner, id: credentialId, replaceBy } = await entered(db, key("one"), key("two"));
      if (!wasKept) await replaceBy(key("three"), 2, false);
      const recipient = await somebody(db);
      await offerTransfer(db, owner, { credentialId, toUserId: recipient.userId });
      const side = await findTransfer(db, recipient, credentialId);
      if (side?.side !== "recipient") throw new Error("the recipient sees no offer");
      await acceptTransfer(db, recipient, { credentialId, transferId: side.transferId, name: "Mine" });
      const details = await lastDetails(db);
      expect(details).toMatchObject({ name: "Mine" });
      expect(details).toEqual(wasKept ? expect.objectContaining({ isPreviousDeleted: true }) : details);
      if (!wasKept) expect(details).not.toHaveProperty("isPreviousDeleted");
    }),
  );
});
