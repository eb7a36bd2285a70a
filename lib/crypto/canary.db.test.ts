import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { dataKeys, keyCanaries } from "@/drizzle/schema/keys";
import type { Db } from "@/lib/db/types";
import { testRing, withoutKeys } from "@/lib/testing/crypto";
import { emptyDatabase } from "@/lib/testing/database";
import { verifyKeys } from "./canary";
import type { KeyWrapper } from "./key-wrapper";
import { listDataKeys, rotateDataKey } from "./rotate";

/** Every byte of both tables, to show that nothing was written. */
async function contents(db: Db): Promise<unknown[]> {
  const keys = await db.select().from(dataKeys).orderBy(dataKeys.id);
  const canaries = await db.select().from(keyCanaries).orderBy(keyCanaries.dataKeyId);
  return [...keys, ...canaries];
}

async function rotate(db: Db, ring: KeyWrapper): Promise<void> {
  const currentDataKeyId = (await listDataKeys(db)).find(({ retiredAt }) => !retiredAt)?.id;
  expect(await rotateDataKey(db, ring, currentDataKeyId ?? "")).toEqual({ rotated: true });
}

test("the first start creates one data key with its canary, and every later start finds them", () =>
  withoutKeys(async (db) => {
    expect(await verifyKeys(db, testRing("k1"))).toEqual({ ok: true, dataKeys: 1 });
    const created = await contents(db);
    expect(created).toHaveLength(2);
    expect(await verifyKeys(db, testRing("k1"))).toEqual({ ok: true, dataKeys: 1 });
    expect(await verifyKeys(db, testRing("k2", "k1"))).toEqual({ ok: true, dataKeys: 1 });
    expect(await contents(db)).toEqual(created);
  }));

test("9 a start without the wrapping key names the wanted key and the configured ones, and writes nothing", () =>
  withoutKeys(async (db) => {
    await verifyKeys(db, testRing("k1"));
    const before = await contents(db);
    expect(await verifyKeys(db, testRing("k3", "k2"))).toEqual({
      ok: false,
      problem: {
        code: "WRAPPING_KEY_MISSING",
        wantedKeyId: "k1",
        configuredKeyIds: ["k3", "k2"],
        message: 'A data key is wrapped by the key "k1", which is not configured. Configured: k3, k2.',
      },
    });
    expect(await contents(db)).toEqual(before);
  }));

test("9 a start with another key under the right id is refused, and writes nothing", () =>
  withoutKeys(async (db) => {
    await verifyKeys(db, testRing("k1"));
    await db.update(dataKeys).set({ wrappingKeyId: "k2" });
    const before = await contents(db);
    const problem = { code: "WRAPPING_KEY_REFUSED", wantedKeyId: "k2", configuredKeyIds: ["k2", "k1"] };
    expect(await verifyKeys(db, testRing("k2", "k1"))).toMatchObject({ ok: false, problem });
    expect(await contents(db)).toEqual(before);
  }));

test("10 dropping a wrapping key that only a retired data key still needs is refused too", () =>
  withoutKeys(async (db) => {
    await verifyKeys(db, testRing("k1"));
    await rotate(db, testRing("k2", "k1"));
    expect(await verifyKeys(db, testRing("k2", "k1"))).toEqual({ ok: true, dataKeys: 2 });
    expect(await verifyKeys(db, testRing("k2"))).toMatchObject({ ok: false, problem: { wantedKeyId: "k1" } });
  }));

test("a changed, swapped or missing canary is refused, and not replaced", () =>
  withoutKeys(async (db) => {
    const ring = testRing("k1");
    await verifyKeys(db, ring);
    await rotate(db, ring);
    const currentDataKeyId = (await listDataKeys(db)).find(({ retiredAt }) => !retiredAt)?.id;
    const damages = [
      sql`update key_canaries set sealed = set_byte(sealed, 60, get_byte(sealed, 60) # 1) where data_key_id = ${currentDataKeyId}`,
      sql`update key_canaries set sealed = (select sealed from key_canaries where data_key_id <> ${currentDataKeyId})`,
      sql`update key_canaries set sealed = ''`,
      sql`delete from key_canaries where data_key_id = ${currentDataKeyId}`,
    ];
    for (const damage of damages) {
      await db.execute(sql`savepoint whole`);
      await db.execute(damage);
      const before = await contents(db);
      expect(await verifyKeys(db, ring)).toMatchObject({ ok: false, problem: { code: "CANARY_REFUSED" } });
      expect(await contents(db)).toEqual(before);
      await db.execute(sql`rollback to savepoint whole`);
    }
    expect(await verifyKeys(db, ring)).toEqual({ ok: true, dataKeys: 2 });
  }));

test("with retired keys only, a start makes a new current key if they open, and writes nothing if not", () =>
  withoutKeys(async (db) => {
    await verifyKeys(db, testRing("k1"));
    await db.update(dataKeys).set({ retiredAt: sql`now()` });
    const before = await contents(db);
    expect(await verifyKeys(db, testRing("k2"))).toMatchObject({ ok: false });
    expect(await contents(db)).toEqual(before);
    expect(await verifyKeys(db, testRing("k1"))).toEqual({ ok: true, dataKeys: 2 });
  }));

test("of two processes that first start with different rings, the one that lost is refused", async () => {
  const db = await emptyDatabase();
  const found = await Promise.all([verifyKeys(db, testRing("k1")), verifyKeys(db, testRing("k2"))]);
  expect(found.map((verification) => verification.ok).sort()).toEqual([false, true]);
  expect(await db.$count(dataKeys)).toBe(1);
});

test("a failing key service is thrown as it is, not reported as a wrong key", () =>
  withoutKeys(async (db) => {
    await verifyKeys(db, testRing("k1"));
    const outage = new Error("the key service does not answer");
    const service: KeyWrapper = {
      currentKeyId: () => "k1",
      wrap: () => Promise.reject(outage),
      unwrap: () => Promise.reject(outage),
    };
    await expect(verifyKeys(db, service)).rejects.toBe(outage);
  }));
