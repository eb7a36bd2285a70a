import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { servers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { listCredentialTiles } from "@/lib/credentials/queries";
import { countTileGroups } from "@/lib/credentials/tile-groups";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { findEndpointToEdit } from "@/lib/endpoints/queries";
import { parseKeyStart } from "@/lib/paging";
import { listServers, serversPerPage } from "@/lib/servers/queries";
import { findAccess } from "@/lib/sharing/queries";
import { addMember, addTeam } from "@/lib/teams/mutations";
import { getTeamHoldings, listMembers, listOwnTeams, listTeamNames } from "@/lib/teams/queries";
import { addAccount, somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { followBothWays } from "@/lib/testing/pages";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { searchUsersAndTeams } from "@/lib/users/queries";
import { byName, compareNames } from "./name-order";
import type { Db } from "./types";

/** In the order of every list; by code point "Zebra" would be before "apple", and "Ähre" and "Игорь" behind it. */
const inOrder = [
  "_x",
  "9 lives",
  "10",
  "Ähre",
  "apple",
  "Ápple",
  "éclair",
  "fig",
  "Zebra",
  "Ωmega",
  "Игорь",
].toSorted(compareNames);
const shuffled = [...inOrder].reverse();

type Named = { readonly name: string };

const namesOf = (list: readonly Named[]) => list.map(({ name }) => name);

const aTeamNamed = (db: Db, owner: Actor, name: string) => addTeam(db, owner, { name, description: "" });

async function sortedByDatabase(db: Db, names: readonly string[]): Promise<string[]> {
  const values = sql.join(
    names.map((name) => sql`(${name})`),
    sql`, `,
  );
  const rows = await db
    .select({ name: sql<string>`name` })
    .from(sql`(values ${values}) as list (name)`)
    .orderBy(byName(sql`name`));
  return namesOf(rows);
}

describe("names", () => {
  it(
    "are sorted by one rule here and in the database: letters beside their kin, case last",
    () =>
      withRollback(async (db) => {
        expect(["b", "Z", "a", "Ä", "ä", "A", "z", "é", "10", "9", "_"].toSorted(compareNames)).toEqual([
          "_",
          "10",
          "9",
          "a",
          "A",
          "ä",
          "Ä",
          "b",
          "é",
          "z",
          "Z",
        ]);
        expect(await sortedByDatabase(db, shuffled)).toEqual(inOrder);
        const name = fc.stringMatching(/^[A-Za-z0-9 _.,:@/ÄÖÜäöüßéÉñçÅåØøА-Яа-яΑ-Ωα-ω-]{1,8}$/);
        await fc.assert(
          fc.asyncProperty(fc.uniqueArray(name, { minLength: 2, maxLength: 30 }), async (names) => {
            expect(await sortedByDatabase(db, names)).toEqual(names.toSorted(compareNames));
          }),
          { numRuns: 60 },
        );
      }),
    60_000,
  );

  it("of teams, and of what a team has access to, have that order, also if the list is cut", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      for (const name of shuffled) await aTeamNamed(db, owner, name);
      expect(namesOf(await listOwnTeams(db, owner))).toEqual(inOrder);
      const administrator = await somebody(db, "administrator");
      expect(namesOf(await listTeamNames(db, administrator))).toEqual(inOrder);

      const teamId = await aTeamNamed(db, owner, "Grantee");
      let credentialId = "";
      for (const name of shuffled) {
        credentialId = await addCredential(db, owner, aCredential({ name }));
        const source = { ...aRepositorySource, credentialId } as const;
        const endpointId = await addEndpoint(db, owner, { ...source, name, description: "" });
        await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
        await grantEndpoint(db, owner, endpointId, { teamId }, "collaborator");
      }
      const holdings = await getTeamHoldings(db, owner, teamId);
      expect(namesOf(holdings?.credentials ?? [])).toEqual(inOrder.slice(0, 10));
      expect(namesOf(holdings?.endpoints ?? [])).toEqual(inOrder.slice(0, 10));
      const endpointId = holdings?.endpoints[0]?.id ?? "";
      expect(namesOf((await findEndpointToEdit(db, owner, "source", endpointId))?.choices ?? [])).toEqual(
        inOrder,
      );
    }));

  it(
    "of people stand in that order: members, those with access, and those who are found to share with",
    () =>
      withRollback(async (db) => {
        const owner = await ownerOfCredentials(db);
        const teamId = await aTeamNamed(db, owner, "Team");
        const credentialId = await addCredential(db, owner, aCredential());
        for (const [index, name] of shuffled.entries()) {
          const email = `order-${index}@example.com`;
          const userId = await addAccount(db, { name, email, password: "a long enough passphrase" });
          await addMember(db, owner, { teamId, email });
          await grantCredential(db, owner, credentialId, { userId }, "collaborator");
        }
        const withoutOwner = (list: readonly Named[]) =>
          namesOf(list).filter((name) => inOrder.includes(name));
        expect(withoutOwner(await listMembers(db, owner, teamId))).toEqual(inOrder);
        const access = await findAccess(db, owner, { kind: "credential", id: credentialId });
        expect(withoutOwner(access?.users ?? [])).toEqual(inOrder);
        expect(access?.grants.map(({ grantee }) => grantee.name)).toEqual(inOrder);
        expect(namesOf(await searchUsersAndTeams(db, owner, "order-"))).toEqual(inOrder.slice(0, 8));
      }),
    60_000,
  );

  it("of the actor's teams have that order above the tiles and on them", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, owner, aCredential());
      for (const name of shuffled) {
        const teamId = await aTeamNamed(db, owner, name);
        await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
      }
      expect(namesOf((await countTileGroups(db, owner)).teams)).toEqual(inOrder);
      const [tile] = (await listCredentialTiles(db, owner, null)).items;
      expect(tile?.teams).toEqual(inOrder.slice(0, 3));
    }));

  it("of servers have that order, and each page continues after the previous one", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      const origins = Array.from({ length: serversPerPage + 5 }, (_, index) =>
        ["https://a-b", "https://ab", "https://a.b", "http://a_b", "https://9"].map(
          (name) => `${name}${index}.example`,
        ),
      ).flat();
      await db.insert(servers).values(origins.map((baseUrl) => ({ baseUrl })));
      const pages = await followBothWays((given) =>
        listServers(db, administrator, { text: "", start: parseKeyStart(given) }),
      );
      const seen = pages.map(({ origin }) => origin);
      expect(seen.filter((origin) => origins.includes(origin))).toEqual(origins.toSorted(compareNames));
    }));
});
