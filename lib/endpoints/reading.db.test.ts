import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  auditEvents,
  datasets,
  endpoints,
  partitionCursors,
  recordGroups,
  records,
  runPartitions,
  runSeen,
  runs,
} from "@/drizzle/schema";
import type { Schedule } from "@/drizzle/schema/endpoints";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aRepositorySource, sentSource } from "@/lib/testing/sources";
import { activateEndpoint, addEndpoint, editEndpoint, pauseEndpoint } from "./mutations";
import { findEndpoint } from "./queries";
import { addEndpointSchema, type EditEndpointInput, editEndpointSchema } from "./schema";

const hourly: Schedule = { kind: "every", amount: 1, unit: "hours" };
const everything = new URLSearchParams("stream=repositories&scope=everything");
const shop = new URLSearchParams("stream=repositories&scope=projects&project=1/SHOP/Web Shop");

async function aSource(db: Db, schedule: Schedule = { kind: "manual" }) {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential());
  const source = { ...aRepositorySource, schedule, credentialId, name: "Repositories", description: "" };
  const id = await addEndpoint(db, owner, source);
  const edit = (changes: Partial<EditEndpointInput>, version = 1) => {
    const same = { endpointId: id, version, name: "Repositories", description: "", credentialId: null };
    return editEndpoint(db, owner, { ...same, ...changes });
  };
  return { owner, id, edit };
}

async function rowOf(db: Db, id: string) {
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id));
  if (!row) throw new Error("the source is gone");
  return row;
}

async function lastEvent(db: Db) {
  const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
  return event;
}

/** What a run leaves behind: a record, a group, a cursor, an unfinished pass. */
async function haveRead(db: Db, endpointId: string, state: "running" | "failed" = "failed") {
  const [runId, passId] = [randomUUID(), randomUUID()];
  await db.insert(runs).values({ id: runId, endpointId, passId, mode: "all", trigger: "user", state });
  await db.insert(datasets).values({ endpointId, newest: 7, records: 1, deleted: 0, runsSinceFull: 3 });
  const record = { key: "1", seq: 7, hash: Buffer.from("x"), data: {}, changedAt: new Date(), runId };
  await db.insert(records).values({ endpointId, ...record });
  const group = { id: "1", label: "SHOP", address: {}, since: new Date() };
  await db.insert(recordGroups).values({ endpointId, ...group });
  await db.insert(partitionCursors).values({ endpointId, key: "start", value: {} });
  await db.insert(runPartitions).values({ endpointId, passId, key: "start", label: "Start" });
  await db.insert(runSeen).values({ passId, keyHash: 1n });
}

const tables = [records, recordGroups, partitionCursors, runPartitions, runSeen];

async function counts(db: Db): Promise<number[]> {
  const found: number[] = [];
  for (const table of tables) found.push(await db.$count(table));
  return found;
}

describe("what a source reads, and when", () => {
  it("is kept from the first save on, with the next time, and the audit log names the stream alone", () =>
    withRollback(async (db) => {
      const before = Date.now();
      const { owner, id } = await aSource(db, hourly);
      const source = await findEndpoint(db, owner, "source", id);
      expect(source).toMatchObject({ settings: aRepositorySource.settings, schedule: hourly });
      const next = new Date(source?.nextRunAt ?? 0).getTime();
      expect(next - before).toBeGreaterThanOrEqual(3_600_000);
      expect(next - Date.now()).toBeLessThanOrEqual(3_600_000);
      expect(await lastEvent(db)).toMatchObject({
        event: "flow.added",
        details: { name: "Repositories", stream: "repositories" },
      });
    }));

  it("cannot be left out of a new source", () => {
    const rest = { connector: "bitbucket-server", credentialId: randomUUID(), name: "X" };
    const sent = { ...rest, direction: "source" };
    const parsed = addEndpointSchema.safeParse(sent);
    expect(parsed.error?.issues).toMatchObject([{ path: ["choice"], message: /Choose what to read/ }]);
    expect(addEndpointSchema.safeParse({ ...sentSource, ...rest }).success).toBe(true);
    const written = addEndpointSchema.safeParse({ ...rest, direction: "destination" });
    expect(written.error?.issues).toMatchObject([{ path: ["choice"], message: /Choose what to write/ }]);
  });

  it("a pause keeps the schedule's next time for an undo, and activating later sets it anew", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSource(db, hourly);
      await pauseEndpoint(db, owner, id);
      const pausedAt = new Date(Date.now() - 120_000);
      await db.update(endpoints).set({ failures: 20, failingSince: new Date(), nextRunAt: null, pausedAt });
      await activateEndpoint(db, owner, id);
      expect(await rowOf(db, id)).toMatchObject({
        failures: 0,
        failingSince: null,
        nextRunAt: expect.any(Date),
      });
    }));

  it("a changed schedule sets the next time, but not while the source is paused", () =>
    withRollback(async (db) => {
      const { owner, id, edit } = await aSource(db);
      await edit({ schedule: hourly });
      expect((await rowOf(db, id)).nextRunAt).toBeInstanceOf(Date);
      expect(await lastEvent(db)).toMatchObject({
        details: { fields: ["schedule"], stream: "repositories" },
      });
      await pauseEndpoint(db, owner, id);
      const { nextRunAt } = await rowOf(db, id);
      await edit({ schedule: { ...hourly, amount: 2 } }, 2);
      expect(await rowOf(db, id)).toMatchObject({ schedule: { amount: 2 }, nextRunAt });
      // It is none of the new schedule's: activating is no undo any more.
      await activateEndpoint(db, owner, id);
      expect((await rowOf(db, id)).nextRunAt?.getTime()).toBeGreaterThan(nextRunAt?.getTime() ?? 0);
    }));

  it("an edit that leaves schedule, choice and days out keeps them, and the same again changes nothing", () =>
    withRollback(async (db) => {
      const { id, edit } = await aSource(db, hourly);
      await edit({ choice: everything });
      const before = await rowOf(db, id);
      const same = { schedule: hourly, choice: everything, keepRunsDays: 90, keepDeletedDays: 90 };
      for (const changes of [{}, same]) await edit(changes, before.version);
      expect(await rowOf(db, id)).toEqual(before);
      await edit({ keepDeletedDays: 7 }, before.version);
      expect(await rowOf(db, id)).toMatchObject({ keepDeletedDays: 7, keepRunsDays: 90, schedule: hourly });
      expect(await lastEvent(db)).toMatchObject({ details: { fields: ["retention"] } });
    }));
});

