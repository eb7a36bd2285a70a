import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentialGrants, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { listEndpoints } from "@/lib/endpoints/queries";
import { listRunsToTell } from "@/lib/runs/latest";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { needsOf } from "./needs";
import { readNeedCounts } from "./queries";
import { listRequests } from "./requests";

/** A source of `owner` with the credential of `giver`, which `end` takes away so many days ago. */
async function aLentSource(db: Db) {
  const [giver, owner] = [await ownerOfCredentials(db), await somebody(db)];
  const credentialId = await addCredential(db, giver, aCredential());
  const lend = () => grantCredential(db, giver, credentialId, { userId: owner.userId }, "collaborator");
  const grant = await lend();
  const source = { ...aRepositorySource, credentialId, name: "Nightly", description: "" };
  const sourceId = await addEndpoint(db, owner, source);
  const end = (days: number) =>
    db
      .update(credentialGrants)
      .set({ endedAt: new Date(Date.now() - days * 86_400_000), endedBy: giver.userId })
      .where(eq(credentialGrants.id, grant));
  return { giver, owner, lend, sourceId, end };
}

async function told(db: Db, actor: Actor) {
  const { toTend } = await listRunsToTell(db, actor, 11);
  const requests = await listRequests(db, actor, 11);
  const needs = needsOf({ credentials: [], runs: toTend, requests }, new Date().toISOString());
  const { sources, stoppedSources } = await readNeedCounts(db, actor);
  // The link of the count leads to this list.
  const listed = await listEndpoints(db, actor, "source", null, { isToTend: true });
  expect([listed.items.length, listed.total]).toEqual([sources, sources]);
  const kinds = needs.map(({ kind }) => kind).filter((kind) => kind !== "shared");
  return { kinds, counted: { sources, stoppedSources } };
}

const fail = (db: Db, endpointId: string) =>
  db.insert(runs).values({
    ...{ id: crypto.randomUUID(), passId: crypto.randomUUID(), endpointId, state: "failed" },
    ...({ mode: "new", trigger: "user" } as const),
  });

const stopped = { kinds: ["credential-lost"], counted: { sources: 0, stoppedSources: 1 } };
const failed = { kinds: ["run-failed"], counted: { sources: 1, stoppedSources: 0 } };
const nothing = { kinds: [], counted: { sources: 0, stoppedSources: 0 } };

describe("a source whose credential was taken away", () => {
  it("is told and counted for seven days, to its owner alone, and not with another grant", () =>
    withRollback(async (db) => {
      const { giver, owner, lend, end } = await aLentSource(db);
      expect(await told(db, owner)).toEqual(nothing);
      await end(1);
      expect(await told(db, owner)).toEqual(stopped);
      expect(await told(db, giver)).toEqual(nothing);
      const again = await lend();
      expect(await told(db, owner)).toEqual(nothing);
      await db.delete(credentialGrants).where(eq(credentialGrants.id, again));
      await end(8);
      expect(await told(db, owner)).toEqual(nothing);
    }));

  it("is told once and counted once after a failed run, as stopped; as failed to others who see it", () =>
    withRollback(async (db) => {
      const { giver, owner, sourceId, end } = await aLentSource(db);
      await grantEndpoint(db, owner, sourceId, { userId: giver.userId }, "operator");
      await fail(db, sourceId);
      expect(await told(db, owner)).toEqual(failed);
      await end(1);
      expect(await told(db, owner)).toEqual(stopped);
      expect(await told(db, giver)).toEqual(failed);
    }));
});
