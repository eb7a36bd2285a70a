import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { testRing, withoutKeys } from "@/lib/testing/crypto";
import { verifyKeys } from "./canary";
import { currentDataKey } from "./data-keys";
import { reseal } from "./reseal";
import { rotateDataKey } from "./rotate";
import { isSameSecret } from "./same-secret";
import { open, seal, sealedWith } from "./sealed-value";

const context = {
  table: "credential_secrets",
  column: "sealed",
  rowId: "row-1",
  ownerId: "owner-1",
  field: "password",
  origin: "https://bitbucket.example.com",
  secretVersion: 1,
};

test("after a rotation a value moves to the current data key once, and then stays", () =>
  withoutKeys(async (db) => {
    const ring = testRing("k1");
    await verifyKeys(db, ring);
    const old = await currentDataKey(db, ring);
    const sealed = seal(old, Secret.of("kept"), context);
    expect(await reseal(db, ring, old, sealed, context)).toBeNull();

    await rotateDataKey(db, ring, old.id);
    const current = await currentDataKey(db, ring);
    const moved = (await reseal(db, ring, current, sealed, context))?.sealed ?? Buffer.alloc(0);
    expect(sealedWith(moved)).toBe(current.id);
    expect(isSameSecret(open(current, moved, context), Secret.of("kept"))).toBe(true);
    expect(await reseal(db, ring, current, moved, context)).toBeNull();
  }));

test("re-sealing is no way around the context: a moved value is refused", () =>
  withoutKeys(async (db) => {
    const ring = testRing("k1");
    await verifyKeys(db, ring);
    const old = await currentDataKey(db, ring);
    const sealed = seal(old, Secret.of("kept"), context);
    await rotateDataKey(db, ring, old.id);
    const elsewhere = { ...context, origin: "https://evil.example.com" };
    const current = await currentDataKey(db, ring);
    await expect(reseal(db, ring, current, sealed, elsewhere)).rejects.toMatchObject({ code: "TAMPERED" });
  }));
