import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentialGrants, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { somebody } from "@/lib/testing/actors";
import { commentsFrom } from "@/lib/testing/comment-destination";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { addEndpoint } from "./mutations";
import { countHiddenUses, findEndpoint, listEndpoints, listEndpointsUsing } from "./queries";

function aSource(credentialId: string, name = "Repositories") {
  return {
    ...aRepositorySource,
    credentialId,
    name,
    description: "",
  };
}

describe("saving a source or destination", () => {
  it("names its credential from then on, in its direction only", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, actor, aCredential({ name: "Data platform" }));
      const id = await addEndpoint(db, actor, aSource(credentialId));
      const [source] = (await listEndpoints(db, actor, "source", null)).items;
      expect(source).toMatchObject({ id, credential: { name: "Data platform", status: "verified" } });
      expect((await listEndpoints(db, actor, "destination", null)).items).toEqual([]);
      expect(await findEndpoint(db, actor, "destination", id)).toBeNull();
    }));

  it.each(["another's", "random"])(
    "with a credential id that is %s stores nothing and says the same",
    (kind) =>
      withRollback(async (db) => {
        const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
        const theirs = await addCredential(db, owner, aCredential());
        const id = kind === "random" ? "3f2504e0-4f89-41d3-9a0c-0305e82c3301" : theirs;
        await expect(addEndpoint(db, other, aSource(id))).rejects.toMatchObject({
          code: "NOT_FOUND",
          message: "There is no such credential, or it is not yours to see.",
        });
        expect(await db.$count(endpoints)).toBe(0);
      }),
  );

  it("tells at the field when the actor has one of that name in that direction, and allows it in the other", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const source = aSource(await addCredential(db, actor, aCredential()));
      const id = await addEndpoint(db, actor, source);
      await expect(addEndpoint(db, actor, { ...source, name: "REPOSITORIES" })).rejects.toMatchObject({
        code: "CONFLICT",
        fieldErrors: { name: expect.stringContaining("already") },
      });
      const destination = { ...source, ...commentsFrom({ kind: "source", id }) };
      await expect(addEndpoint(db, actor, destination)).resolves.toEqual(expect.any(String));
    }));

  it("leaves an event, and stores nothing when that cannot be written", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, actor, aCredential());
      const id = await addEndpoint(db, actor, aSource(credentialId));
      const [event] = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, id));
      expect(event).toMatchObject({ event: "flow.added", details: { credentialId } });
      await db.execute(
        sql`alter table audit_events add constraint broken check (event <> 'flow.added') not valid`,
      );
      await expect(addEndpoint(db, actor, aSource(credentialId, "Another"))).rejects.toThrow();
      expect(await db.$count(endpoints)).toBe(1);
    }));

  it("is seen by its owner alone", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const id = await addEndpoint(db, owner, aSource(await addCredential(db, owner, aCredential())));
      expect((await listEndpoints(db, other, "source", null)).items).toEqual([]);
      expect(await findEndpoint(db, other, "source", id)).toBeNull();
    }));
});

describe("the uses of a credential", () => {
  it("are the sources and destinations with it that the actor may see; of others their number alone", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const shared = await addCredential(db, owner, aCredential());
      const unused = await addCredential(db, owner, aCredential({ name: "Unused" }));
      await grantCredential(db, owner, shared, { userId: other.userId }, "collaborator");
      const mine = await addEndpoint(db, owner, aSource(shared, "Mine"));
      const theirs = await addEndpoint(db, other, aSource(shared, "Theirs"));
      const seenBy = async (actor: Actor) =>
        (await listEndpointsUsing(db, actor, shared, null)).items.map(({ id }) => id);
      expect(await seenBy(owner)).toEqual([mine]);
      expect(await seenBy(other)).toEqual([theirs]);
      expect((await listEndpointsUsing(db, owner, unused, null)).items).toEqual([]);
      const none = { sources: 0, destinations: 0, users: 0 };
      const one = { ...none, sources: 1, users: 1 };
      expect(await countHiddenUses(db, owner, shared)).toEqual(one);
      expect(await countHiddenUses(db, other, shared)).toEqual(one);
      expect(await countHiddenUses(db, await somebody(db), shared)).toEqual(none);
      await db.delete(credentialGrants);
      expect(await seenBy(other), "without the credential").toEqual([]);
      expect(await countHiddenUses(db, owner, shared), "stopped ones").toEqual(none);
      expect(await countHiddenUses(db, other, shared), "without the credential").toEqual(none);
    }));
});
