import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { datasets, endpoints, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { findHoldings } from "./holdings";
import { listLatestRuns, listRunsToTell } from "./latest";

async function twoSources(db: Db): Promise<{ owner: Actor; one: string; other: string }> {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential());
  const add = (name: string) =>
    addEndpoint(db, owner, { ...aRepositorySource, credentialId, name, description: "" });
  return { owner, one: await add("One"), other: await add("Other") };
}

function aRun(endpointId: string, state: "succeeded" | "failed", minute: number): typeof runs.$inferInsert {
  const createdAt = new Date(Date.UTC(2026, 10, 1, 12, minute));
  return {
    id: crypto.randomUUID(),
    passId: crypto.randomUUID(),
    endpointId,
    mode: "new",
    trigger: "user",
    state,
    createdAt,
    endedAt: createdAt,
  };
}

describe("the newest runs of a list of sources", () => {
  it("are those that began last, with the records of each source", () =>
    withRollback(async (db) => {
      const { owner, one, other } = await twoSources(db);
      const newest = aRun(one, "failed", 30);
      await db.insert(runs).values([newest, aRun(one, "succeeded", 10), aRun(one, "succeeded", 20)]);
      await db.insert(datasets).values({ endpointId: one, records: 12, deleted: 3 });
      expect([...(await listLatestRuns(db, owner, [one, other]))]).toEqual([
        [one, { id: newest.id, state: "failed", createdAt: "2026-11-01T12:30:00.000Z", records: 12 }],
      ]);
    }));

  it("are only of sources that the reader sees", () =>
    withRollback(async (db) => {
      const { owner, one, other } = await twoSources(db);
      const reader = await somebody(db);
      await db.insert(runs).values([aRun(one, "failed", 1), aRun(other, "failed", 2)]);
      await grantEndpoint(db, owner, other, { userId: reader.userId }, "collaborator");
      expect([...(await listLatestRuns(db, reader, [one, other])).keys()]).toEqual([other]);
      expect((await listLatestRuns(db, reader, [])).size).toBe(0);
    }));
});

describe("the sources to tend", () => {
  it("are those whose newest run failed or is incomplete, newest first, of those that the reader sees", () =>
    withRollback(async (db) => {
      const { owner, one, other } = await twoSources(db);
      const failed = aRun(one, "failed", 20);
      await db.insert(runs).values([aRun(one, "succeeded", 10), failed]);
      await db.insert(runs).values([aRun(other, "failed", 30), aRun(other, "succeeded", 40)]);
      const { toTend, recent } = await listRunsToTell(db, owner, 5);
      expect(toTend).toEqual([
        {
          ...{ id: one, direction: "source", name: "One", role: "owner", isPausedByItself: false },
          run: { id: failed.id, state: "failed", createdAt: "2026-11-01T12:20:00.000Z" },
        },
      ]);
      expect(recent.map(({ name, run }) => `${name} ${run.state}`)).toEqual([
        ...["Other succeeded", "Other failed", "One failed", "One succeeded"],
      ]);
      const stranger = await somebody(db);
      expect(await listRunsToTell(db, stranger, 5)).toEqual({ toTend: [], recent: [] });
    }));
});

describe("the latest runs", () => {
  it("are five, of all sources together, without dry runs", () =>
    withRollback(async (db) => {
      const { owner, one, other } = await twoSources(db);
      await db.insert(runs).values([1, 2, 3, 6, 7].map((minute) => aRun(one, "succeeded", minute)));
      await db.insert(runs).values([4, 5].map((minute) => aRun(other, "succeeded", minute)));
      await db.insert(runs).values({ ...aRun(other, "succeeded", 8), kind: "dry-run" });
      const { recent } = await listRunsToTell(db, owner, 5);
      expect(recent.map(({ run }) => new Date(run.createdAt).getUTCMinutes())).toEqual([7, 6, 5, 4, 3]);
    }));

  it("tell which schedule paused itself, and the reader's own role", () =>
    withRollback(async (db) => {
      const { owner, one } = await twoSources(db);
      const reader = await somebody(db);
      await grantEndpoint(db, owner, one, { userId: reader.userId }, "operator");
      await db.insert(runs).values([aRun(one, "failed", 1)]);
      await db.update(endpoints).set({ pausedAt: new Date() }).where(eq(endpoints.id, one));
      const told = { id: one, role: "operator", isPausedByItself: true };
      expect((await listRunsToTell(db, reader, 5)).toTend).toMatchObject([told]);
      await db.update(endpoints).set({ pausedBy: owner.userId }).where(eq(endpoints.id, one));
      expect((await listRunsToTell(db, reader, 5)).toTend).toMatchObject([
        { ...told, isPausedByItself: false },
      ]);
    }));
});

describe("what goes with a deleted source", () => {
  it("is counted: records, those deleted on the server, and runs", () =>
    withRollback(async (db) => {
      const { owner, one, other } = await twoSources(db);
      await db.insert(runs).values([aRun(one, "succeeded", 1), aRun(one, "failed", 2)]);
      await db.insert(datasets).values({ endpointId: one, records: 12, deleted: 3 });
      expect(await findHoldings(db, owner, one)).toEqual({ records: 12, deleted: 3, runs: 2 });
      expect(await findHoldings(db, owner, other)).toEqual({ records: 0, deleted: 0, runs: 0 });
    }));

  it("is told to nobody who does not see the source", () =>
    withRollback(async (db) => {
      const { one } = await twoSources(db);
      const stranger = await somebody(db);
      expect(await findHoldings(db, stranger, one)).toBeNull();
      expect(await findHoldings(db, stranger, "no id")).toBeNull();
    }));
});
