import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, checks, credentialGrants, credentialSecrets, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { deleteCredential } from "@/lib/credentials/deletion/mutations";
import { openSecret } from "@/lib/credentials/secrets/store";
import type { Db } from "@/lib/db/types";
import { addEndpoint, deleteEndpoint } from "@/lib/endpoints/mutations";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { addCredential, editCredential, type NewSecret, replaceSecret } from "./mutations";
import { credentialRoles, type GrantableCredentialRole } from "./policy";
import { findChangeable, getCredentialTile } from "./queries";

const firstServer = baseUrlAt("https://bitbucket.example.com");
const elsewhere = baseUrlAt("https://elsewhere.example.com");

async function stored(db: Db, owner?: Actor) {
  const actor = owner ?? (await ownerOfCredentials(db));
  return { owner: actor, id: await addCredential(db, actor, aCredential({ baseUrl: firstServer })) };
}

async function withRole(db: Db, owner: Actor, id: string, role: GrantableCredentialRole): Promise<Actor> {
  const actor = await somebody(db);
  await grantCredential(db, owner, id, { userId: actor.userId }, role);
  return actor;
}

function aSecret(credentialId: string, changes: Partial<NewSecret> = {}): NewSecret {
  return {
    replaced: { credentialId, secretVersion: 1 },
    baseUrl: firstServer,
    signIn: { scheme: "bearer", apiKey: Secret.of("canary-new-key"), expectedAccount: null },
    outcome: verified,
    ...changes,
  };
}

function anEndpoint(db: Db, actor: Actor, credentialId: string, name: string): Promise<string> {
  const kind = aRepositorySource;
  return addEndpoint(db, actor, { ...kind, credentialId, name, description: "" });
}

/** All that is stored of one credential, as text, so that any change shows. */
async function everythingOf(db: Db, id: string): Promise<string> {
  const rows = [
    await db.select().from(credentials).where(eq(credentials.id, id)),
    await db.select().from(credentialSecrets).where(eq(credentialSecrets.credentialId, id)),
    await db.select().from(checks).where(eq(checks.credentialId, id)),
  ];
  return JSON.stringify(rows);
}

async function lastEvent(db: Db) {
  const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
  return event;
}

/** Every change of one credential, as the matrix below asks for it. */
const changes = {
  edit: (db: Db, actor: Actor, credentialId: string) =>
    editCredential(db, actor, { credentialId, version: 1, name: "Other", description: "" }),
  replaceSecret: (db: Db, actor: Actor, id: string) =>
    replaceSecret(db, actor, aSecret(id, { baseUrl: elsewhere })),
  delete: deleteCredential,
};
const names = Object.keys(changes) as (keyof typeof changes)[]; // Object.keys loses the names' type.

describe("who may change a credential", () => {
  const cases = names.flatMap((change) => credentialRoles.map((role) => [change, role] as const));

  it.each(cases)("%s: %s, and to a collaborator it is refused and changes nothing", (change, role) =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const actor = role === "owner" ? owner : await withRole(db, owner, id, role);
      const before = await everythingOf(db, id);
      const attempt = changes[change](db, actor, id);
      if (role === "collaborator") {
        await expect(attempt).rejects.toMatchObject({ code: "NOT_ALLOWED" });
        expect(await everythingOf(db, id)).toBe(before);
        return;
      }
      await attempt;
      expect(await everythingOf(db, id)).not.toBe(before);
    }),
  );

  it.each(names)("%s: to others it is absent, like one that never was", (change) =>
    withRollback(async (db) => {
      const { id } = await stored(db);
      const other = await somebody(db, "administrator");
      const before = await everythingOf(db, id);
      for (const target of [id, randomUUID()]) {
        await expect(changes[change](db, other, target)).rejects.toMatchObject({
          code: "NOT_FOUND",
          message: "There is no such credential, or it is not yours to see.",
        });
      }
      expect(await everythingOf(db, id)).toBe(before);
    }),
  );

  it.each(names)("%s does not happen when its event cannot be written", (change) =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const before = await everythingOf(db, id);
      await db.execute(
        sql`alter table audit_events add constraint broken check (event = 'credential.added') not valid`,
      );
      await expect(changes[change](db, owner, id)).rejects.toThrow();
      expect(await everythingOf(db, id)).toBe(before);
    }),
  );
});

