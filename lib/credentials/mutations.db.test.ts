import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, checks, credentialSecrets, credentials, servers, users } from "@/drizzle/schema";
import { readBaseUrl } from "@/lib/connectors/base-url";
import type { FailedOutcome } from "@/lib/connectors/types";
import { openSecret, type SecretPlace } from "@/lib/credentials/secrets/store";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { addCredential, recordCheck } from "./mutations";
import { getCredentialTile } from "./queries";

const rejected: FailedOutcome = { kind: "failed", step: "signedIn", reason: "SECRET_REJECTED", steps: [] };
const unreachable: FailedOutcome = { kind: "failed", step: "connection", reason: "UNREACHABLE", steps: [] };

it("a user who is disabled during the check of a new credential stores nothing", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, owner.userId));
    await expect(addCredential(db, owner, aCredential())).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await db.$count(credentials)).toBe(0);
  }));

describe("adding a credential", () => {
  it("stores server, credential, sealed secret, first check and event together", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential());
      expect(await getCredentialTile(db, actor, id)).toMatchObject({
        status: "verified",
        baseUrl: "https://bitbucket.example.com",
        serverVersion: "9.4.3",
        account: { name: "jcitizen", displayName: "Jane Citizen" },
        ownerName: actor.name,
      });
      const [event] = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, id));
      expect(event).toMatchObject({
        event: "credential.added",
        actorId: actor.userId,
        requestId: actor.requestId,
      });
    }));

  it("keeps the secret in the sealed column only, and opens it again for its own place", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const baseUrl = baseUrlAt("https://bitbucket.example.com");
      const id = await addCredential(db, actor, aCredential({ baseUrl }));
      const secret = await openSecret(db, { credentialId: id, ownerId: actor.userId, baseUrl, version: 1 });
      expect(secret.use((text) => text)).toBe("canary-password");
      for (const table of [
        "credentials",
        "credential_secrets",
        "checks",
        "servers",
        "audit_events",
        "data_keys",
      ]) {
        const dump = JSON.stringify(await db.execute(sql.raw(`select t::text as line from ${table} t`)));
        expect(dump, table).not.toContain("canary");
        expect(dump, table).not.toContain(Buffer.from("canary-password").toString("hex"));
      }
    }));

  /** Moves a secret's stored row to `change` by SQL, and returns the result of opening it there. */
  async function openMoved(db: Db, change: Partial<SecretPlace>): Promise<unknown> {
    const actor = await ownerOfCredentials(db);
    const baseUrl = baseUrlAt("https://bitbucket.example.com");
    const id = await addCredential(db, actor, aCredential({ baseUrl }));
    const place = { credentialId: id, ownerId: actor.userId, baseUrl, version: 1, ...change };
    const other = await addCredential(db, actor, aCredential({ name: "Another", baseUrl }));
    await db
      .update(credentialSecrets)
      .set({ version: place.version })
      .where(eq(credentialSecrets.credentialId, id));
    if (place.credentialId !== id) {
      await db.delete(credentialSecrets).where(eq(credentialSecrets.credentialId, other));
      await db
        .update(credentialSecrets)
        .set({ credentialId: other })
        .where(eq(credentialSecrets.credentialId, id));
      place.credentialId = other;
    }
    return openSecret(db, place).catch((error: unknown) => error);
  }
  const tampered = expect.objectContaining({ code: "TAMPERED" });

  it("2 a sealed value that was swapped into another row, or another owner's, does not open", () =>
    withRollback(async (db) => {
      const absent = "00000000-0000-4000-8000-000000000000";
      expect(await openMoved(db, { credentialId: absent })).toEqual(tampered);
      expect(await openMoved(db, { ownerId: absent })).toEqual(tampered);
    }));

  it.each(["https://evil.example.com", "https://bitbucket.example.com:8443", "nonsense"])(
    "4 a base URL that was edited in SQL, to %s, opens no secret",
    (baseUrl) =>
      withRollback(async (db) =>
        expect(await openMoved(db, { baseUrl: readBaseUrl(baseUrl) })).toEqual(tampered),
      ),
  );

  it("5 an older version that is replayed does not open as a newer one", () =>
    withRollback(async (db) => expect(await openMoved(db, { version: 2 })).toEqual(tampered)));

  it("makes one server row per base URL, for all users", () =>
    withRollback(async (db) => {
      const [one, two] = [await ownerOfCredentials(db), await somebody(db)];
      await addCredential(db, one, aCredential());
      await addCredential(db, two, aCredential());
      expect(await db.$count(servers, eq(servers.baseUrl, "https://bitbucket.example.com"))).toBe(1);
    }));

  it("shows an error at the field if the actor has one of that name, ignoring case, and stores nothing of the second", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      await addCredential(db, actor, aCredential({ name: "Éclair" }));
      const before = await db.$count(auditEvents);
      const again = aCredential({ name: "éCLAIR", baseUrl: baseUrlAt("https://new.example.com") });
      await expect(addCredential(db, actor, again)).rejects.toMatchObject({
        code: "CONFLICT",
        fieldErrors: { name: expect.stringContaining("already") },
      });
      expect(await db.$count(credentials)).toBe(1);
      expect(await db.$count(servers, eq(servers.baseUrl, "https://new.example.com"))).toBe(0);
      expect(await db.$count(auditEvents)).toBe(before);
    }));

  it("lets two users use the same name", () =>
    withRollback(async (db) => {
      const [one, two] = [await ownerOfCredentials(db), await somebody(db)];
      await addCredential(db, one, aCredential());
      await expect(addCredential(db, two, aCredential())).resolves.toEqual(expect.any(String));
    }));

  it("stores nothing at all when the event cannot be written", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      await db.execute(
        sql`alter table audit_events add constraint broken check (event <> 'credential.added')`,
      );
      await expect(addCredential(db, actor, aCredential())).rejects.toThrow();
      for (const table of [credentials, servers, credentialSecrets, checks])
        expect(await db.$count(table)).toBe(0);
    }));

  it("without a check is unproven", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential({ outcome: null }));
      expect(await getCredentialTile(db, actor, id)).toMatchObject({
        status: "unproven",
        checkedAt: null,
        account: null,
      });
    }));
});

