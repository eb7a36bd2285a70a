import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { parseStart } from "@/lib/paging";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantCredential } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { addCredential, recordCheck } from "./mutations";
import { listCredentials } from "./queries";
import { type CredentialFilter, credentialFilterSchema } from "./schema";

async function namesFor(db: Db, actor: Actor, filter: Partial<CredentialFilter> = {}): Promise<string[]> {
  const page = await listCredentials(db, actor, credentialFilterSchema.parse(filter), null);
  return page.items.map(({ name }) => name).sort();
}

/** A user's own credentials, and another user's credential shared through a team. */
async function threeCredentials(db: Db) {
  const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
  await addCredential(db, owner, aCredential({ name: "Nightly 100%", description: "For the import" }));
  const unchecked = aCredential({
    name: "Later",
    baseUrl: baseUrlAt("https://git.example.org/stash"),
    outcome: null,
  });
  const later = await addCredential(db, owner, unchecked);
  const shared = await addCredential(db, other, aCredential({ name: "Of the team" }));
  const teamId = await aTeam(db, owner);
  await grantCredential(db, other, shared, { teamId }, "administrator");
  await addCredential(db, other, aCredential({ name: "Of the other alone" }));
  return { owner, other, later, teamId };
}

describe("the list of credentials", () => {
  it("contains only own and shared credentials, with the actor's role", () =>
    withRollback(async (db) => {
      const { owner } = await threeCredentials(db);
      const { items } = await listCredentials(db, owner, credentialFilterSchema.parse({}), null);
      const roles = Object.fromEntries(items.map(({ name, role }) => [name, role]));
      expect(roles).toEqual({ "Nightly 100%": "owner", Later: "owner", "Of the team": "administrator" });
    }));

  it.each([
    ["a name, in any case", "nIGHT", ["Nightly 100%"]],
    ["a description", "import", ["Nightly 100%"]],
    ["a server", "example.org/st", ["Later"]],
    ["a percent sign, which stands for itself", "%", ["Nightly 100%"]],
    ["an underscore, which stands for itself", "_", []],
    ["what only another's credential has", "other alone", []],
    ["space around it, which does not count", "  later ", ["Later"]],
    ["a NUL, which no text can hold", "La\0ter", ["Later"]],
    ["nothing", "", ["Later", "Nightly 100%", "Of the team"]],
  ])("is searched for %s", (_what, q, expected) =>
    withRollback(async (db) => {
      const { owner } = await threeCredentials(db);
      expect(await namesFor(db, owner, { q })).toEqual(expected);
    }),
  );

  it("is narrowed down by status, as the newest telling check gives it", () =>
    withRollback(async (db) => {
      const { owner, later } = await threeCredentials(db);
      expect(await namesFor(db, owner, { status: "verified" })).toEqual(["Nightly 100%", "Of the team"]);
      expect(await namesFor(db, owner, { status: "unproven" })).toEqual(["Later"]);
      const checked = { credentialId: later, secretVersion: 1 };
      const unreachable = { kind: "failed", step: "connection", reason: "UNREACHABLE", steps: [] } as const;
      await recordCheck(db, owner, checked, unreachable);
      expect(await namesFor(db, owner, { status: "unproven" })).toEqual(["Later"]);
      const rejected = { kind: "failed", step: "signedIn", reason: "SECRET_REJECTED", steps: [] } as const;
      await recordCheck(db, owner, checked, rejected);
      expect(await namesFor(db, owner, { status: "unproven" })).toEqual([]);
      expect(await namesFor(db, owner, { status: "rejected" })).toEqual(["Later"]);
    }));

  it("shows one whose owner's account is disabled as suspended, and as nothing else", () =>
    withRollback(async (db) => {
      const { owner, other } = await threeCredentials(db);
      expect(await namesFor(db, owner, { status: "suspended" })).toEqual([]);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, other.userId));
      expect(await namesFor(db, owner, { status: "suspended" })).toEqual(["Of the team"]);
      expect(await namesFor(db, owner, { status: "verified" })).toEqual(["Nightly 100%"]);
      expect(await namesFor(db, owner)).toEqual(["Later", "Nightly 100%", "Of the team"]);
    }));

  it("can be filtered to own, shared or a team's credentials, together with a search", () =>
    withRollback(async (db) => {
      const { owner, other, teamId } = await threeCredentials(db);
      expect(await namesFor(db, owner, { whose: teamId })).toEqual(["Of the team"]);
      expect(await namesFor(db, owner, { whose: teamId, q: "later" })).toEqual([]);
      // The other user owns what is shared with the team, but is not in it.
      expect(await namesFor(db, other, { whose: teamId })).toEqual([]);
      expect(await namesFor(db, owner, { whose: "mine" })).toEqual(["Later", "Nightly 100%"]);
      expect(await namesFor(db, owner, { whose: "shared" })).toEqual(["Of the team"]);
      expect(await namesFor(db, owner, { whose: "shared", q: "later" })).toEqual([]);
      expect(await namesFor(db, other, { whose: "shared" })).toEqual([]);
    }));

  it("counts only the actor's own uses", () =>
    withRollback(async (db) => {
      const { owner, later } = await threeCredentials(db);
      const user = await somebody(db);
      await grantCredential(db, owner, later, { userId: user.userId }, "collaborator");
      const kind = { ...aRepositorySource, description: "" } as const;
      await addEndpoint(db, user, { ...kind, credentialId: later, name: "One" });
      await addEndpoint(db, user, { ...kind, credentialId: later, name: "Two" });
      await addEndpoint(db, owner, { ...kind, credentialId: later, name: "Three" });
      const usesFor = async (actor: Actor) => {
        const { items } = await listCredentials(
          db,
          actor,
          credentialFilterSchema.parse({ q: "Later" }),
          null,
        );
        return items.map(({ ownUses }) => ownUses);
      };
      expect(await usesFor(user)).toEqual([2]);
      expect(await usesFor(owner)).toEqual([1]);
    }));

  it("comes page by page, newest first, each once, also narrowed down", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      for (let number = 0; number < 53; number += 1) {
        await addCredential(db, actor, aCredential({ name: `Import ${number}` }));
        if (number % 10 === 0) await addCredential(db, actor, aCredential({ name: `Another ${number}` }));
      }
      const filter = credentialFilterSchema.parse({ q: "import" });
      const first = await listCredentials(db, actor, filter, null);
      const second = await listCredentials(db, actor, filter, parseStart({ after: first.next ?? "" }));
      const names = [...first.items, ...second.items].map(({ name }) => name);
      expect(first.items).toHaveLength(50);
      expect(second.next).toBeNull();
      expect(names.every((name) => name.startsWith("Import"))).toBe(true);
      expect(new Set(names).size).toBe(53);
    }));
});

