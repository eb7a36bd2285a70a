import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { dataKeys, keyCanaries } from "@/drizzle/schema/keys";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { testRing, watchedWrapper, withoutKeys } from "@/lib/testing/crypto";
import { emptyDatabase } from "@/lib/testing/database";
import { verifyKeys } from "./canary";
import { generateDataKey } from "./data-key";
import { currentDataKey, dataKeyById } from "./data-keys";
import type { KeyWrapper } from "./key-wrapper";
import { listDataKeys, rewrapDataKeys, rotateDataKey } from "./rotate";
import { isSameSecret } from "./same-secret";
import { open, seal } from "./sealed-value";

const context = {
  table: "credential_secrets",
  column: "sealed",
  rowId: "row-1",
  ownerId: "owner-1",
  field: "password",
  origin: "https://bitbucket.example.com",
  secretVersion: 1,
};

/** A database with three data keys wrapped by k1, two of them retired. */
async function withThreeKeys(body: (db: Db) => Promise<void>): Promise<void> {
  await withoutKeys(async (db) => {
    await verifyKeys(db, testRing("k1"));
    for (let count = 0; count < 2; count++) {
      await rotateDataKey(db, testRing("k1"), (await currentDataKey(db, testRing("k1"))).id);
    }
    await body(db);
  });
}

test("10 new key first, re-wrap, drop the old: values sealed before any of it still open", () =>
  withThreeKeys(async (db) => {
    const before = await currentDataKey(db, testRing("k1"));
    const sealed = seal(before, Secret.of("kept"), context);

    expect(await rewrapDataKeys(db, testRing("k2", "k1"))).toEqual({ rewrapped: 3 });
    expect((await listDataKeys(db)).map(({ wrappingKeyId }) => wrappingKeyId)).toEqual(["k2", "k2", "k2"]);

    const onlyNew = testRing("k2");
    expect(await verifyKeys(db, onlyNew)).toEqual({ ok: true, dataKeys: 3 });
    const after = await dataKeyById(db, onlyNew, before.id);
    expect(isSameSecret(open(after, sealed, context), Secret.of("kept"))).toBe(true);
    expect(await verifyKeys(db, testRing("k1"))).toMatchObject({ ok: false, problem: { wantedKeyId: "k2" } });
  }));

test("re-wrapping again changes nothing", () =>
  withThreeKeys(async (db) => {
    await rewrapDataKeys(db, testRing("k2", "k1"));
    const once = await db.select().from(dataKeys).orderBy(dataKeys.id);
    expect(await rewrapDataKeys(db, testRing("k2", "k1"))).toEqual({ rewrapped: 0 });
    expect(await db.select().from(dataKeys).orderBy(dataKeys.id)).toEqual(once);
  }));

test("11 a re-wrapping that dies at any step leaves every key openable, and the next run finishes it", () =>
  withThreeKeys(async (db) => {
    for (let lastStep = 1; lastStep <= 9; lastStep++) {
      await db.execute(sql`savepoint untouched`);
      let step = 0;
      const dying = watchedWrapper(testRing("k2", "k1"), () => {
        step++;
        if (step === lastStep) throw new Error("killed");
      });
      await expect(rewrapDataKeys(db, dying)).rejects.toThrow("killed");

      const done = Math.floor((lastStep - 1) / 3);
      expect(await verifyKeys(db, testRing("k2", "k1"))).toEqual({ ok: true, dataKeys: 3 });
      expect(await rewrapDataKeys(db, testRing("k2", "k1"))).toEqual({ rewrapped: 3 - done });
      expect(await verifyKeys(db, testRing("k2"))).toEqual({ ok: true, dataKeys: 3 });
      await db.execute(sql`rollback to savepoint untouched`);
    }
  }));

