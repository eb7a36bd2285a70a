import { describe, expect, it } from "vitest";
import { somebody } from "@/lib/auth/testing";
import { addCredential } from "@/lib/credentials/mutations";
import {
  findCredentialTile,
  getCredentialTile,
  listCredentialTiles,
  ownsCredentialNamed,
  tilesPerPage,
} from "@/lib/credentials/queries";
import { aCredential, ownerOfCredentials } from "@/lib/credentials/testing";
import { withRollback } from "@/lib/db/testing";
import { parseCursor } from "@/lib/paging";

describe("the tiles", () => {
  it("are the actor's own and nobody else's", () =>
    withRollback(async (db) => {
      const [one, two] = [await ownerOfCredentials(db), await somebody(db)];
      const mine = await addCredential(db, one, aCredential());
      const theirs = await addCredential(db, two, aCredential());
      expect((await listCredentialTiles(db, one, null)).items.map(({ id }) => id)).toEqual([mine]);
      expect((await listCredentialTiles(db, two, null)).items.map(({ id }) => id)).toEqual([theirs]);
    }));

  it("are not shown to a portal administrator who was not given them", () =>
    withRollback(async (db) => {
      const [owner, administrator] = [await ownerOfCredentials(db), await somebody(db, "administrator")];
      const id = await addCredential(db, owner, aCredential());
      expect((await listCredentialTiles(db, administrator, null)).items).toEqual([]);
      expect(await findCredentialTile(db, administrator, id)).toBeNull();
    }));

  it("come page by page, newest first, each once", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const count = tilesPerPage + 3;
      for (let number = 0; number < count; number += 1) {
        await addCredential(db, actor, aCredential({ name: `Credential ${number}` }));
      }
      const first = await listCredentialTiles(db, actor, null);
      const second = await listCredentialTiles(db, actor, parseCursor(first.next ?? ""));
      const ids = [...first.items, ...second.items].map(({ id }) => id);
      expect(first.items).toHaveLength(tilesPerPage);
      expect(second.next).toBeNull();
      expect(new Set(ids).size).toBe(count);
    }));

  it("carry no secret and nothing that could hold one", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      await addCredential(db, actor, aCredential());
      const [tile] = (await listCredentialTiles(db, actor, null)).items;
      expect(JSON.stringify(tile)).not.toContain("canary");
      expect(Object.keys(tile ?? {})).not.toContain("sealed");
    }));
});

describe("one credential", () => {
  it.each(["another's", "random", "malformed", "empty", "SQL"])("is absent for an id that is %s", (kind) =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const ids: Record<string, string> = {
        "another's": await addCredential(db, owner, aCredential()),
        random: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        malformed: "3f2504e0",
        empty: "",
        SQL: "' or true --",
      };
      const id = ids[kind] ?? "";
      expect(await findCredentialTile(db, other, id)).toBeNull();
      await expect(getCredentialTile(db, other, id)).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: "There is no such credential, or it is not yours to see.",
      });
    }),
  );

  it("is known by its name in any case, to its owner alone", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      await addCredential(db, owner, aCredential({ name: "Data platform" }));
      expect(await ownsCredentialNamed(db, owner, "DATA PLATFORM")).toBe(true);
      expect(await ownsCredentialNamed(db, owner, "Data")).toBe(false);
      expect(await ownsCredentialNamed(db, other, "Data platform")).toBe(false);
    }));
});