describe("the list's total", () => {
  it("is that of the whole list under its filter, and not given for a search, which would read all", () =>
    withRollback(async (db) => {
      const { owner } = await threeCredentials(db);
      const totalOf = async (filter: Partial<CredentialFilter>) =>
        (await listCredentials(db, owner, credentialFilterSchema.parse(filter), null)).total;
      expect(await totalOf({})).toBe(3);
      expect(await totalOf({ whose: "mine", sort: "name" })).toBe(2);
      expect(await totalOf({ status: "rejected" })).toBe(0);
      expect(await totalOf({ q: "later" })).toBeNull();
      expect(await totalOf({ use: "idle" })).toBe(0);
      expect(await totalOf({ use: "unused" })).toBeNull();
      // A user with nothing to show, and none.
      for (const unseen of [(await somebody(db)).userId, crypto.randomUUID()]) {
        expect(await totalOf({ owner: unseen })).toBe(0);
      }
    }));
});

describe("the list's filter", () => {
  it("is taken as nothing where it is nonsense, and cut where it is endless", () => {
    expect(
      credentialFilterSchema.parse({
        status: "' or true --",
        whose: "everybody's",
        use: "often",
        sort: "id; drop",
      }),
    ).toEqual({
      q: "",
      status: null,
      whose: null,
      owner: null,
      server: null,
      tag: null,
      use: null,
      sort: null,
    });
    expect(credentialFilterSchema.parse({ q: "x".repeat(100_000) }).q).toHaveLength(100);
  });
});
