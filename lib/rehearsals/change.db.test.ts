import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { deliveryLedger, endpoints } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { replaceSecretSchema } from "@/lib/credentials/schema";
import type { Db } from "@/lib/db/types";
import { choiceOf } from "@/lib/endpoints/read-writing";
import { writingAddress } from "@/lib/endpoints/writing-address";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aFilledSource, fillSource } from "@/lib/testing/destinations";
import { aDestinationOf, aSourceOf, credentialOfAna } from "@/lib/testing/rehearsals";
import { editAfterRehearsal } from "./edit-endpoint";
import { replaceAfterRehearsal } from "./replace-secret";

const { jane, ana } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** A new secret of Jane's or Ana's; what the rehearsal found, or null if it was stored at once. */
async function rehearsed(db: Db, owner: Actor, credentialId: string, of: typeof jane, server = "/") {
  const signIn = { baseUrl: sandbox.url(server), username: of.name, password: of.password };
  const input = replaceSecretSchema.parse({ credentialId, secretVersion: 1, ...signIn });
  const result = await replaceAfterRehearsal(db, owner, input);
  return result.ok ? null : (result.detail?.rehearsal ?? null);
}

async function ledgerOf(db: Db, endpointId: string): Promise<void> {
  const [key, hash] = [Buffer.from("key"), Buffer.from("hash")];
  await db
    .insert(deliveryLedger)
    .values({ endpointId, scope: "scope", key, hash, state: "sent", answer: {}, at: new Date() });
}

/** Another credential for the same server, as the check of a healthy server left it. */
function another(db: Db, owner: Actor, name: string, password: string) {
  return addCredential(
    db,
    owner,
    aCredential({
      name: "Another",
      baseUrl: baseUrlAt(sandbox.url("/")),
      signIn: { scheme: "basic", username: name, password: Secret.of(password) },
      outcome: { ...verified, account: { ...verified.account, name } },
    }),
  );
}

describe("another account", () => {
  it("cannot change the comments of the old one, where there are any", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      const repositories = ["SHOP/storefront"];
      const written = await aDestinationOf(db, owner, credentialId, "Written", repositories);
      await aDestinationOf(db, owner, credentialId, "Not yet", repositories);
      await ledgerOf(db, written);
      expect(await rehearsed(db, owner, credentialId, jane)).toMatchObject({
        counts: { fine: 1, breaks: 1 },
        named: [
          { name: "Written", reasons: ["comments of the old account cannot be changed by the new one"] },
        ],
      });
      // The same account with another secret.
      expect(await rehearsed(db, owner, credentialId, ana)).toBeNull();
    }));
});

describe("another server", () => {
  it("begins anew what was read or written, and needs the confirmation", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      const source = await aSourceOf(db, owner, credentialId, "Read", ["SHOP/storefront"]);
      await fillSource(db, source, [{ key: "1", data: {} }]);
      const written = await aDestinationOf(db, owner, credentialId, "Written", ["SHOP/storefront"]);
      await ledgerOf(db, written);
      const rehearsal = await rehearsed(db, owner, credentialId, ana, "/bitbucket");
      expect(rehearsal?.counts).toEqual({ fine: 0, breaks: 0, untried: 0, anew: 2 });
      expect(rehearsal?.named.map(({ name, reasons }) => [name, reasons]).toSorted()).toEqual([
        ["Read", ["it reads everything again, and what this server does not have counts as deleted"]],
        ["Written", ["what it wrote stays on the old server, and is written anew on this one"]],
      ]);
    }));
});

