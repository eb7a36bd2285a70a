import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEvents, credentials, endpoints } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { replaceSecretSchema } from "@/lib/credentials/schema";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aSourceOf, credentialOfAna, sixteenDependents, untouched } from "@/lib/testing/rehearsals";
import { grantCredential } from "@/lib/testing/sharing";
import { replaceAfterRehearsal } from "./replace-secret";

const { jane, zoe, ana } = sandboxAccounts;
/** The first test also makes the database, which takes long on a busy machine. */
const busyMs = 180_000;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

type SignIn = { readonly name: string; readonly password: string };

/** Presses Save on the form that replaces the secret, or one of its other buttons. */
function press(
  db: Db,
  actor: Actor,
  credentialId: string,
  signIn: SignIn,
  button: Record<string, string> = {},
) {
  const { name: username, password } = signIn;
  const typed = { credentialId, secretVersion: 1, baseUrl: sandbox.url("/"), username, password };
  return replaceAfterRehearsal(db, actor, {
    ...replaceSecretSchema.parse({ ...typed, ...button }),
    ...button,
  });
}

/** What a press that stored nothing found. */
async function found(...pressed: Parameters<typeof press>) {
  const result = await press(...pressed);
  if (result.ok || !result.detail?.rehearsal) throw new Error("no rehearsal was shown");
  return { ...result.detail.rehearsal, check: result.detail.check, message: result.refusal.message };
}

/** Jane's secret, and the confirmation that a rehearsal with it offers. */
async function offered(db: Db, owner: Actor, credentialId: string) {
  const { token } = await found(db, owner, credentialId, jane);
  return { rehearsalToken: token ?? "" };
}

const callsSince = (since: number) => sandbox.journal({ since });
const now = () => sandbox.journal().at(-1)?.n ?? 0;

async function eventsOf(db: Db, credentialId: string): Promise<string[]> {
  const rows = await db
    .select({ event: auditEvents.event })
    .from(auditEvents)
    .where(eq(auditEvents.subjectId, credentialId))
    .orderBy(auditEvents.id);
  return rows.map(({ event }) => event);
}

async function versionOf(db: Db, credentialId: string) {
  const [row] = await db.select().from(credentials).where(eq(credentials.id, credentialId));
  return row?.secretVersion;
}

describe("a new secret for a credential with 16 dependents, of which 2 lack rights", () => {
  it(
    "names exactly those 2, by reading alone, and changes nothing before it is confirmed",
    () =>
      withRollback(async (db) => {
        const owner = await ownerOfCredentials(db);
        const credentialId = await credentialOfAna(db, owner, sandbox);
        await sixteenDependents(db, owner, credentialId);
        const before = await untouched(db, credentialId);
        const rehearsal = await found(db, owner, credentialId, jane);
        expect(rehearsal.message).toBe("Not replaced yet: 14 fine, 2 will break");
        expect(rehearsal.named.map(({ name, reasons }) => [name, reasons]).toSorted()).toEqual([
          ["Branches of the ledger", ["no right on PAY/ledger, where it writes"]],
          ["Commits of the vault", ["no right on PAY/card-vault"]],
        ]);
        expect(await untouched(db, credentialId)).toEqual(before);
        // The account was used, which is recorded; nothing was replaced.
        expect(await eventsOf(db, credentialId)).toEqual(["credential.added", "credential.refused"]);

        const sent = sandbox.journal();
        expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(["GET"]));
        // The check's calls, two connections' proof of who is signed in, and each repository once for each right.
        expect(sent.length).toBeLessThan(40);
        const asked = sent
          .map(({ path }) => path)
          .filter((path) => /\/repos\/[^/]+(\/commits)?(\?|$)/.test(path));
        expect(new Set(asked).size).toBe(asked.length);

        const since = now();
        const button = { rehearsalToken: rehearsal.token ?? "" };
        const replaced = await press(db, owner, credentialId, jane, button);
        expect(replaced).toEqual({ ok: true, data: { credentialId, isTried: false } });
        expect(await versionOf(db, credentialId)).toBe(2);
        expect(await eventsOf(db, credentialId)).toContain("credential.secret-replaced");
        // Confirmed: checked once more, and not tried again.
        expect(callsSince(since).filter(({ path }) => path.includes("/commits"))).toEqual([]);
      }),
    busyMs,
  );

  it("is stored at once where all of them go on", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      await sixteenDependents(db, owner, credentialId);
      const replaced = await press(db, owner, credentialId, ana);
      expect(replaced).toEqual({ ok: true, data: { credentialId, isTried: true } });
      expect(await versionOf(db, credentialId)).toBe(2);
    }));
});

