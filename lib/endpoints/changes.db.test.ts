import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentials, endpointGrants, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { activateEndpoint, addEndpoint, deleteEndpoint, editEndpoint, pauseEndpoint } from "./mutations";
import { endpointRoles, type GrantableEndpointRole } from "./policy";
import { findEndpoint, findEndpointToEdit } from "./queries";

const kind = aRepositorySource;

async function aSource(db: Db, owner?: Actor) {
  const actor = owner ?? (await ownerOfCredentials(db));
  const credentialId = await addCredential(db, actor, aCredential({ name: randomUUID() }));
  const id = await addEndpoint(db, actor, { ...kind, credentialId, name: "Commits", description: "All" });
  return { owner: actor, id, credentialId };
}

async function withRole(db: Db, owner: Actor, id: string, role: GrantableEndpointRole): Promise<Actor> {
  const actor = await somebody(db);
  await grantEndpoint(db, owner, id, { userId: actor.userId }, role);
  return actor;
}

async function rowOf(db: Db, id: string) {
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id));
  return row;
}

async function lastEvent(db: Db) {
  const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
  return event;
}

/** Every write of this domain on one source, as the matrix below asks for it. */
const writes = {
  edit: (db: Db, actor: Actor, id: string) =>
    editEndpoint(db, actor, {
      endpointId: id,
      version: 1,
      name: "Other",
      description: "",
      credentialId: null,
    }),
  pause: pauseEndpoint,
  activate: activateEndpoint,
  delete: deleteEndpoint,
};

const mayWrite: Record<keyof typeof writes, readonly string[]> = {
  edit: ["owner", "administrator"],
  pause: ["owner", "administrator", "operator"],
  activate: ["owner", "administrator", "operator"],
  delete: ["owner", "administrator"],
};

const cases = Object.keys(writes).flatMap((write) =>
  endpointRoles.map((role) => [write as keyof typeof writes, role] as const),
);

describe("who may change a source or destination", () => {
  it.each(cases)("%s: %s, as the policy says, and nothing changes where it says no", (write, role) =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      const actor = role === "owner" ? owner : await withRole(db, owner, id, role);
      const before = await rowOf(db, id);
      const attempt = writes[write](db, actor, id);
      if (mayWrite[write].includes(role)) {
        await attempt;
        return;
      }
      await expect(attempt).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await rowOf(db, id)).toEqual(before);
    }),
  );

  it.each(Object.keys(writes) as (keyof typeof writes)[])(
    "%s: to others it is absent, like one that never was",
    (write) =>
      withRollback(async (db) => {
        const { id } = await aSource(db);
        const other = await somebody(db, "administrator");
        for (const target of [id, randomUUID()]) {
          await expect(writes[write](db, other, target)).rejects.toMatchObject({
            code: "NOT_FOUND",
            message: "There is no such source or destination, or it is not yours to see.",
          });
        }
      }),
  );
});

describe("editing a source or destination", () => {
  it("changes what was changed, and says which fields", () =>
    withRollback(async (db) => {
      const { owner, id, credentialId } = await aSource(db);
      const edit = { endpointId: id, version: 1, name: "Commits", description: "Some", credentialId: null };
      expect(await editEndpoint(db, owner, edit)).toMatchObject({ saved: true });
      expect(await rowOf(db, id)).toMatchObject({ description: "Some", credentialId, version: 2 });
      expect(await lastEvent(db)).toMatchObject({
        event: "flow.edited",
        subjectId: id,
        details: { fields: ["description"], name: "Commits", previousName: "Commits" },
      });
    }));

  it("of an item that was saved meanwhile changes nothing and returns the current values", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      const edit = { endpointId: id, version: 1, description: "", credentialId: null };
      await editEndpoint(db, owner, { ...edit, name: "First" });
      const second = await editEndpoint(db, owner, { ...edit, name: "Second" });
      const now = { direction: "source", name: "First", description: "", version: 2 };
      expect(second).toEqual({ saved: false, now });
      expect(await rowOf(db, id)).toMatchObject({ name: "First", version: 2 });
    }));

  it("without any change leaves version and log alone", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      const events = await db.$count(auditEvents);
      await editEndpoint(db, owner, {
        endpointId: id,
        version: 1,
        name: "Commits",
        description: "All",
        credentialId: null,
      });
      expect(await rowOf(db, id)).toMatchObject({ version: 1 });
      expect(await db.$count(auditEvents)).toBe(events);
    }));

  it("to a name that its owner uses is refused at the field, whoever edits", () =>
    withRollback(async (db) => {
      const { owner, id, credentialId } = await aSource(db);
      await addEndpoint(db, owner, { ...kind, credentialId, name: "Taken", description: "" });
      const administrator = await withRole(db, owner, id, "administrator");
      const edit = { endpointId: id, version: 1, name: "TAKEN", description: "", credentialId: null };
      await expect(editEndpoint(db, administrator, edit)).rejects.toMatchObject({
        code: "CONFLICT",
        fieldErrors: { name: expect.stringContaining("Choose another name") },
      });
    }));
});