test("a wrapped key that would not open again never replaces the one that does", () =>
  withThreeKeys(async (db) => {
    const ring = testRing("k2", "k1");
    const broken: KeyWrapper = {
      currentKeyId: () => "k2",
      wrap: async (key) => ring.wrap(key, { dataKeyId: "of another key" }),
      unwrap: (wrapped, of) => ring.unwrap(wrapped, of),
    };
    await expect(rewrapDataKeys(db, broken)).rejects.toMatchObject({ code: "WRAPPING_KEY_REFUSED" });

    const forgetful: KeyWrapper = {
      ...broken,
      wrap: async (_key, of) => ring.wrap(generateDataKey().key, of),
    };
    await expect(rewrapDataKeys(db, forgetful)).rejects.toThrow("came back changed");
    expect(await verifyKeys(db, testRing("k1"))).toEqual({ ok: true, dataKeys: 3 });
  }));

test("two re-wrappings at once end with every key wrapped once and openable", async () => {
  const db = await emptyDatabase();
  await verifyKeys(db, testRing("k1"));
  const runs = await Promise.all([1, 2, 3].map(() => rewrapDataKeys(db, testRing("k2", "k1"))));
  expect(runs.reduce((total, run) => total + run.rewrapped, 0)).toBe(1);
  expect(await verifyKeys(db, testRing("k2"))).toEqual({ ok: true, dataKeys: 1 });
});

test("rotating makes a new current key with a canary, and the retired one still opens", () =>
  withoutKeys(async (db) => {
    const ring = testRing("k1");
    await verifyKeys(db, ring);
    const old = await currentDataKey(db, ring);
    expect(await rotateDataKey(db, ring, old.id)).toEqual({ rotated: true });
    const fresh = await currentDataKey(db, ring);
    expect(fresh.key.equals(old.key)).toBe(false);
    const listed = await listDataKeys(db);
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual({ id: old.id, wrappingKeyId: "k1", retiredAt: expect.any(Date) });
    expect(listed).toContainEqual({ id: fresh.id, wrappingKeyId: "k1", retiredAt: null });
    expect(await verifyKeys(db, testRing("k1"))).toEqual({ ok: true, dataKeys: 2 });
  }));

test("rotating away from the same key again does nothing, one after the other or at once", async () => {
  const db = await emptyDatabase();
  await verifyKeys(db, testRing("k1"));
  const { id } = await currentDataKey(db, testRing("k1"));
  const runs = await Promise.all([1, 2, 3, 4].map(() => rotateDataKey(db, testRing("k1"), id)));
  expect(runs.filter((run) => run.rotated)).toHaveLength(1);
  expect(await rotateDataKey(db, testRing("k1"), id)).toEqual({ rotated: false });
  expect(await db.$count(dataKeys)).toBe(2);
});

test("11 a rotation that dies at any statement leaves the old key current and the tables unchanged", () =>
  withoutKeys(async (db) => {
    const ring = testRing("k1");
    await verifyKeys(db, ring);
    const { id } = await currentDataKey(db, ring);
    const before = [await db.select().from(dataKeys), await db.select().from(keyCanaries)];
    await db.execute(
      sql`create function die() returns trigger language plpgsql as 'begin raise exception ''killed''; end'`,
    );
    for (const step of ["update on data_keys", "insert on data_keys", "insert on key_canaries"]) {
      await db.execute(sql.raw(`create trigger dying after ${step} for each row execute function die()`));
      await expect(rotateDataKey(db, ring, id)).rejects.toMatchObject({ cause: { message: "killed" } });
      await db.execute(sql.raw(`drop trigger dying on ${step.split(" ").at(-1)}`));
      expect([await db.select().from(dataKeys), await db.select().from(keyCanaries)]).toEqual(before);
    }
    expect(await rotateDataKey(db, ring, id)).toEqual({ rotated: true });
  }));

test("data keys are listed with their wrapping keys, without needing any key", () =>
  withoutKeys(async (db) => {
    expect(await listDataKeys(db)).toEqual([]);
    await verifyKeys(db, testRing("k1"));
    await rotateDataKey(db, testRing("k2", "k1"), (await currentDataKey(db, testRing("k1"))).id);
    expect((await listDataKeys(db)).map(({ wrappingKeyId }) => wrappingKeyId).toSorted()).toEqual([
      "k1",
      "k2",
    ]);
  }));
