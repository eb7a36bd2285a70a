import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, checks, credentialAvatars, credentials } from "@/drizzle/schema";
import type { SignIn, VerifiedOutcome } from "@/lib/connectors/types";
import { findAvatar, findEditableKeyEnd, findLatestDetails } from "@/lib/credentials/details-queries";
import { addCredential, recordCheck, replaceSecret, setKeyEnd } from "@/lib/credentials/mutations";
import { getCredentialTile } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";

const now = new Date("2026-11-25T00:00:00Z");
const key: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };
const image = Buffer.from("\u0089PNG\r\n\u001a\n\u0000\u00ff", "latin1");
const rich: VerifiedOutcome = {
  ...verified,
  keyKind: "user",
  keyEndsAt: "2026-12-01T12:00:00.000Z",
  allowance: { kind: "limited", atOnce: 60, perSecond: 5 },
  certificate: {
    validFrom: "2026-01-01T00:00:00.000Z",
    validTo: "2027-06-01T00:00:00.000Z",
    sha256: "0A:1B",
  },
  avatar: { mediaType: "image/png", image },
};
const keyWith = (changes: Partial<VerifiedOutcome>) =>
  aCredential({ signIn: key, outcome: { ...rich, ...changes } });

/** A new secret of the same credential, not checked yet. */
async function replaceSecretUnchecked(db: Db, id: string): Promise<void> {
  await db.update(credentials).set({ secretVersion: 2 }).where(eq(credentials.id, id));
}

describe("the details of a credential", () => {
  it("are what its latest check found", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, keyWith({}));
      expect(await findLatestDetails(db, actor, id, now)).toEqual({
        method: "api-key",
        checkedAt: expect.any(String),
        account: { name: "jcitizen", displayName: "Jane Citizen", active: true, hasAvatar: true },
        server: {
          version: "9.4.3",
          support: expect.objectContaining({ state: "ends-soon", lastDay: "2026-12-03" }),
        },
        access: verified.access,
        keyKind: "user",
        keyEnd: { saidBy: "server", at: "2026-12-01T12:00:00.000Z" },
        allowance: { kind: "limited", atOnce: 60, perSecond: 5 },
        roundTripMs: 12,
        certificateEndsAt: "2027-06-01T00:00:00.000Z",
      });
    }));

  it("of a check by an earlier version of the portal have fewer fields", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential());
      const count = { count: 3, more: false };
      const access = { projects: count, readable: count, writable: count, administrable: count };
      await db.update(checks).set({ record: { access, warnings: [], steps: [] } });
      expect(await findLatestDetails(db, actor, id, now)).toMatchObject({
        account: { name: "jcitizen", active: null, hasAvatar: false },
        access: { ...access, projectRights: null },
        keyKind: null,
        roundTripMs: null,
      });
      expect(await getCredentialTile(db, actor, id)).toMatchObject({ access: { projectRights: null } });
    }));

  it("are none of a secret that no check has proven", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, keyWith({}));
      await replaceSecretUnchecked(db, id);
      expect(await findLatestDetails(db, actor, id, now)).toBeNull();
      expect(await findAvatar(db, actor, id)).toBeNull();
    }));
});

describe("the picture of an account", () => {
  it("comes back as it was found, and is replaced by the next good check", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, keyWith({}));
      expect(await findAvatar(db, actor, id)).toEqual({ mediaType: "image/png", image });
      const gif = { mediaType: "image/gif", image: Buffer.from("GIF89a") } as const;
      const checked = { credentialId: id, secretVersion: 1 };
      await recordCheck(db, actor, checked, { ...rich, avatar: gif });
      expect(await findAvatar(db, actor, id)).toEqual(gif);
      const outage = { kind: "failed", step: "connection", reason: "UNREACHABLE", steps: [] } as const;
      await recordCheck(db, actor, checked, outage);
      expect(await findAvatar(db, actor, id)).toEqual(gif);
      await recordCheck(db, actor, checked, { ...rich, avatar: null });
      expect(await findAvatar(db, actor, id)).toBeNull();
      expect(await db.$count(credentialAvatars)).toBe(0);
    }));
});

