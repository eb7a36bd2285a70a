import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { checkNow } from "./check-now";
import { listCredentialTiles } from "./queries";
import { recheck } from "./recheck";
import { saveCredential, saveNewSecret } from "./save";
import { addCredentialSchema, replaceSecretSchema } from "./schema";

const { jane } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const signIn = () => ({ baseUrl: sandbox.url("/"), username: jane.name, password: jane.password });
const typed = (name: string) => addCredentialSchema.parse({ name, description: "", ...signIn() });
const newSecret = (credentialId: string, secretVersion: number) =>
  replaceSecretSchema.parse({ credentialId, secretVersion, ...signIn() });
const connections = () => new Set(sandbox.journal().map(({ connection }) => connection)).size;
const attempts = () => sandbox.journal().filter(({ signInAttempt }) => signInAttempt).length;

describe("a Save", () => {
  it("stores what the server accepted, and can be checked again, without a form or a request", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const saved = await saveCredential(db, owner, typed("Fernwood"));
      if (!saved.ok) throw new Error(saved.refusal.message);
      expect(await saveNewSecret(db, owner, newSecret(saved.data, 1))).toEqual(saved);
      expect(await checkNow(db, owner, { credentialId: saved.data })).toEqual({ ok: true, data: null });
      expect(attempts()).toBe(3);
    }));

  it("sends a secret that the server refuses once", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const wrong = addCredentialSchema.parse({
        ...signIn(),
        name: "Fernwood",
        description: "",
        password: "wrong",
      });
      expect(await saveCredential(db, owner, wrong)).toMatchObject({ ok: false });
      const sent = sandbox.journal().filter(({ scheme }) => scheme !== "none");
      expect(sent).toMatchObject([{ outcome: "refused", signInAttempt: true }]);
    }));

  it("that was to check alone tells what it found and stores nothing; a refusal is told as by any Save", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const alone = { name: "Fernwood", description: "", ...signIn(), checkOnly: "1" };
      expect(await saveCredential(db, owner, addCredentialSchema.parse(alone))).toMatchObject({
        ok: false,
        refusal: { code: "CHECK_ONLY" },
        detail: { hasPassed: true, account: { name: jane.name }, warnings: ["PLAIN_HTTP"] },
      });
      expect((await listCredentialTiles(db, owner, null)).items).toEqual([]);
      expect(attempts()).toBe(1);
      const wrong = addCredentialSchema.parse({ ...alone, password: "wrong" });
      expect(await saveCredential(db, owner, wrong)).toMatchObject({
        ok: false,
        refusal: { code: "CHECK_FAILED" },
      });
    }));

  it("asks on four connections, and a scheduled check on one", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const saved = await saveCredential(db, owner, typed("Fernwood"));
      if (!saved.ok) throw new Error(saved.refusal.message);
      expect(connections()).toBe(4);
      sandbox.reset();
      await recheck(db, saved.data);
      expect(connections()).toBe(1);
    }));

  it("costs the server no sign-in where the name is taken", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      await saveCredential(db, owner, typed("Fernwood"));
      await expect(saveCredential(db, owner, typed("fernwood"))).rejects.toMatchObject({ code: "CONFLICT" });
      expect(attempts()).toBe(1);
    }));

  it("of a new secret costs the server no sign-in without the right, or after another user's replacement", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const saved = await saveCredential(db, owner, typed("Fernwood"));
      if (!saved.ok) throw new Error(saved.refusal.message);
      const outsider = await somebody(db);
      await expect(saveNewSecret(db, outsider, newSecret(saved.data, 1))).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      const late = await saveNewSecret(db, owner, newSecret(saved.data, 2));
      expect(late).toMatchObject({ ok: false, refusal: { code: "CONFLICT" } });
      expect(attempts()).toBe(1);
    }));
});
