import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentialGrants, credentials, teamMembers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantCredential } from "@/lib/testing/sharing";
import { addCredential } from "./mutations";
import type { CredentialRole } from "./policy";
import { roleOf, visibleTo } from "./visibility";

/** What the database says of one credential, asked in a query of this table alone, the way mutations ask. */
async function seenBy(db: Db, actor: Actor, id: string): Promise<CredentialRole | null> {
  const [any] = await db
    .select({ role: roleOf(actor) })
    .from(credentials)
    .where(eq(credentials.id, id));
  const [visible] = await db
    .select({ role: roleOf(actor) })
    .from(credentials)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  expect(visible?.role ?? null, "a role, and being visible, are one").toBe(any?.role ?? null);
  return visible?.role ?? null;
}

type AccessPath = (db: Db, given: { owner: Actor; actor: Actor; id: string }) => Promise<unknown>;

const accessPaths: [what: string, lead: AccessPath, expected: CredentialRole | null][] = [
  ["nothing", async () => undefined, null],
  [
    "a grant of their own",
    (db, { owner, actor, id }) => grantCredential(db, owner, id, { userId: actor.userId }, "collaborator"),
    "collaborator",
  ],
  [
    "a team's grant",
    async (db, { owner, actor, id }) =>
      grantCredential(db, owner, id, { teamId: await aTeam(db, actor) }, "administrator"),
    "administrator",
  ],
  [
    "two teams, of which the stronger counts",
    async (db, { owner, actor, id }) => {
      await grantCredential(db, owner, id, { teamId: await aTeam(db, actor) }, "collaborator");
      await grantCredential(db, owner, id, { teamId: await aTeam(db, actor) }, "administrator");
    },
    "administrator",
  ],
  [
    "a team that they have left",
    async (db, { owner, actor, id }) => {
      await grantCredential(db, owner, id, { teamId: await aTeam(db, actor) }, "administrator");
      await db.update(teamMembers).set({ endedAt: new Date() }).where(eq(teamMembers.userId, actor.userId));
    },
    null,
  ],
  [
    "a grant that has ended",
    async (db, { owner, actor, id }) => {
      await grantCredential(db, owner, id, { userId: actor.userId }, "administrator");
      await db.update(credentialGrants).set({ endedAt: new Date() });
    },
    null,
  ],
  [
    "somebody else's grant, and a team without them",
    async (db, { owner, id }) => {
      await grantCredential(db, owner, id, { userId: (await somebody(db)).userId }, "administrator");
      await grantCredential(db, owner, id, { teamId: await aTeam(db, await somebody(db)) }, "administrator");
    },
    null,
  ],
  [
    "a grant on another credential",
    async (db, { owner, actor }) => {
      const other = await addCredential(db, owner, aCredential({ name: "Another" }));
      await grantCredential(db, owner, other, { userId: actor.userId }, "administrator");
    },
    null,
  ],
];

describe("what leads to a credential", () => {
  it.each(accessPaths)("%s", (_what, lead, expected) =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const actor = await somebody(db);
      const id = await addCredential(db, owner, aCredential());
      await lead(db, { owner, actor, id });
      expect(await seenBy(db, actor, id)).toBe(expected);
      expect(await seenBy(db, owner, id)).toBe("owner");
    }),
  );

  it("being a portal administrator leads to none", () =>
    withRollback(async (db) => {
      const id = await addCredential(db, await ownerOfCredentials(db), aCredential());
      expect(await seenBy(db, await somebody(db, "administrator"), id)).toBeNull();
    }));
});
