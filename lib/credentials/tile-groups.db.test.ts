import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentialGrants, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantCredential } from "@/lib/testing/sharing";
import { addCredential } from "./mutations";
import { listCredentialTiles } from "./queries";
import { type TileGroup, tileGroupSchema } from "./schema";
import { countTileGroups } from "./tile-groups";

/** Two users, a team of both, a team of the owner alone, and a credential for every access path between them. */
async function aPortal(db: Db) {
  const owner = await ownerOfCredentials(db);
  const reader = await somebody(db);
  const [ours, theirs] = [await aTeam(db, owner, reader), await aTeam(db, owner)];
  const add = (by: Actor, name: string) => addCredential(db, by, aCredential({ name }));
  await add(owner, "Private");
  await grantCredential(db, owner, await add(owner, "Given"), { userId: reader.userId }, "administrator");
  const both = await add(owner, "Given twice");
  await grantCredential(db, owner, both, { userId: reader.userId }, "administrator");
  await grantCredential(db, owner, both, { teamId: ours }, "collaborator");
  await grantCredential(db, owner, await add(owner, "Through the team"), { teamId: ours }, "collaborator");
  await grantCredential(db, owner, await add(owner, "Elsewhere"), { teamId: theirs }, "collaborator");
  await grantCredential(db, reader, await add(reader, "My own"), { teamId: theirs }, "collaborator");
  await grantCredential(db, reader, await add(reader, "Mine for the team"), { teamId: ours }, "collaborator");
  return { owner, reader, ours, theirs };
}

async function names(db: Db, actor: Actor, group: TileGroup): Promise<string[]> {
  return (await listCredentialTiles(db, actor, null, { group })).items.map(({ name }) => name).sort();
}

describe("groups of tiles", () => {
  it("contain the actor's own credentials, the shared ones, and those of each of the actor's teams", () =>
    withRollback(async (db) => {
      const { reader, ours } = await aPortal(db);
      expect(await names(db, reader, { kind: "mine" })).toEqual(["Mine for the team", "My own"]);
      expect(await names(db, reader, { kind: "shared" })).toEqual([
        "Given",
        "Given twice",
        "Through the team",
      ]);
      expect(await names(db, reader, { kind: "team", teamId: ours })).toEqual([
        "Given twice",
        "Mine for the team",
        "Through the team",
      ]);
      expect(await names(db, reader, { kind: "all" })).toHaveLength(5);
    }));

  it("of a team that one is not in are empty, whatever the team has", () =>
    withRollback(async (db) => {
      const { owner, reader, theirs } = await aPortal(db);
      expect(await names(db, owner, { kind: "team", teamId: theirs })).toEqual(["Elsewhere", "My own"]);
      expect(await names(db, reader, { kind: "team", teamId: theirs })).toEqual([]);
    }));

  it("are counted as they are listed, and name no team that one is not in", () =>
    withRollback(async (db) => {
      const { reader, ours, theirs } = await aPortal(db);
      const groups = await countTileGroups(db, reader);
      expect(groups).toMatchObject({ all: 5, mine: 2, shared: 3, teams: [{ id: ours, count: 3 }] });
      expect(JSON.stringify(groups)).not.toContain(theirs);
      expect(await countTileGroups(db, await somebody(db, "administrator"))).toEqual({
        all: 0,
        mine: 0,
        shared: 0,
        servers: [],
        owners: [],
        teams: [],
      });
    }));

  it("come with the servers of visible credentials, by their addresses", () =>
    withRollback(async (db) => {
      const { owner, reader } = await aPortal(db);
      const baseUrl = baseUrlAt("https://a.example.org/git");
      const id = await addCredential(db, owner, aCredential({ name: "Another server", baseUrl }));
      const serversOf = async (actor: Actor) =>
        (await countTileGroups(db, actor)).servers?.map((server) => server.name);
      expect(await serversOf(owner)).toEqual(["https://a.example.org/git", "https://bitbucket.example.com"]);
      expect(await serversOf(reader)).toEqual(["https://bitbucket.example.com"]);
      // A listing gives no right.
      await db.execute(sql`insert into credential_listings select * from (
        select (jsonb_populate_record(credential_listings, jsonb_build_object('grantee_id', ${reader.userId}::text))).*
        from credential_listings where credential_id = ${id}) as copied`);
      expect(await serversOf(reader)).toEqual(["https://bitbucket.example.com"]);
    }));

  it("come with the owners of visible credentials, by their names, the actor first", () =>
    withRollback(async (db) => {
      const { owner, reader, theirs } = await aPortal(db);
      const rename = (actor: Actor, name: string) =>
        db.update(users).set({ name }).where(eq(users.id, actor.userId));
      await rename(owner, "Zoe");
      const other = await somebody(db);
      await rename(other, "Anna");
      const id = await addCredential(db, other, aCredential());
      const ownersOf = async (actor: Actor) =>
        (await countTileGroups(db, actor, { withOwners: true })).owners?.map(({ name }) => name);
      expect(await ownersOf(other)).toEqual(["Me"]);
      expect(await ownersOf(reader)).toEqual(["Me", "Zoe"]);
      await grantCredential(db, other, id, { userId: reader.userId }, "collaborator");
      expect(await ownersOf(reader)).toEqual(["Me", "Anna", "Zoe"]);
      // A listing gives no right, and neither does a team that one is not in.
      await db.delete(credentialGrants).where(eq(credentialGrants.credentialId, id));
      await grantCredential(db, other, id, { teamId: theirs }, "collaborator");
      await db.execute(sql`insert into credential_listings select * from (
        select (jsonb_populate_record(credential_listings, jsonb_build_object('grantee_id', ${reader.userId}::text))).*
        from credential_listings where credential_id = ${id} and grantee_id = owner_id) as copied`);
      expect(await ownersOf(reader)).toEqual(["Me", "Zoe"]);
    }));

  it("come without servers where there are too many to choose from", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      for (let n = 0; n < 50; n += 1) {
        await addCredential(
          db,
          owner,
          aCredential({ name: `${n}`, baseUrl: baseUrlAt(`https://${n}.example.org`) }),
        );
      }
      expect((await countTileGroups(db, owner)).servers).toHaveLength(50);
      const baseUrl = baseUrlAt("https://one.more.example.org");
      await addCredential(db, owner, aCredential({ name: "One more", baseUrl }));
      expect((await countTileGroups(db, owner)).servers).toBeNull();
    }));

  it("show each tile's role and the teams that give access", () =>
    withRollback(async (db) => {
      const { reader } = await aPortal(db);
      const tiles = (await listCredentialTiles(db, reader, null)).items;
      const of = (name: string) => tiles.find((tile) => tile.name === name);
      expect(of("My own")).toMatchObject({ role: "owner", teams: [] });
      expect(of("Given")).toMatchObject({ role: "administrator", teams: [] });
      expect(of("Given twice")).toMatchObject({ role: "administrator", teams: [expect.any(String)] });
      expect(of("Through the team")).toMatchObject({ role: "collaborator", teams: [expect.any(String)] });
    }));
});

it("an address that names no group shows all tiles", () => {
  for (const odd of [undefined, "", "theirs", "not-an-id", "0".repeat(5000)]) {
    expect(tileGroupSchema.parse(odd)).toEqual({ kind: "all" });
  }
  expect(tileGroupSchema.parse("shared")).toEqual({ kind: "shared" });
});