describe("another user", () => {
  it.each(["another's", "random", "malformed"])("sees nothing for an id that is %s", (kind) =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const others = await addCredential(db, owner, keyWith({}));
      const id = { "another's": others, random: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" }[kind] ?? "nonsense";
      expect(await findLatestDetails(db, other, id, now)).toBeNull();
      expect(await findAvatar(db, other, id)).toBeNull();
      expect(await findEditableKeyEnd(db, other, id)).toBeNull();
      const input = { credentialId: id, secretVersion: 1, previous: null, keyExpiresOn: "2027-01-31" };
      await expect(setKeyEnd(db, other, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }),
  );
});

describe("the end of a key, entered by a user", () => {
  it("is stored with its event, shown, warned of, and can be removed again", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, keyWith({ keyEndsAt: null }));
      const form = await findEditableKeyEnd(db, actor, id);
      expect(form).toEqual({ credentialId: id, secretVersion: 1, keyExpiresOn: null });
      const input = { credentialId: id, secretVersion: 1 };
      await setKeyEnd(db, actor, { ...input, previous: null, keyExpiresOn: "2000-01-31" });
      expect(await findLatestDetails(db, actor, id, now)).toMatchObject({
        keyEnd: { saidBy: "person", day: "2000-01-31" },
      });
      expect((await getCredentialTile(db, actor, id)).warnings).toContain("KEY_ENDED");
      const event = eq(auditEvents.event, "credential.key-end-set");
      const [told] = await db.select().from(auditEvents).where(event);
      expect(told).toMatchObject({ subjectId: id, details: { keyExpiresOn: "2000-01-31" } });
      await setKeyEnd(db, actor, { ...input, previous: "2000-01-31", keyExpiresOn: null });
      expect(await findLatestDetails(db, actor, id, now)).toMatchObject({ keyEnd: null });
    }));

  it.each<[string, Partial<Parameters<typeof setKeyEnd>[2]>]>([
    ["the day was changed meanwhile", { previous: "2027-01-31" }],
    ["the key was replaced meanwhile", { secretVersion: 2 }],
  ])("is refused when %s, and changes nothing", (_what, changes) =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, keyWith({ keyEndsAt: null }));
      const input = { credentialId: id, secretVersion: 1, previous: null, keyExpiresOn: "2027-05-01" };
      const late = setKeyEnd(db, actor, { ...input, ...changes });
      await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await findEditableKeyEnd(db, actor, id)).toMatchObject({ keyExpiresOn: null });
    }),
  );

  it("goes with the key that it spoke of, and so does the picture of that key's account", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, keyWith({ keyEndsAt: null }));
      const replaced = { credentialId: id, secretVersion: 1 };
      await setKeyEnd(db, actor, { ...replaced, previous: null, keyExpiresOn: "2027-01-31" });
      const signIn = { ...key, apiKey: Secret.of("canary-key-2") };
      await replaceSecret(db, actor, { ...aCredential(), replaced, signIn, outcome: null });
      expect(await findEditableKeyEnd(db, actor, id)).toMatchObject({ secretVersion: 2, keyExpiresOn: null });
      expect(await findAvatar(db, actor, id)).toBeNull();
    }));

  it("is not for a collaborator to set, who still sees the details", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const id = await addCredential(db, owner, keyWith({}));
      await grantCredential(db, owner, id, { userId: other.userId }, "collaborator");
      expect(await findLatestDetails(db, other, id, now)).toMatchObject({ keyKind: "user" });
      expect(await findEditableKeyEnd(db, other, id)).toBeNull();
      const input = { credentialId: id, secretVersion: 1, previous: null, keyExpiresOn: "2027-01-31" };
      await expect(setKeyEnd(db, other, input)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }));

  it("is nothing that a password has", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential());
      expect(await findEditableKeyEnd(db, actor, id)).toBeNull();
      const input = { credentialId: id, secretVersion: 1, previous: null, keyExpiresOn: "2027-01-31" };
      await expect(setKeyEnd(db, actor, input)).rejects.toMatchObject({ code: "CONFLICT" });
    }));
});