describe("editing a credential", () => {
  it("changes name and description, leaves secret and status, and says which fields", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const edit = { credentialId: id, version: 1, name: "Renamed", description: "For imports" };
      expect(await editCredential(db, owner, edit)).toMatchObject({ saved: true });
      expect(await getCredentialTile(db, owner, id)).toMatchObject({
        name: "Renamed",
        description: "For imports",
        status: "verified",
      });
      expect(await lastEvent(db)).toMatchObject({
        event: "credential.edited",
        subjectId: id,
        details: { fields: ["name", "description"], name: "Renamed", previousName: "Data platform" },
      });
    }));

  it("of one that was saved meanwhile changes nothing and returns the current values", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const administrator = await withRole(db, owner, id, "administrator");
      const edit = { credentialId: id, version: 1, description: "" };
      await editCredential(db, administrator, { ...edit, name: "First" });
      const second = await editCredential(db, owner, { ...edit, name: "Second" });
      expect(second).toEqual({ saved: false, now: { name: "First", description: "", tags: [], version: 2 } });
      expect(await findChangeable(db, owner, id)).toMatchObject({ name: "First", version: 2 });
    }));

  it("without any change leaves version and log alone", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const events = await db.$count(auditEvents);
      const edit = { credentialId: id, version: 1, name: "Data platform", description: "" };
      expect(await editCredential(db, owner, edit)).toMatchObject({ saved: true });
      expect(await findChangeable(db, owner, id)).toMatchObject({ version: 1 });
      expect(await db.$count(auditEvents)).toBe(events);
    }));

  it("to a name that its owner uses, ignoring case, is refused at the field for every editor", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      await addCredential(db, owner, aCredential({ name: "Taken" }));
      const administrator = await withRole(db, owner, id, "administrator");
      for (const actor of [owner, administrator]) {
        const edit = { credentialId: id, version: 1, name: "TAKEN", description: "" };
        await expect(editCredential(db, actor, edit)).rejects.toMatchObject({
          code: "CONFLICT",
          fieldErrors: { name: expect.stringContaining("Choose another name") },
        });
      }
      expect(await findChangeable(db, owner, id)).toMatchObject({ name: "Data platform", version: 1 });
    }));

  it("to a name that only the editing administrator uses is fine", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const administrator = await withRole(db, owner, id, "administrator");
      await addCredential(db, administrator, aCredential({ name: "Theirs" }));
      const edit = { credentialId: id, version: 1, name: "Theirs", description: "" };
      expect(await editCredential(db, administrator, edit)).toMatchObject({ saved: true });
    }));
});

