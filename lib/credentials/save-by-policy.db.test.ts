import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { credentials } from "@/drizzle/schema";
import { sandboxAccounts, sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Db } from "@/lib/db/types";
import { setSignInPolicy } from "@/lib/sign-in-policy/mutations";
import { noRules } from "@/lib/sign-in-policy/rules";
import type { SignInRules } from "@/lib/sign-in-policy/types";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { issueTypedToken } from "./checks/typed-token";
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

const password = { username: jane.name, password: jane.password };
// The sandbox's Bitbucket at this path tells a key when it ends: a year after it was made.
const key = { username: sandboxKeys.janeWrite.value, password: "" };
const typed = (signIn: typeof password, more: object = {}) =>
  addCredentialSchema.parse({
    ...{ name: "Fernwood", description: "", baseUrl: sandbox.url("/bitbucket"), ...signIn },
    ...more,
  });

async function prepare(db: Db, rules: Partial<SignInRules>) {
  const owner = await ownerOfCredentials(db);
  const administrator = await somebody(db, "administrator");
  await setSignInPolicy(db, administrator, { server: null, version: 0, ...noRules, ...rules });
  return owner;
}

const refused = (words: string) => ({
  code: "NOT_ALLOWED",
  fieldErrors: { username: expect.stringContaining(words) },
});

describe("a refused password", () => {
  it.each([
    ["Save", {}],
    ["Check only", { checkOnly: "1" }],
  ])("is not sent by %s", (_press, more) =>
    withRollback(async (db) => {
      const owner = await prepare(db, { passwords: "refuse" });
      await expect(saveCredential(db, owner, typed(password, more))).rejects.toMatchObject(
        refused("Your portal takes API keys only."),
      );
      expect(sandbox.journal()).toEqual([]);
    }),
  );

  it("is neither sent nor stored by Replace secret, nor by Save without checking", () =>
    withRollback(async (db) => {
      const owner = await prepare(db, { passwords: "refuse" });
      const saved = await saveCredential(db, owner, typed(key));
      if (!saved.ok) throw new Error(saved.refusal.message);
      sandbox.reset();
      const words = refused("Your portal takes API keys only.");
      const next = { credentialId: saved.data, secretVersion: 1, baseUrl: sandbox.url("/bitbucket") };
      const replacing = replaceSecretSchema.parse({ ...next, ...password });
      await expect(saveNewSecret(db, owner, replacing)).rejects.toMatchObject(words);
      const uncheckedToken = await issueTypedToken("store-unchecked", owner, typed(password));
      const unchecked = typed(password, { name: "Unchecked", uncheckedToken });
      await expect(saveCredential(db, owner, unchecked)).rejects.toMatchObject(words);
      expect(sandbox.journal()).toEqual([]);
      expect(await db.$count(credentials)).toBe(1);
    }));
});

describe("an API key that lasts too long", () => {
  it("is refused after its check, by Check only too, and nothing is stored", () =>
    withRollback(async (db) => {
      const owner = await prepare(db, { keysMustEnd: "refuse", longestDays: 90 });
      for (const more of [{}, { checkOnly: "1" }]) {
        await expect(saveCredential(db, owner, typed(key, more))).rejects.toMatchObject(
          refused("API keys of at most 90 days"),
        );
      }
      expect(await db.$count(credentials)).toBe(0);
    }));

  it("is told by Check only where the policy only warns", () =>
    withRollback(async (db) => {
      const owner = await prepare(db, { keysMustEnd: "warn", longestDays: 90 });
      expect(await saveCredential(db, owner, typed(key, { checkOnly: "1" }))).toMatchObject({
        refusal: { code: "CHECK_ONLY" },
        detail: { warnings: expect.arrayContaining(["KEY_LASTS_TOO_LONG"]) },
      });
    }));
});
