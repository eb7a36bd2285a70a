import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { checkNow } from "./check-now";
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
