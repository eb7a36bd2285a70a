import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { endpoints } from "@/drizzle/schema";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { findFed, findStops } from "@/lib/runs/holdings";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aWritingDestination } from "@/lib/testing/destinations";
import { grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { activateEndpoint, addEndpoint, deleteEndpoint, pauseEndpoint } from "./mutations";

/** A source that Ada shares with Bea and Cem, and the destinations that write its records. */
async function aSource(db: Db) {
  const ada = await ownerOfCredentials(db);
  const [bea, cem] = [await somebody(db), await somebody(db)];
  const credentialId = await addCredential(db, ada, aCredential());
  const source = { ...aRepositorySource, credentialId, name: "Commits", description: "" } as const;
  const sourceId = await addEndpoint(db, ada, source);
  for (const { userId } of [bea, cem]) await grantEndpoint(db, ada, sourceId, { userId }, "operator");
  const follow = async (user: typeof ada, name: string, kind: "after-source" | "manual" = "after-source") =>
    (await aWritingDestination(db, user, { sourceId }, { name, schedule: { kind } })).destinationId;
  return { ada, bea, cem, sourceId, follow };
}

describe("what a paused source stops", () => {
  it("is what runs after each run of it, and nothing is asked while that is all the actor's own", () =>
    withRollback(async (db) => {
      const { ada, bea, cem, sourceId, follow } = await aSource(db);
      const own = await follow(ada, "Own");
      await follow(bea, "By hand", "manual");
      expect(await findStops(db, ada, sourceId, "pause")).toBeNull();
      expect(await findStops(db, bea, sourceId, "pause")).toMatchObject({
        destinations: 1,
        users: 1,
        shown: [],
      });
      const paused = await follow(bea, "Paused");
      await pauseEndpoint(db, bea, paused);
      expect(await findStops(db, ada, sourceId, "pause")).toBeNull();
      await follow(bea, "Bea's");
      await follow(cem, "Cem's");
      expect(await findStops(db, ada, sourceId, "pause")).toEqual({
        ...{ sources: 0, destinations: 3, users: 3 },
        shown: [{ id: own, direction: "destination", name: "Own" }],
      });
      expect(await findStops(db, await somebody(db), sourceId, "pause")).toBeNull();
    }));

  it("does not stop by a press that was told of less; activated, the source is as before", () =>
    withRollback(async (db) => {
      const { ada, bea, sourceId, follow } = await aSource(db);
      await follow(bea, "Bea's");
      const rows = () => db.select().from(endpoints).where(eq(endpoints.id, sourceId));
      const before = await rows();
      await expect(pauseEndpoint(db, ada, sourceId, 0)).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await rows()).toEqual(before);
      await pauseEndpoint(db, ada, sourceId, 1);
      await activateEndpoint(db, ada, sourceId);
      expect(await rows()).toEqual(before);
    }));
});

describe("what a deleted source stops", () => {
  it("is what writes its records, also what others own", () =>
    withRollback(async (db) => {
      const { ada, bea, sourceId, follow } = await aSource(db);
      expect(await findStops(db, ada, sourceId, "delete")).toBeNull();
      const own = await follow(ada, "Own", "manual");
      await follow(bea, "Bea's");
      const shown = [{ id: own, name: "Own" }];
      expect(await findStops(db, ada, sourceId, "delete")).toEqual({
        ...{ sources: 0, destinations: 2, users: 2 },
        shown: shown.map((one) => ({ ...one, direction: "destination" })),
      });
      expect(await findFed(db, ada, sourceId)).toEqual({ shown, others: 1, following: 1 });
      await expect(deleteEndpoint(db, ada, sourceId, 1)).rejects.toMatchObject({ code: "CONFLICT" });
      await deleteEndpoint(db, ada, sourceId, 2);
      const left = await db.$count(endpoints, eq(endpoints.id, own));
      expect([left, await findStops(db, ada, sourceId, "delete")]).toEqual([1, null]);
    }));
});
