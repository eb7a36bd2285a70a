import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { checks } from "@/drizzle/schema";
import { sandboxAccounts, sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { CheckOutcome, FailureReason } from "@/lib/connectors/types";
import { addCredential, recordCheck, replaceSecret } from "@/lib/credentials/mutations";
import { forgetOldChecks } from "@/lib/credentials/retention";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { recordPreviousCheck } from "./mutations";
import { findPreviousSecret } from "./queries";
import { checkThatDead, switchBack } from "./switch-back";

const { jane } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const refusedAs = (reason: FailureReason): CheckOutcome => ({
  kind: "failed",
  step: "signedIn",
  reason,
  steps: [{ name: "signedIn", state: "failed", durationMs: 1 }],
});
const signIns = () => sandbox.journal().filter(({ signInAttempt }) => signInAttempt).length;

/** A credential with Jane's key, whose password is kept; `outcome` is that of its last check before. */
async function renewed(db: Db, outcome: CheckOutcome) {
  const owner = await ownerOfCredentials(db);
  const baseUrl = baseUrlAt(sandbox.url("/"));
  const signIn = { scheme: "basic", username: jane.name, password: Secret.of(jane.password) } as const;
  const credentialId = await addCredential(db, owner, aCredential({ baseUrl, signIn, outcome: null }));
  const replaced = { credentialId, secretVersion: 1 };
  await recordCheck(db, owner, replaced, outcome);
  const key = {
    scheme: "bearer",
    apiKey: Secret.of(sandboxKeys.janeWrite.value),
    expectedAccount: null,
  } as const;
  await replaceSecret(db, owner, {
    ...{ replaced, baseUrl, signIn: key, outcome: verified, keepsPrevious: true },
  });
  const current = { credentialId, secretVersion: 2 };
  return { owner, current, press: { ...current, tryAgainToken: undefined } };
}

describe("a previous password", () => {
  it.each(["PASSWORD_EXPIRED", "ACCOUNT_DEACTIVATED", "CREDENTIAL_IGNORED", "ACCOUNT_LOCKED"] as const)(
    "whose newest check as the current one was refused is not sent again by itself: %s",
    (reason) =>
      withRollback(async (db) => {
        const { owner, press } = await renewed(db, refusedAs(reason));
        for (const act of [checkThatDead, switchBack]) {
          expect(await act(db, owner, press)).toMatchObject({
            ok: false,
            detail: { tryAgainToken: expect.any(String) },
          });
        }
        expect(signIns()).toBe(0);
        const held = await checkThatDead(db, owner, press);
        if (held.ok || !held.detail?.tryAgainToken) throw new Error("no other try is offered");
        const again = { ...press, tryAgainToken: held.detail.tryAgainToken };
        expect(await checkThatDead(db, owner, again)).toEqual({ ok: true, data: null });
        expect(signIns()).toBe(1);
        // The server accepted it, so that the refusal holds nothing back any more.
        expect(await switchBack(db, owner, press)).toMatchObject({ ok: true });
        expect(signIns()).toBe(2);
      }),
  );

  it("that was refused since it was replaced is not sent again by itself either", () =>
    withRollback(async (db) => {
      const { owner, current, press } = await renewed(db, verified);
      await recordPreviousCheck(db, owner, current, refusedAs("PASSWORD_EXPIRED"));
      // It says nothing about the password.
      await recordPreviousCheck(db, owner, current, refusedAs("TIMED_OUT"));
      expect(await switchBack(db, owner, press)).toMatchObject({
        ok: false,
        detail: { tryAgainToken: expect.any(String) },
      });
      expect(signIns()).toBe(0);
    }));

  it("that was accepted last is sent", () =>
    withRollback(async (db) => {
      const { owner, current, press } = await renewed(db, refusedAs("PASSWORD_EXPIRED"));
      await recordPreviousCheck(db, owner, current, verified);
      expect(await checkThatDead(db, owner, press)).toEqual({ ok: true, data: null });
      expect(signIns()).toBe(1);
      const { credentialId } = current;
      expect((await findPreviousSecret(db, owner, credentialId))?.workedAt).not.toBeNull();
    }));

  it("that was refused is not sent again by itself, however long that is ago", () =>
    withRollback(async (db) => {
      const { owner, press } = await renewed(db, refusedAs("PASSWORD_EXPIRED"));
      const longAgo = sql`now() - interval '40 days'`;
      await db.update(checks).set({ checkedAt: longAgo }).where(eq(checks.secretVersion, 1));
      await forgetOldChecks(db, 500);
      expect(await checkThatDead(db, owner, press)).toMatchObject({ ok: false });
      expect(signIns()).toBe(0);
    }));
});