describe("another credential for a source", () => {
  it("can be any that actor and owner may use", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      const other = await addCredential(db, owner, aCredential({ name: "Another" }));
      const edit = { endpointId: id, version: 1, name: "Commits", description: "All", credentialId: other };
      await editEndpoint(db, owner, edit);
      expect(await rowOf(db, id)).toMatchObject({ credentialId: other });
      expect(await lastEvent(db)).toMatchObject({ details: { fields: ["credential"], credentialId: other } });
    }));

  it("cannot be one that the actor does not see: it is absent", () =>
    withRollback(async (db) => {
      const { owner, id, credentialId } = await aSource(db);
      const theirs = await addCredential(db, await somebody(db), aCredential());
      const edit = { endpointId: id, version: 1, name: "Commits", description: "All" };
      for (const target of [theirs, randomUUID()]) {
        await expect(editEndpoint(db, owner, { ...edit, credentialId: target })).rejects.toMatchObject({
          code: "NOT_FOUND",
          message: "There is no such credential, or it is not yours to see.",
        });
      }
      expect(await rowOf(db, id)).toMatchObject({ credentialId, version: 1 });
    }));

  it("cannot be one that its owner may not use, until it is shared with the owner", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      const administrator = await withRole(db, owner, id, "administrator");
      const theirs = await addCredential(db, administrator, aCredential());
      const edit = { endpointId: id, version: 1, name: "Commits", description: "All", credentialId: theirs };
      await expect(editEndpoint(db, administrator, edit)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fieldErrors: { credentialId: expect.stringContaining("shared") },
      });
      await grantCredential(db, administrator, theirs, { userId: owner.userId }, "collaborator");
      expect(await editEndpoint(db, administrator, edit)).toMatchObject({ saved: true });
    }));

  it("is not required if it stays: a user who does not see it can still edit the name", () =>
    withRollback(async (db) => {
      const { owner, id, credentialId } = await aSource(db);
      const administrator = await withRole(db, owner, id, "administrator");
      const edit = { endpointId: id, version: 1, name: "Renamed", description: "", credentialId: null };
      expect(await editEndpoint(db, administrator, edit)).toMatchObject({ saved: true });
      expect(await rowOf(db, id)).toMatchObject({ name: "Renamed", credentialId });
    }));
});

describe("pausing and activating", () => {
  it("remembers who paused and when, and forgets it again", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      const operator = await withRole(db, owner, id, "operator");
      await pauseEndpoint(db, operator, id);
      expect(await rowOf(db, id)).toMatchObject({
        pausedAt: expect.any(Date),
        pausedBy: operator.userId,
        version: 1,
      });
      expect(await lastEvent(db)).toMatchObject({ event: "flow.paused", actorId: operator.userId });
      await activateEndpoint(db, owner, id);
      expect(await rowOf(db, id)).toMatchObject({ pausedAt: null, pausedBy: null });
      expect(await lastEvent(db)).toMatchObject({ event: "flow.activated", actorId: owner.userId });
    }));

  it("twice is the same as once: the first user's name stays, and one event is recorded", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      const operator = await withRole(db, owner, id, "operator");
      await pauseEndpoint(db, operator, id);
      const paused = await rowOf(db, id);
      const events = await db.$count(auditEvents);
      await pauseEndpoint(db, owner, id);
      expect(await rowOf(db, id)).toEqual(paused);
      expect(await db.$count(auditEvents)).toBe(events);
    }));
});

describe("deleting a source or destination", () => {
  it("takes its grants along, leaves its credential, and is told with its name", () =>
    withRollback(async (db) => {
      const { owner, id, credentialId } = await aSource(db);
      const administrator = await withRole(db, owner, id, "administrator");
      expect(await deleteEndpoint(db, administrator, id)).toEqual({ direction: "source", name: "Commits" });
      expect(await db.$count(endpoints)).toBe(0);
      expect(await db.$count(endpointGrants)).toBe(0);
      expect(await db.$count(credentials, eq(credentials.id, credentialId))).toBe(1);
      expect(await lastEvent(db)).toMatchObject({
        event: "flow.deleted",
        subjectId: id,
        details: { direction: "source", name: "Commits", credentialId },
      });
    }));
});

describe("a change whose event cannot be written", () => {
  it.each(Object.keys(writes) as (keyof typeof writes)[])("%s does not happen", (write) =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      if (write === "activate") await pauseEndpoint(db, owner, id);
      const before = await rowOf(db, id);
      await db.execute(
        sql`alter table audit_events add constraint broken check (event not like 'flow.%') not valid`,
      );
      await expect(writes[write](db, owner, id)).rejects.toThrow();
      expect(await rowOf(db, id)).toEqual(before);
    }),
  );
});

describe("what the edit form starts from", () => {
  it("offers the credentials that both reader and owner may use, and no others", () =>
    withRollback(async (db) => {
      const { owner, id, credentialId } = await aSource(db);
      const administrator = await withRole(db, owner, id, "administrator");
      await addCredential(db, administrator, aCredential({ name: "Theirs alone" }));
      const shared = await addCredential(db, administrator, aCredential({ name: "Of both" }));
      await grantCredential(db, administrator, shared, { userId: owner.userId }, "collaborator");
      const choicesFor = async (actor: Actor) =>
        (await findEndpointToEdit(db, actor, "source", id))?.choices.map((choice) => choice.id).sort();
      expect(await choicesFor(owner)).toEqual([credentialId, shared].sort());
      expect(await choicesFor(administrator)).toEqual([shared]);
      expect(await findEndpointToEdit(db, await somebody(db), "source", id)).toBeNull();
      expect(await findEndpointToEdit(db, owner, "destination", id)).toBeNull();
    }));

  it("and the page shows since when it is paused, and by whom", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db);
      expect(await findEndpoint(db, owner, "source", id)).toMatchObject({ paused: null });
      const operator = await withRole(db, owner, id, "operator");
      await pauseEndpoint(db, operator, id);
      expect(await findEndpoint(db, owner, "source", id)).toMatchObject({
        paused: { since: expect.any(String), byName: operator.name },
      });
    }));
});