describe("reading something else", () => {
  it("removes nothing unless the user agrees", () =>
    withRollback(async (db) => {
      const { id, edit } = await aSource(db);
      await haveRead(db, id);
      await expect(edit({ choice: shop })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fieldErrors: { newDataSet: expect.stringMatching(/Confirm/) },
      });
      expect(await counts(db)).toEqual([1, 1, 1, 1, 1]);
      expect((await rowOf(db, id)).settings).toEqual(aRepositorySource.settings);
    }));

  it("starts a new data set: records, groups and checkpoints go, change numbers go on", () =>
    withRollback(async (db) => {
      const { id, edit } = await aSource(db);
      await haveRead(db, id);
      await edit({ choice: shop, startsNewDataSet: true });
      expect(await counts(db)).toEqual([0, 0, 0, 0, 0]);
      expect(await db.select().from(datasets)).toMatchObject([
        { newest: 7, forgotten: 7, records: 0, deleted: 0, fullRunAt: null, runsSinceFull: 0 },
      ]);
      expect((await rowOf(db, id)).settings?.scope).toMatchObject({
        kind: "projects",
        projects: [{ id: 1 }],
      });
      expect(await lastEvent(db)).toMatchObject({ details: { fields: ["settings"] } });
    }));

  it("removes more records than one statement deletes", () =>
    withRollback(async (db) => {
      const { id, edit } = await aSource(db);
      await haveRead(db, id);
      await db.execute(sql`insert into ${records} (endpoint_id, key, seq, hash, data, changed_at, run_id)
        select endpoint_id, 'copy/' || number, number, hash, data, changed_at, run_id
        from ${records}, generate_series(1, 20001) as number`);
      await edit({ choice: shop, startsNewDataSet: true });
      expect(await db.$count(records)).toBe(0);
    }));

  it("leaves the records of other sources alone", () =>
    withRollback(async (db) => {
      const [{ edit }, other] = [await aSource(db), await aSource(db)];
      await haveRead(db, other.id);
      await edit({ choice: shop, startsNewDataSet: true });
      expect(await counts(db)).toEqual([1, 1, 1, 1, 1]);
    }));

  it("is refused while the source is being read", () =>
    withRollback(async (db) => {
      const { id, edit } = await aSource(db);
      await haveRead(db, id, "running");
      const refused = { code: "CONFLICT", message: expect.stringMatching(/Cancel the run/) };
      await expect(edit({ choice: shop, startsNewDataSet: true })).rejects.toMatchObject(refused);
    }));

  it("is not asked for when only names changed on the server", () =>
    withRollback(async (db) => {
      const { id, edit } = await aSource(db);
      await edit({ choice: shop });
      await haveRead(db, id);
      const renamed = new URLSearchParams("stream=repositories&scope=projects&project=1/NEW/New");
      await edit({ choice: renamed }, 2);
      expect(await counts(db)).toEqual([1, 1, 1, 1, 1]);
    }));
});

it("an edit form's texts become what the edit asks for", () => {
  const sent = {
    endpointId: randomUUID(),
    version: "3",
    name: "X",
    schedule: "every",
    amount: "2",
    unit: "days",
  };
  expect(editEndpointSchema.parse({ ...sent, choice: "", keepRunsDays: "30" })).toMatchObject({
    version: 3,
    schedule: { kind: "every", amount: 2, unit: "days" },
    choice: null,
    keepRunsDays: 30,
    startsNewDataSet: false,
  });
  const issues = editEndpointSchema.safeParse({ ...sent, amount: "0", keepRunsDays: "0" }).error?.issues;
  expect(issues?.map(({ path }) => path[0])).toContain("keepRunsDays");
});