describe("recording a check", () => {
  it("gives an unproven credential its status", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential({ outcome: null }));
      await recordCheck(db, actor, { credentialId: id, secretVersion: 1 }, rejected);
      expect(await getCredentialTile(db, actor, id)).toMatchObject({ status: "rejected" });
    }));

  it("of a server that cannot be reached marks the server and leaves the latest check", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential());
      await recordCheck(db, actor, { credentialId: id, secretVersion: 1 }, unreachable);
      const down = await getCredentialTile(db, actor, id);
      expect(down).toMatchObject({ status: "verified", serverUnreachableSince: expect.any(String) });
      await recordCheck(db, actor, { credentialId: id, secretVersion: 1 }, verified);
      expect(await getCredentialTile(db, actor, id)).toMatchObject({ serverUnreachableSince: null });
    }));

  it("of an outage that lasts leaves the instant at which it was first met", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential());
      const checked = { credentialId: id, secretVersion: 1 };
      await recordCheck(db, actor, checked, unreachable);
      const { serverUnreachableSince } = await getCredentialTile(db, actor, id);
      await recordCheck(db, actor, checked, { ...unreachable, reason: "TIMED_OUT" });
      expect(await getCredentialTile(db, actor, id)).toMatchObject({ serverUnreachableSince });
    }));

  it.each<[FailedOutcome["reason"], string, unknown]>([
    ["RATE_LIMITED", "is an answer, and ends an outage", null],
    ["SECRET_REJECTED", "is an answer, and ends an outage", null],
    ["PORTAL_BUSY", "says nothing of the server", expect.any(String)],
    ["ADDRESS_NOT_ALLOWED", "says nothing of the server", expect.any(String)],
    ["CERTIFICATE_REFUSED", "leaves it as it is: nobody can ask it", expect.any(String)],
  ])("that met %s %s", (reason, _what, since) =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential());
      const checked = { credentialId: id, secretVersion: 1 };
      await recordCheck(db, actor, checked, unreachable);
      await recordCheck(db, actor, checked, { ...unreachable, reason });
      expect(await getCredentialTile(db, actor, id)).toMatchObject({ serverUnreachableSince: since });
    }),
  );

  it.each(["RATE_LIMITED", "PORTAL_BUSY", "CANCELLED", "PLAIN_HTTP_NOT_ALLOWED"] as const)(
    "that met %s is no outage of the server",
    (reason) =>
      withRollback(async (db) => {
        const actor = await ownerOfCredentials(db);
        const id = await addCredential(db, actor, aCredential());
        await recordCheck(db, actor, { credentialId: id, secretVersion: 1 }, { ...unreachable, reason });
        expect(await getCredentialTile(db, actor, id)).toMatchObject({ serverUnreachableSince: null });
      }),
  );

  it("of an earlier version of the secret changes nothing", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential());
      await db.update(credentials).set({ secretVersion: 2 }).where(eq(credentials.id, id));
      await expect(
        recordCheck(db, actor, { credentialId: id, secretVersion: 1 }, rejected),
      ).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await getCredentialTile(db, actor, id)).toMatchObject({ status: "unproven" });
    }));

  it("of another user's credential is refused like an absent one", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const id = await addCredential(db, owner, aCredential());
      await expect(
        recordCheck(db, other, { credentialId: id, secretVersion: 1 }, rejected),
      ).rejects.toThrow();
      expect(await getCredentialTile(db, owner, id)).toMatchObject({ status: "verified" });
    }));
});
