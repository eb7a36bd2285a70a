import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEvents, checks } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { type CheckCircumstances, checkFor } from "@/lib/credentials/checks/check";
import { issueTypedToken, permitsTyped } from "@/lib/credentials/checks/typed-token";
import { protectedAccountOf } from "@/lib/credentials/lockout/account";
import { refusalsOf } from "@/lib/credentials/lockout/protection";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { addCredential, recordCheck } from "./mutations";
import { recheck } from "./recheck";

const { jane } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const targetAt = (name: string, password: string = jane.password) => ({
  kind: "bitbucket-server" as const,
  baseUrl: baseUrlAt(sandbox.url(name)),
  signIn: { scheme: "basic", username: jane.name, password: Secret.of(password) } as const,
});
const sent = () => sandbox.journal().filter(({ scheme }) => scheme !== "none");
const wordsOf = (db: Db) =>
  db.select().from(auditEvents).where(eq(auditEvents.event, "credential.sent-past-front"));

/** A credential behind a proxy, first checked with `pastProxy`; returns its id. */
async function storeAt(db: Db, owner: Actor, name: string, pastProxy: CheckCircumstances["pastProxy"]) {
  const target = targetAt(name);
  const credentialId = await addCredential(db, owner, aCredential({ name, ...target, outcome: null }));
  const outcome = await checkFor(db, owner, target, { credentialId, pastProxy: pastProxy ?? null });
  await recordCheck(db, owner, { credentialId, secretVersion: 1 }, outcome);
  return credentialId;
}

const verdictsOf = async (db: Db, id: string) =>
  (await db.select().from(checks).where(eq(checks.credentialId, id)).orderBy(checks.checkedAt)).map(
    ({ verdict }) => verdict,
  );

describe("a credential whose server is behind a proxy that turns visitors away", () => {
  it("passes it with an override, which the audit log records, and later because of that check", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await storeAt(db, owner, "/front-opens", "said");
      expect(await wordsOf(db)).toMatchObject([{ subjectId: id, actorId: owner.userId }]);
      await recheck(db, id);
      expect(await verdictsOf(db, id)).toEqual(["verified", "verified"]);
      expect(await wordsOf(db)).toHaveLength(1);
    }));

  it("is not sent by a scheduled check without an override, nor if the proxy appeared after the check", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await storeAt(db, owner, "/front-opens", null);
      await recheck(db, id);
      expect(await verdictsOf(db, id)).toEqual(["nothing", "nothing"]);
      expect(sent()).toEqual([]);
    }));

  it.each(["/front-basic", "/front-kerberos", "/front-waf", "/front-jwt-callers", "/directory-down"])(
    "has no refusal counted by what %s says, however often it is sent",
    (name) =>
      withRollback(async (db) => {
        const owner = await ownerOfCredentials(db);
        const target = targetAt(name, "wrong");
        for (let turn = 0; turn < 3; turn += 1) await checkFor(db, owner, target, { pastProxy: "said" });
        expect(sent()).toHaveLength(3);
        expect(await refusalsOf(db, protectedAccountOf(target))).toMatchObject({
          refusals: 0,
          refused: null,
        });
      }),
  );

  it.each(["/password-expired", "/deactivated"])(
    "has one counted, and is not sent again, by what %s says",
    (name) =>
      withRollback(async (db) => {
        const owner = await ownerOfCredentials(db);
        const target = targetAt(name);
        await checkFor(db, owner, target);
        expect(await checkFor(db, owner, target)).toMatchObject({ reason: "NOT_SENT_AGAIN" });
        expect(sent()).toHaveLength(1);
        expect(await refusalsOf(db, protectedAccountOf(target))).toMatchObject({ refusals: 1 });
      }),
  );
});

it("a signed token counts only for its purpose, user, server and secret", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    const typed = targetAt("/front-opens");
    const token = await issueTypedToken("send-past-front", owner, typed);
    expect(await permitsTyped("send-past-front", token, owner, typed)).toBe(true);
    expect(await permitsTyped("store-unchecked", token, owner, typed)).toBe(false);
    expect(await permitsTyped("send-past-front", token, { ...owner, userId: "another" }, typed)).toBe(false);
    expect(await permitsTyped("send-past-front", token, owner, targetAt("/front-opens", "other"))).toBe(
      false,
    );
    expect(await permitsTyped("send-past-front", token, owner, targetAt("/front-basic"))).toBe(false);
    expect(await permitsTyped("send-past-front", undefined, owner, typed)).toBe(false);
    expect(token).not.toContain(jane.password);
  }));