describe("another credential for a source or destination", () => {
  async function edited(db: Db, owner: Actor, endpointId: string, credentialId: string, token?: string) {
    const texts = { name: "Storefront", description: "Changed" };
    const button = token === undefined ? {} : { rehearsalToken: token };
    return editAfterRehearsal(db, owner, { endpointId, version: 1, ...texts, credentialId, ...button });
  }
  const rowOf = async (db: Db, id: string) =>
    (await db.select().from(endpoints).where(eq(endpoints.id, id)))[0];

  it("is saved at once where it goes on, and after the confirmation where it will break", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      const janes = await another(db, owner, jane.name, jane.password);
      const fine = await aSourceOf(db, owner, credentialId, "Storefront", ["SHOP/storefront"]);
      expect(await edited(db, owner, fine, janes)).toMatchObject({ ok: true, data: { isTried: true } });

      const name = "Ledger’s branches";
      const ledger = await aDestinationOf(db, owner, credentialId, name, ["PAY/ledger"], {
        action: "branch",
      });
      const before = await rowOf(db, ledger);
      const refused = await edited(db, owner, ledger, janes);
      if (refused.ok || !refused.detail || !("rehearsal" in refused.detail)) throw new Error("it was saved");
      expect(refused.refusal.message).toBe("Not saved yet: 0 fine, 1 will break");
      expect(refused.detail.rehearsal.named).toMatchObject([
        { name, reasons: ["no right on PAY/ledger, where it writes"] },
      ]);
      expect(await rowOf(db, ledger)).toEqual(before);
      const { token } = refused.detail.rehearsal;
      expect(await edited(db, owner, ledger, janes, token ?? "")).toMatchObject({
        ok: true,
        data: { isTried: false },
      });
      expect(await rowOf(db, ledger)).toMatchObject({ credentialId: janes, version: 2 });
      expect(new Set(sandbox.journal().map(({ method }) => method))).toEqual(new Set(["GET"]));
    }));

  it("that the server refuses is tried once, becomes rejected, and needs the confirmation", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      const wrong = await another(db, owner, jane.name, "not her password");
      const source = await aSourceOf(db, owner, credentialId, "Storefront", [
        "SHOP/storefront",
        "DATA/scratch",
      ]);
      const refused = await edited(db, owner, source, wrong);
      expect(refused).toMatchObject({
        detail: {
          rehearsal: { named: [{ result: "untried", reasons: ["User name or password is not right"] }] },
        },
      });
      expect(sandbox.journal()).toHaveLength(1);
      expect(await rowOf(db, source)).toMatchObject({ credentialId, version: 1 });
    }));

  it("reads nothing of a data set that the user does not see, though the same edit chooses it", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      const janes = await another(db, owner, jane.name, jane.password);
      const stranger = await ownerOfCredentials(db);
      const data = { project: "PAY", repository: "card-vault", pr: 1, text: "Secret" };
      const { sourceId } = await aFilledSource(db, stranger, [{ key: "1", data }]);
      const id = await aDestinationOf(db, owner, credentialId, "Mine", ["SHOP/storefront"]);
      const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id));
      if (!row?.writing) throw new Error("it writes nothing");
      const chosen = choiceOf(null, row.writing, { kind: "source", id: sourceId });
      const edit = { endpointId: id, version: 1, name: "Mine", description: "", credentialId: janes };
      const choice = writingAddress(chosen);
      await expect(editAfterRehearsal(db, owner, { ...edit, choice })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fieldErrors: { choice: expect.any(String) },
      });
      expect(sandbox.journal()).toEqual([]);
    }));

  it("is not tried for a user who may not use it, or whom another user's save came before", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await credentialOfAna(db, owner, sandbox);
      const stranger = await ownerOfCredentials(db);
      const theirs = await another(db, stranger, jane.name, jane.password);
      const source = await aSourceOf(db, owner, credentialId, "Storefront", ["SHOP/storefront"]);
      await expect(edited(db, owner, source, theirs)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await db.update(endpoints).set({ version: 2 }).where(eq(endpoints.id, source));
      const janes = await another(db, owner, jane.name, jane.password);
      expect(await edited(db, owner, source, janes)).toMatchObject({ refusal: { code: "CONFLICT" } });
      expect(sandbox.journal()).toEqual([]);
    }));
});
