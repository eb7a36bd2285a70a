import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentialSecrets } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { CheckOutcome, SignIn } from "@/lib/connectors/types";
import { currentDataKey } from "@/lib/crypto/data-keys";
import type { Db } from "@/lib/db/types";
import { rotateData } from "@/lib/keys/mutations";
import { resealAll } from "@/lib/keys/reseal-all";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import { aVisitor, somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";
import { acceptTransfer, offerTransfer } from "@/lib/transfers/mutations";
import { findTransfer } from "@/lib/transfers/queries";
import { addCredential, recordCheck, replaceSecret } from "./mutations";
import { findCredentialDetails, listEqualSecrets } from "./queries";

const key = (text: string, expectedAccount: string | null = null): SignIn => ({
  ...{ scheme: "bearer", apiKey: Secret.of(text), expectedAccount },
});
const password = (username: string, text: string): SignIn => ({
  ...{ scheme: "basic", username, password: Secret.of(text) },
});
const baseUrl = baseUrlAt("https://bitbucket.example.com");

const refusedOutcome = {
  ...{ kind: "failed", step: "signedIn", reason: "SECRET_REJECTED", steps: [] },
} as const satisfies CheckOutcome;

const add = (db: Db, owner: Actor, name: string, signIn: SignIn, at = baseUrl) =>
  addCredential(db, owner, aCredential({ name, signIn, baseUrl: at }));

async function equalsOf(db: Db, actor: Actor, id: string): Promise<string[] | undefined> {
  return (await findCredentialDetails(db, actor, id))?.equals.map(({ name }) => name);
}

const fingerprintOf = async (db: Db, id: string) =>
  (await db.select().from(credentialSecrets).where(eq(credentialSecrets.credentialId, id)))[0]?.fingerprint;

describe("credentials with the same secret", () => {
  it("name each other, by name, whatever account was typed beside the API key", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const one = await add(db, owner, "One", key("canary-key"));
      expect(await equalsOf(db, owner, one)).toEqual([]);
      await add(db, owner, "Zwei", key("canary-key", "jcitizen"));
      const id = await add(db, owner, "Ähnlich", key("canary-key"));
      await add(db, owner, "Other key", key("canary-key-2"));
      expect(await equalsOf(db, owner, one)).toEqual(["Ähnlich", "Zwei"]);
      expect(await equalsOf(db, owner, id)).toEqual(["One", "Zwei"]);
    }));

  it("are those of the same user, ignoring case, and the same password; and never of another server", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const one = await add(db, owner, "One", password("jcitizen", "canary"));
      await add(db, owner, "Same", password("JCitizen", "canary"));
      await add(db, owner, "Other password", password("jcitizen", "Canary"));
      await add(db, owner, "Other user", password("jcitizen2", "canary"));
      await add(db, owner, "A key", key("canary", "jcitizen"));
      for (const [name, at] of [
        ["Other path", "https://bitbucket.example.com/git"],
        ["Other port", "https://bitbucket.example.com:8443"],
      ] as const) {
        const other = await add(db, owner, name, password("jcitizen", "canary"), baseUrlAt(at));
        expect(await fingerprintOf(db, other)).not.toBe(await fingerprintOf(db, one));
      }
      expect(await equalsOf(db, owner, one)).toEqual(["Same"]);
    }));

  it("are named to a reader who sees them, and neither named nor counted to others", () =>
    withRollback(async (db) => {
      const [owner, reader] = [await ownerOfCredentials(db), await somebody(db)];
      const [hidden, other] = [
        await add(db, owner, "Hidden", key("canary-key")),
        await add(db, owner, "Also hidden", key("canary-key")),
      ];
      const own = await add(db, reader, "Own", key("canary-key"));
      expect(await equalsOf(db, reader, own)).toEqual([]);
      expect(await equalsOf(db, owner, hidden)).toEqual(["Also hidden"]);
      await grantCredential(db, owner, other, { userId: reader.userId }, "collaborator");
      expect(await equalsOf(db, reader, own)).toEqual(["Also hidden"]);
      expect(await equalsOf(db, reader, other)).toEqual(["Own"]);
      expect(await equalsOf(db, reader, hidden)).toBeUndefined();
    }));

  it("are not named before both have signed in, so that nobody can guess a shared secret without a server", () =>
    withRollback(async (db) => {
      const [owner, guesser] = [await ownerOfCredentials(db), await somebody(db)];
      const shared = await add(db, owner, "Shared", password("jcitizen", "canary"));
      await grantCredential(db, owner, shared, { userId: guesser.userId }, "collaborator");
      const guess = { name: "Guess", signIn: password("jcitizen", "canary"), baseUrl };
      const unchecked = await addCredential(db, guesser, aCredential({ ...guess, outcome: null }));
      const refused = aCredential({ ...guess, name: "Refused", outcome: refusedOutcome });
      const refusedId = await addCredential(db, guesser, refused);
      for (const id of [shared, unchecked, refusedId]) expect(await equalsOf(db, guesser, id)).toEqual([]);
      expect(await listEqualSecrets(db, guesser, shared)).toEqual([]);
      await recordCheck(db, guesser, { credentialId: unchecked, secretVersion: 1 }, verified);
      expect(await equalsOf(db, guesser, unchecked)).toEqual(["Shared"]);
      expect(await equalsOf(db, guesser, shared)).toEqual(["Guess"]);
      expect(await listEqualSecrets(db, guesser, shared)).toEqual([{ id: unchecked, name: "Guess" }]);
    }));

  it("are found anew when a secret is replaced, and after a transfer", () =>
    withRollback(async (db) => {
      const [owner, recipient] = [await ownerOfCredentials(db), await somebody(db)];
      const one = await add(db, owner, "One", key("canary-key"));
      const other = await add(db, owner, "Other", password("jcitizen", "canary"));
      expect(await equalsOf(db, owner, one)).toEqual([]);
      const replaced = { credentialId: other, secretVersion: 1 };
      await replaceSecret(db, owner, { replaced, baseUrl, signIn: key("canary-key"), outcome: verified });
      expect(await equalsOf(db, owner, one)).toEqual(["Other"]);
      await offerTransfer(db, owner, { credentialId: one, toUserId: recipient.userId });
      const side = await findTransfer(db, recipient, one);
      const transferId = side?.side === "recipient" ? side.transferId : "";
      await acceptTransfer(db, recipient, { credentialId: one, transferId, name: "One" });
      expect(await equalsOf(db, owner, other)).toEqual(["One"]);
      expect(await equalsOf(db, recipient, one)).toEqual([]);
    }));

  it("are found once a secret from before has been sealed again", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const [one, other] = [
        await add(db, owner, "One", key("canary-key")),
        await add(db, owner, "Other", password("jcitizen", "canary")),
      ];
      const before = [await fingerprintOf(db, one), await fingerprintOf(db, other)];
      await db.update(credentialSecrets).set({ fingerprint: null });
      const same = await add(db, owner, "Same", key("canary-key"));
      expect(await equalsOf(db, owner, same)).toEqual([]);
      const { keyRing } = portalKeys();
      await rotateData(db, aVisitor(), keyRing, (await currentDataKey(db, keyRing)).id);
      await resealAll(db, aVisitor(), keyRing, () => undefined);
      expect(await equalsOf(db, owner, same)).toEqual(["One"]);
      expect([await fingerprintOf(db, one), await fingerprintOf(db, other)]).toEqual(before);
    }));

  it("keep their fingerprints in the database, which name neither secret nor account", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await add(db, owner, "One", password("jcitizen", "canary"));
      await add(db, owner, "Same", password("jcitizen", "canary"));
      const fingerprint = (await fingerprintOf(db, id)) ?? "";
      expect(fingerprint).toMatch(/^[\w-]{43}$/);
      expect(JSON.stringify(await findCredentialDetails(db, owner, id))).not.toContain(fingerprint);
    }));
});
