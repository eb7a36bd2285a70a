import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentialSecrets, dataKeys, servers } from "@/drizzle/schema";
import { addCredential } from "@/lib/credentials/mutations";
import { currentDataKey } from "@/lib/crypto/data-keys";
import { type KeyRing, parseKeyRing } from "@/lib/crypto/key-ring";
import type { Db } from "@/lib/db/types";
import { portalKeys } from "@/lib/portal/keys";
import { aVisitor } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { testRing } from "@/lib/testing/crypto";
import { withRollback } from "@/lib/testing/database";
import { verbs } from "./verbs";

/** The run's own key k1 and a new one before it, as an operator would set them. */
function withNewKey(): KeyRing {
  const parsed = parseKeyRing(`k2:${Buffer.alloc(32, 2).toString("base64")},${process.env.SECRET_KEYS}`);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.ring;
}

async function run(db: Db, name: string, { ring = portalKeys().keyRing, argument = "" } = {}) {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const code = await verbs[name]?.({ db, visitor: aVisitor(), ring, print, argument: argument || undefined });
  return { code, text: printed.join("") };
}

const currentId = async (db: Db) => (await currentDataKey(db, portalKeys().keyRing)).id;

async function withSecrets(body: (db: Db) => Promise<void>): Promise<void> {
  await withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    for (const name of ["One", "Two", "Three"]) await addCredential(db, owner, aCredential({ name }));
    await body(db);
  });
}

describe("npm run keys", () => {
  it("status shows what each key seals, and what is left to do", () =>
    withSecrets(async (db) => {
      expect((await run(db, "status")).text).toBe(
        `SECRET_KEYS: k1 wraps.\nData keys:\n  ${await currentId(db)}  current, wrapped by k1, seals 3 secrets\nNothing is left to do.\n`,
      );
      const { text } = await run(db, "status", { ring: withNewKey() });
      expect(text).toContain("SECRET_KEYS: k2 wraps; k1 only unwrap.");
      expect(text).toContain("Next: rotate-wrapping, for 1 data key not wrapped by k2.");
      expect((await run(db, "status", { ring: testRing("k9") })).text).toContain(
        "Next: put k1 back into SECRET_KEYS, behind the first key.",
      );
    }));

  it("rotate-wrapping shows its progress and which key may go; again it does nothing", () =>
    withSecrets(async (db) => {
      const ring = withNewKey();
      expect(await run(db, "rotate-wrapping", { ring })).toEqual({
        code: 0,
        text: "Wrapped 1 of 1 data key.\nNext: take k1 out of SECRET_KEYS. No data key in this database needs it.\n",
      });
      expect((await run(db, "rotate-wrapping", { ring })).text).toContain(
        "Nothing to do: k2 wraps every data key",
      );
    }));

  it("rotate-data rotates once, however often it is repeated before its secrets are re-sealed", () =>
    withSecrets(async (db) => {
      const old = await currentId(db);
      expect((await run(db, "rotate-data")).text).toBe(
        `Retired ${old}.\nNext: reseal, for 3 secrets under a retired data key.\n`,
      );
      expect((await run(db, "rotate-data")).text).toContain("the last rotation is not finished");
      expect((await run(db, "reseal")).text).toBe("Sealed 3 of 3 secrets anew.\n");
      expect((await run(db, "reseal")).text).toContain("Nothing to do");
      expect(await db.$count(dataKeys)).toBe(2);
      const events = await db
        .select()
        .from(auditEvents)
        .where(eq(auditEvents.subjectId, await currentId(db)));
      expect(events).toMatchObject([
        { event: "keys.rotated", actorId: null, details: { retiredDataKey: old } },
        { event: "keys.resealed", actorId: null, details: { secrets: 3 } },
      ]);
    }));

  it("rotate-data with an id retires that key alone, though it has sealed nothing", () =>
    withRollback(async (db) => {
      await ownerOfCredentials(db);
      const old = await currentId(db);
      expect((await run(db, "rotate-data")).text).toContain("has sealed no secret yet");
      expect((await run(db, "rotate-data", { argument: old })).text).toContain(`Retired ${old}.`);
      expect((await run(db, "rotate-data", { argument: old })).text).toContain("is not the current data key");
      expect(await run(db, "rotate-data", { argument: "k1" })).toMatchObject({ code: 1 });
      expect(await db.$count(dataKeys)).toBe(2);
    }));

  it("verify opens everything, and names what does not open with what to do", () =>
    withSecrets(async (db) => {
      expect(await run(db, "verify")).toEqual({
        code: 0,
        text: "Opened 3 secrets.\nOK: every data key and every stored secret opens.\n",
      });
      await db.update(servers).set({ baseUrl: "https://evil.example.com" });
      const { code, text } = await run(db, "verify");
      expect(code).toBe(1);
      expect(text).toContain("3 secrets did not open");
      expect(text.match(/credential [0-9a-f-]{36}: TAMPERED/g)).toHaveLength(3);
    }));

  it("reseal continues past a secret that does not open, names it, and leaves it unchanged", () =>
    withSecrets(async (db) => {
      await run(db, "rotate-data");
      const [broken] = await db.select().from(credentialSecrets).limit(1);
      const sealed = Buffer.from(broken?.sealed ?? []);
      sealed[60] = (sealed[60] ?? 0) ^ 1;
      const id = broken?.credentialId ?? "";
      await db.update(credentialSecrets).set({ sealed }).where(eq(credentialSecrets.credentialId, id));
      const { code, text } = await run(db, "reseal");
      expect(code).toBe(1);
      expect(text).toContain("Sealed 2 of 3 secrets anew.");
      expect(text).toContain(`credential ${id}: TAMPERED`);
      const [after] = await db.select().from(credentialSecrets).where(eq(credentialSecrets.credentialId, id));
      expect(after?.sealed).toEqual(sealed);
    }));

  it.each(["rotate-wrapping", "rotate-data", "reseal", "verify"])(
    "%s changes nothing where a wrapping key is missing or another one, and says the cure",
    (verb) =>
      withSecrets(async (db) => {
        const before = [await db.select().from(dataKeys), await db.$count(auditEvents)];
        const missing = await run(db, verb, { ring: testRing("k9") });
        expect(missing).toMatchObject({ code: 1 });
        expect(missing.text).toContain('Put the key "k1" back into SECRET_KEYS, behind the first one.');
        const other = await run(db, verb, { ring: testRing("k1") });
        expect(other).toMatchObject({ code: 1 });
        expect(other.text).toContain('Give the key "k1" in SECRET_KEYS its former value');
        expect([await db.select().from(dataKeys), await db.$count(auditEvents)]).toEqual(before);
      }),
  );
});
