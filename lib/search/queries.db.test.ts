import { describe, expect, it } from "vitest";
import { servers, teams } from "@/drizzle/schema";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { somebody } from "@/lib/testing/actors";
import { keyOf } from "@/lib/testing/api-keys";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { findAnything } from "./queries";
import { foundOfEach } from "./types";

/** A user with one of everything whose name contains "fern". */
async function aPortal(db: Db) {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential({ name: "Fernwood" }));
  const source = { ...aRepositorySource, credentialId, name: "Read", description: "From the fern server" };
  const sourceId = await addEndpoint(db, owner, source);
  const teamId = await aTeam(db, owner);
  await db.update(teams).set({ name: "Ferns" });
  return { owner, credentialId, sourceId, teamId };
}

describe("a search over everything", () => {
  it("finds credentials, sources and teams by name, description and server, ignoring case", () =>
    withRollback(async (db) => {
      const { owner, credentialId, sourceId, teamId } = await aPortal(db);
      expect(await findAnything(db, owner, " FERN ")).toEqual([
        expect.objectContaining({
          kind: "credential",
          name: "Fernwood",
          href: `/credentials/${credentialId}`,
        }),
        expect.objectContaining({ kind: "source", name: "Read", href: `/sources/${sourceId}` }),
        expect.objectContaining({ kind: "team", name: "Ferns", href: `/teams/${teamId}` }),
      ]);
      const [found] = await findAnything(db, owner, "fernwood");
      expect((await findAnything(db, owner, found?.about ?? "")).map(({ name }) => name)).toContain(
        "Fernwood",
      );
    }));

  it("finds nothing of others, for anybody: no credential, source, team, server or user", () =>
    withRollback(async (db) => {
      const { credentialId, sourceId, owner } = await aPortal(db);
      await db.insert(servers).values({ baseUrl: "https://fern.example" });
      const other = await somebody(db);
      expect(await findAnything(db, other, "fern")).toEqual([]);
      expect(await findAnything(db, other, owner.email)).toEqual([]);
      await grantCredential(db, owner, credentialId, { userId: other.userId }, "collaborator");
      expect((await findAnything(db, other, "fern")).map(({ kind }) => kind)).toEqual(["credential"]);
      await grantEndpoint(db, owner, sourceId, { userId: other.userId }, "operator");
      expect((await findAnything(db, other, "fern")).map(({ kind }) => kind)).toEqual([
        "credential",
        "source",
      ]);
    }));

  it("finds servers and users for portal administrators, but no credential that they were not given", () =>
    withRollback(async (db) => {
      const { owner } = await aPortal(db);
      await db.insert(servers).values({ baseUrl: "https://fern.example/bitbucket" });
      const administrator = await somebody(db, "administrator");
      expect(await findAnything(db, administrator, "fern.exa")).toEqual([
        expect.objectContaining({ kind: "server", name: "https://fern.example" }),
      ]);
      expect(await findAnything(db, administrator, owner.email)).toEqual([
        expect.objectContaining({ kind: "user", name: owner.name, href: `/admin/users/${owner.userId}` }),
      ]);
      expect((await findAnything(db, administrator, "Fernwood")).map(({ kind }) => kind)).toEqual([]);
    }));

  it("gives of each kind no more than fit", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      for (let n = 0; n < foundOfEach + 2; n += 1)
        await addCredential(db, owner, aCredential({ name: `Fern ${n}` }));
      const found = await findAnything(db, owner, "fern");
      expect(new Set(found.map(({ name }) => name)).size).toBe(foundOfEach);
    }));

  it("takes every text as a text, and asks nothing for an API key", () =>
    withRollback(async (db) => {
      const { owner } = await aPortal(db);
      for (const text of ["%", "_", "\\", "\0", "\x1f", "'", "x".repeat(5000)]) {
        expect(await findAnything(db, owner, text), JSON.stringify(text)).toEqual([]);
      }
      expect(await findAnything(db, owner, keyOf("123456789012", 1))).toEqual([]);
    }));
});