describe("replacing a secret", () => {
  it("stores the next version, sealed for its owner and its server, with its first check", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const administrator = await withRole(db, owner, id, "administrator");
      await replaceSecret(db, administrator, aSecret(id, { baseUrl: elsewhere }));
      const place = { credentialId: id, ownerId: owner.userId, baseUrl: elsewhere, version: 2 };
      expect((await openSecret(db, place)).use((text) => text)).toBe("canary-new-key");
      expect(await findChangeable(db, owner, id)).toMatchObject({
        baseUrl: elsewhere.href,
        method: "api-key",
        username: null,
        secretVersion: 2,
        version: 2,
      });
      expect(await getCredentialTile(db, owner, id)).toMatchObject({ status: "verified" });
      const event = await lastEvent(db);
      const moved = { baseUrl: elsewhere.href, previousBaseUrl: firstServer.href };
      expect(event).toMatchObject({
        event: "credential.secret-replaced",
        actorId: administrator.userId,
        subjectId: id,
        details: { secretVersion: 2, ...moved, verdict: "verified" },
      });
      expect(JSON.stringify(event)).not.toContain("canary");
    }));

  it("leaves nothing of the old secret, which opens for no place any more", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const [old] = await db.select().from(credentialSecrets);
      await replaceSecret(db, owner, aSecret(id));
      const kept = await db.select().from(credentialSecrets);
      expect(kept.map(({ version }) => version)).toEqual([2]);
      expect(kept[0]?.sealed).not.toEqual(old?.sealed);
      // Restored by an attacker with database access, the old secret opens neither as the new version nor for the new
      // server.
      await db.update(credentialSecrets).set({ sealed: old?.sealed ?? Buffer.alloc(0) });
      const place = { credentialId: id, ownerId: owner.userId, version: 2 };
      for (const baseUrl of [firstServer, elsewhere]) {
        await expect(openSecret(db, { ...place, baseUrl })).rejects.toMatchObject({ code: "TAMPERED" });
      }
    }));

  it("without a check makes it unproven, whatever the old secret's status was", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      await replaceSecret(db, owner, aSecret(id, { outcome: null }));
      expect(await getCredentialTile(db, owner, id)).toMatchObject({ status: "unproven", account: null });
      expect(await lastEvent(db)).toMatchObject({ details: { verdict: "unchecked" } });
    }));

  it("that another user has replaced meanwhile changes nothing", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      await replaceSecret(db, owner, aSecret(id));
      const before = await everythingOf(db, id);
      const late = aSecret(id, { baseUrl: elsewhere });
      await expect(replaceSecret(db, owner, late)).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await everythingOf(db, id)).toBe(before);
    }));
});

describe("deleting a credential", () => {
  it("deletes its secret, checks and grants, too, and is recorded with name and server", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const administrator = await withRole(db, owner, id, "administrator");
      expect(await deleteCredential(db, administrator, id)).toBeNull();
      for (const table of [credentials, credentialSecrets, checks, credentialGrants]) {
        expect(await db.$count(table)).toBe(0);
      }
      expect(await lastEvent(db)).toMatchObject({
        event: "credential.deleted",
        subjectId: id,
        details: { name: "Data platform", baseUrl: firstServer.href },
      });
    }));

  it("in use is refused: visible uses by name, the rest only counted", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const user = await withRole(db, owner, id, "collaborator");
      const own = await anEndpoint(db, owner, id, "Own");
      const shared = await anEndpoint(db, user, id, "Shared with the owner");
      await grantEndpoint(db, user, shared, { userId: owner.userId }, "collaborator");
      const hidden = await anEndpoint(db, user, id, "Hidden");
      const before = await everythingOf(db, id);
      const uses = await deleteCredential(db, owner, id);
      expect(uses).toMatchObject({ visible: 2, total: 3 });
      expect(new Set(uses?.shown.map((use) => use.id))).toEqual(new Set([own, shared]));
      expect(JSON.stringify(uses)).not.toContain("Hidden");
      expect(JSON.stringify(uses)).not.toContain(hidden);
      expect(await everythingOf(db, id)).toBe(before);
    }));

  it("goes through once the last use is gone", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      const endpoint = await anEndpoint(db, owner, id, "Last");
      expect(await deleteCredential(db, owner, id)).not.toBeNull();
      await deleteEndpoint(db, owner, endpoint);
      expect(await deleteCredential(db, owner, id)).toBeNull();
    }));

  it("lists a bounded number of uses by name and counts them all", () =>
    withRollback(async (db) => {
      const { owner, id } = await stored(db);
      for (let number = 0; number < 23; number += 1) await anEndpoint(db, owner, id, `Source ${number}`);
      const uses = await deleteCredential(db, owner, id);
      expect(uses?.shown).toHaveLength(20);
      expect(uses).toMatchObject({ visible: 23, total: 23 });
    }));
});
