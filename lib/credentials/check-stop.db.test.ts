import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { lockoutStates } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import {
  type LockoutFixture,
  type Owner,
  startLockoutFixture,
  type Tester,
} from "@/lib/testing/lockout-scenarios";
import { grantCredential } from "@/lib/testing/sharing";
import { findCheckStop } from "./check-stop";

vi.mock("next/headers", async () => (await import("@/lib/testing/request")).nextHeaders);
vi.mock("next/cache", () => ({ refresh: () => undefined }));

const { jane } = sandboxAccounts;
let fixture: LockoutFixture;

beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  fixture = await startLockoutFixture();
});
afterAll(() => fixture.sandbox.close());
beforeEach(async () => {
  fixture.sandbox.reset();
  await fixture.processes[0].delete(lockoutStates).where(eq(lockoutStates.baseUrl, fixture.sandbox.url("/")));
});

function stopFor({ actor }: Tester, credentialId: string) {
  return findCheckStop(fixture.processes[0], actor, credentialId);
}

/** Somebody whose credential the server has just refused, with what its page says of that. */
async function refusedOwner() {
  const owner = await fixture.ownerWith("wrong");
  await fixture.pressCheck(owner);
  return { owner, ...owner, stop: await stopFor(owner.user, owner.credentialId) };
}

async function withRole({ user, credentialId }: Owner, role: "administrator" | "collaborator") {
  const other = await fixture.signIn();
  const { userId } = other.actor;
  await grantCredential(fixture.processes[0], user.actor, credentialId, { userId }, role);
  return other;
}

describe("a page that says a credential is left alone", () => {
  it("includes the token for users who may try again, so that one press sends", async () => {
    const { owner, user, credentialId, stop } = await refusedOwner();
    expect(stop).toMatchObject({ reason: "NOT_SENT_AGAIN", refusals: 1 });
    const answer = await fixture.pressCheck(owner, stop?.tryAgainToken);
    expect(answer).toMatchObject({ error: { message: "User name or password is not right" } });
    expect(fixture.failures()).toHaveLength(2);
    expect(await stopFor(user, credentialId)).toMatchObject({ reason: "ACCOUNT_STOPPED", refusals: 2 });
  });

  it("gives ten users tokens, of which one counts: the others had not seen its outcome", async () => {
    const users = await fixture.tenUsers((index) => `wrong ${index}`);
    for (const owner of users) await fixture.pressCheck(owner);
    const permissions = await Promise.all(
      users.map(async (owner) => ({
        owner,
        token: (await stopFor(owner.user, owner.credentialId))?.tryAgainToken,
      })),
    );
    expect(permissions.filter(({ token }) => token)).toHaveLength(10);
    expect(fixture.failures()).toHaveLength(2);
    for (const { owner, token } of permissions) await fixture.pressCheck(owner, token);
    expect(fixture.failures()).toHaveLength(3);
  });

  it("is shown for a verified credential whose account was stopped by other users' refusals", async () => {
    const owner = await fixture.ownerWith(jane.password);
    await fixture.pressCheck(owner);
    expect(await stopFor(owner.user, owner.credentialId)).toBeNull();
    const other = await fixture.signIn();
    for (const password of ["wrong 1", "wrong 2"]) await fixture.pressSave(other, password, password);
    const stop = await stopFor(owner.user, owner.credentialId);
    expect(stop).toMatchObject({ reason: "ACCOUNT_STOPPED", refusals: 2 });
    expect(await fixture.pressCheck(owner, stop?.tryAgainToken)).toMatchObject({ ok: true });
    expect(await stopFor(owner.user, owner.credentialId)).toBeNull();
  });

  it("gives a token that counts only for its user and credential", async () => {
    const { owner, user, credentialId, stop } = await refusedOwner();
    const administrator = await withRole(owner, "administrator");
    await fixture.pressCheck({ user: administrator, credentialId }, stop?.tryAgainToken);
    const second = await fixture.store(user, "Another of theirs", "wrong");
    await fixture.pressCheck({ user, credentialId: second }, stop?.tryAgainToken);
    expect(fixture.failures()).toHaveLength(1);
    // What was refused above was not spent.
    await fixture.pressCheck(owner, stop?.tryAgainToken);
    expect(fixture.failures()).toHaveLength(2);
  });

  it("shows a collaborator why, without a token, and users who do not see the credential nothing", async () => {
    const { owner, user, credentialId } = await refusedOwner();
    const collaborator = await withRole(owner, "collaborator");
    expect(await stopFor(collaborator, credentialId)).toMatchObject({
      reason: "NOT_SENT_AGAIN",
      tryAgainToken: null,
    });
    expect(await stopFor(await fixture.signIn(), credentialId)).toBeNull();
    expect(await stopFor(user, "no-id")).toBeNull();
  });
});
