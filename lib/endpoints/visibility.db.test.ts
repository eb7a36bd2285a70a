import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { flowGrants, flows } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantFlow } from "@/lib/testing/sharing";
import { addFlow } from "./mutations";
import type { FlowRole } from "./policy";
import { roleOf, visibleTo } from "./visibility";

async function aFlow(db: Db) {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential());
  const kind = { direction: "source", connector: "bitbucket-server" } as const;
  return { owner, id: await addFlow(db, owner, { ...kind, credentialId, name: "Commits", description: "" }) };
}

async function seenBy(db: Db, actor: Actor, id: string): Promise<FlowRole | null> {
  const [any] = await db
    .select({ role: roleOf(actor) })
    .from(flows)
    .where(eq(flows.id, id));
  const visible = await db.$count(flows, and(visibleTo(actor), eq(flows.id, id)));
  expect(visible === 1, "a role, and being visible, are one").toBe(any?.role != null);
  return any?.role ?? null;
}

describe("what leads to a source or destination", () => {
  it.each(["administrator", "operator", "collaborator"] as const)("a grant as %s", (role) =>
    withRollback(async (db) => {
      const { owner, id } = await aFlow(db);
      const [direct, member] = [await somebody(db), await somebody(db)];
      await grantFlow(db, owner, id, { userId: direct.userId }, role);
      await grantFlow(db, owner, id, { teamId: await aTeam(db, member) }, role);
      expect(await seenBy(db, direct, id)).toBe(role);
      expect(await seenBy(db, member, id)).toBe(role);
      expect(await seenBy(db, owner, id)).toBe("owner");
      await db.update(flowGrants).set({ endedAt: new Date() });
      expect(await seenBy(db, direct, id)).toBeNull();
      expect(await seenBy(db, member, id)).toBeNull();
    }),
  );

  it("of several ways the strongest counts", () =>
    withRollback(async (db) => {
      const { owner, id } = await aFlow(db);
      const actor = await somebody(db);
      await grantFlow(db, owner, id, { userId: actor.userId }, "collaborator");
      await grantFlow(db, owner, id, { teamId: await aTeam(db, actor) }, "operator");
      expect(await seenBy(db, actor, id)).toBe("operator");
      await grantFlow(db, owner, id, { teamId: await aTeam(db, actor) }, "administrator");
      expect(await seenBy(db, actor, id)).toBe("administrator");
    }));

  it("neither a right to its credential nor being a portal administrator", () =>
    withRollback(async (db) => {
      const { id } = await aFlow(db);
      expect(await seenBy(db, await somebody(db, "administrator"), id)).toBeNull();
      expect(await seenBy(db, await somebody(db), id)).toBeNull();
    }));
});
