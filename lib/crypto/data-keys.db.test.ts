import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { dataKeys } from "@/drizzle/schema/keys";
import { testRing, watchedWrapper, withoutKeys } from "@/lib/testing/crypto";
import { emptyDatabase } from "@/lib/testing/database";
import { createFirstDataKey, currentDataKey, dataKeyById } from "./data-keys";
import { insertDataKey, prepareDataKey } from "./new-data-key";
import { listDataKeys, rotateDataKey } from "./rotate";

test("however many processes start at once, they end with one and the same current key", async () => {
  const db = await emptyDatabase();
  const processes = Array.from({ length: 8 }, () => testRing("k1"));
  await Promise.all(processes.map((ring) => createFirstDataKey(db, ring)));
  const keys = await Promise.all(processes.map((ring) => currentDataKey(db, ring)));
  expect(new Set(keys.map((key) => key.id)).size).toBe(1);
  expect(keys.every((key) => keys[0]?.key.equals(key.key))).toBe(true);
  expect(await db.$count(dataKeys)).toBe(1);
});

test("the database itself has room for one current key only", () =>
  withoutKeys(async (db) => {
    await createFirstDataKey(db, testRing("k1"));
    const second = await prepareDataKey(testRing("k1"));
    const cause = { constraint: "data_keys_one_current" };
    await expect(db.transaction((tx) => insertDataKey(tx, second))).rejects.toMatchObject({ cause });
  }));

test("there is no current key before the keys were verified, and asking creates none", () =>
  withoutKeys(async (db) => {
    await expect(currentDataKey(db, testRing("k1"))).rejects.toThrow("no current data key");
    expect(await db.$count(dataKeys)).toBe(0);
  }));

test("an unknown data key is a clear refusal", () =>
  withoutKeys(async (db) => {
    const id = "0b6c6c1e-8f0a-4f7e-9a70-5f3f8f0e7b11";
    await expect(dataKeyById(db, testRing("k1"), id)).rejects.toMatchObject({ code: "UNKNOWN_KEY" });
  }));

test("a key is unwrapped once per process, and yet a rotation elsewhere is seen at once", () =>
  withoutKeys(async (db) => {
    const calls: string[] = [];
    const here = watchedWrapper(testRing("k1"), (verb) => calls.push(verb));
    await createFirstDataKey(db, testRing("k1"));
    const first = await currentDataKey(db, here);
    await currentDataKey(db, here);
    await dataKeyById(db, here, first.id);
    expect(calls).toEqual(["unwrap"]);

    await rotateDataKey(db, testRing("k1"), first.id);
    expect((await currentDataKey(db, here)).id).not.toBe(first.id);
    expect((await dataKeyById(db, here, first.id)).key.equals(first.key)).toBe(true);
    expect(calls).toEqual(["unwrap", "unwrap"]);
  }));

test("what one ring has unwrapped is not served to a ring that could not unwrap it", () =>
  withoutKeys(async (db) => {
    await createFirstDataKey(db, testRing("k1"));
    const { id } = await currentDataKey(db, testRing("k1"));
    await expect(dataKeyById(db, testRing("k2"), id)).rejects.toMatchObject({ code: "WRAPPING_KEY_MISSING" });
    await expect(currentDataKey(db, testRing("k2"))).rejects.toMatchObject({ wantedKeyId: "k1" });
  }));

test("a wrapped key copied over another's is refused", () =>
  withoutKeys(async (db) => {
    await createFirstDataKey(db, testRing("k1"));
    const { id } = await currentDataKey(db, testRing("k1"));
    await rotateDataKey(db, testRing("k1"), id);
    const currentDataKeyId = (await listDataKeys(db)).find(({ retiredAt }) => !retiredAt)?.id;
    await db
      .update(dataKeys)
      .set({ wrapped: sql`(select wrapped from data_keys where id = ${currentDataKeyId})` })
      .where(eq(dataKeys.id, id));
    await expect(dataKeyById(db, testRing("k1"), id)).rejects.toMatchObject({ code: "WRAPPING_KEY_REFUSED" });
  }));

test("the tables hold no byte run of the data key itself", () =>
  withoutKeys(async (db) => {
    await createFirstDataKey(db, testRing("k1"));
    const { key } = await currentDataKey(db, testRing("k1"));
    const dump = await db.execute(
      sql`select row_to_json(k) k, row_to_json(c) c from data_keys k, key_canaries c`,
    );
    const text = JSON.stringify(dump);
    expect(text).toContain("wrapping_key_id");
    expect(text).not.toContain(key.export().toString("hex").slice(0, 16));
  }));