describe("a confirmation", () => {
  it("counts for the secret alone that was tried", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      await aSourceOf(db, owner, credentialId, "Storefront", ["SHOP/storefront", "PAY/card-vault"]);
      const button = await offered(db, owner, credentialId);
      expect((await found(db, owner, credentialId, zoe, button)).named).toMatchObject([
        { reasons: ["no right on SHOP/storefront"] },
      ]);
      const other = await somebody(db);
      await grantCredential(db, owner, credentialId, other, "administrator");
      expect((await found(db, other, credentialId, jane, button)).hidden).toMatchObject({ breaks: 1 });
      expect(await versionOf(db, credentialId)).toBe(1);
    }));

  it("does not count once something else uses the credential, or reads something else", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      const id = await aSourceOf(db, owner, credentialId, "Vault", ["PAY/card-vault"]);
      const first = await offered(db, owner, credentialId);
      await aSourceOf(db, owner, credentialId, "Minutes", ["BOARD/minutes"]);
      const second = await found(db, owner, credentialId, jane, first);
      expect(second.counts.breaks).toBe(2);
      await db.update(endpoints).set({ version: 2 }).where(eq(endpoints.id, id));
      const third = await found(db, owner, credentialId, jane, { rehearsalToken: second.token ?? "" });
      const confirmed = await press(db, owner, credentialId, jane, { rehearsalToken: third.token ?? "" });
      expect(confirmed).toMatchObject({ ok: true });
    }));
});

describe("what depends on a credential", () => {
  it("is counted, not named, where the user does not see it, and left out once it has stopped", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      const [user, lost] = [await somebody(db), await somebody(db)];
      await grantCredential(db, owner, credentialId, user, "collaborator");
      const grant = await grantCredential(db, owner, credentialId, lost, "collaborator");
      await aSourceOf(db, user, credentialId, "Hidden vault", ["PAY/card-vault"]);
      await aSourceOf(db, user, credentialId, "Hidden shop", ["SHOP/storefront"]);
      await aSourceOf(db, lost, credentialId, "Stopped", ["PAY/card-vault"]);
      const { credentialGrants } = await import("@/drizzle/schema");
      await db.delete(credentialGrants).where(eq(credentialGrants.id, grant));
      const paused = await aSourceOf(db, owner, credentialId, "Paused", ["BOARD/minutes"]);
      await db.update(endpoints).set({ pausedAt: new Date() }).where(eq(endpoints.id, paused));
      const rehearsal = await found(db, owner, credentialId, jane);
      expect(rehearsal).toMatchObject({
        counts: { fine: 1, breaks: 2, untried: 0, anew: 0 },
        hidden: { fine: 1, breaks: 1, untried: 0, anew: 0 },
        paused: 1,
        named: [{ name: "Paused", isPaused: true, reasons: ["no right on BOARD/minutes"] }],
      });
      expect(JSON.stringify(rehearsal)).not.toMatch(/Hidden|card-vault/);
    }));
});

describe("a server", () => {
  it("that refuses the secret is asked once, and nothing is tried", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      await aSourceOf(db, owner, credentialId, "Storefront", ["SHOP/storefront"]);
      const wrong = { name: jane.name, password: "not her password" };
      const result = await press(db, owner, credentialId, wrong);
      expect(result).toMatchObject({ ok: false, detail: { rehearsal: null } });
      expect(sandbox.journal().filter(({ signInAttempt }) => signInAttempt)).toHaveLength(1);
      expect(sandbox.journal().filter(({ path }) => path.includes("/commits"))).toEqual([]);
    }));

  it("that cannot be asked leaves all untried, and saving without checking is the confirmation", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      await aSourceOf(db, owner, credentialId, "Storefront", ["SHOP/storefront"]);
      sandbox.set("/", { state: "MAINTENANCE" });
      const { check, counts, token } = await found(db, owner, credentialId, jane);
      expect(counts).toEqual({ fine: 0, breaks: 0, untried: 1, anew: 0 });
      expect(token).toBeNull();
      const since = now();
      const uncheckedToken = check?.uncheckedToken ?? "";
      expect(await press(db, owner, credentialId, jane, { uncheckedToken })).toMatchObject({ ok: true });
      expect(callsSince(since)).toEqual([]);
    }));
});
