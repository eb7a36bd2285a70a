import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { endpointGrants, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { addEndpoint } from "./mutations";
import type { EndpointRole } from "./policy";
import { roleOf, visibleTo } from "./visibility";

async function anEndpoint(db: Db) {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential());
  const kind = aRepositorySource;
  return {
    owner,
    id: await addEndpoint(db, owner, { ...kind, credentialId, name: "Commits", description: "" }),
  };
}

async function seenBy(db: Db, actor: Actor, id: string): Promise<EndpointRole | null> {
  const [any] = await db
    .select({ role: roleOf(actor) })
    .from(endpoints)
    .where(eq(endpoints.id, id));
  const visible = await db.$count(endpoints, and(visibleTo(actor), eq(endpoints.id, id)));
  expect(visible === 1, "a role, and being visible, are one").toBe(any?.role != null);
  return any?.role ?? null;
}

describe("what leads to a source or destination", () => {
  it.each(["administrator", "operator", "collaborator"] as const)("a grant as %s", (role) =>
    withRollback(async (db) => {
      const { owner, id } = await anEndpoint(db);
      const [direct, member] = [await somebody(db), await somebody(db)];
      await grantEndpoint(db, owner, id, { userId: direct.userId }, role);
      await grantEndpoint(db, owner, id, { teamId: await aTeam(db, member) }, role);
      expect(await seenBy(db, direct, id)).toBe(role);
      expect(await seenBy(db, member, id)).toBe(role);
      expect(await seenBy(db, owner, id)).toBe("owner");
      await db.update(endpointGrants).set({ endedAt: new Date() });
      expect(await seenBy(db, direct, id)).toBeNull();
      expect(await seenBy(db, member, id)).toBeNull();
    }),
  );

  it("of several ways the strongest counts", () =>
    withRollback(async (db) => {
      const { owner, id } = await anEndpoint(db);
      const actor = await somebody(db);
      await grantEndpoint(db, owner, id, { userId: actor.userId }, "collaborator");
      await grantEndpoint(db, owner, id, { teamId: await aTeam(db, actor) }, "operator");
      expect(await seenBy(db, actor, id)).toBe("operator");
      await grantEndpoint(db, owner, id, { teamId: await aTeam(db, actor) }, "administrator");
      expect(await seenBy(db, actor, id)).toBe("administrator");
    }));

  it("neither a right to its credential nor being a portal administrator", () =>
    withRollback(async (db) => {
      const { id } = await anEndpoint(db);
      expect(await seenBy(db, await somebody(db, "administrator"), id)).toBeNull();
      expect(await seenBy(db, await somebody(db), id)).toBeNull();
    }));
});
