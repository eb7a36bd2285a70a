import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { signInGuards } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import {
  type LockOutWorld,
  type Owner,
  startLockOutWorld,
  type Tester,
} from "@/lib/testing/lockout-scenarios";
import { grantCredential } from "@/lib/testing/sharing";
import { findCheckStop } from "./check-stop";

vi.mock("next/headers", async () => (await import("@/lib/testing/request")).nextHeaders);
vi.mock("next/cache", () => ({ refresh: () => undefined }));

const { jane } = sandboxAccounts;
let world: LockOutWorld;

beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  world = await startLockOutWorld();
});
afterAll(() => world.sandbox.close());
beforeEach(async () => {
  world.sandbox.reset();
  await world.processes[0].delete(signInGuards).where(eq(signInGuards.baseUrl, world.sandbox.url("/")));
});

function stopFor({ actor }: Tester, credentialId: string) {
  return findCheckStop(world.processes[0], actor, credentialId);
}

/** Somebody whose credential the server has just refused, with what its page says of that. */
async function refusedOwner() {
  const owner = await world.ownerWith("wrong");
  await world.pressCheck(owner);
  return { owner, ...owner, stop: await stopFor(owner.person, owner.credentialId) };
}

async function withRole({ person, credentialId }: Owner, role: "administrator" | "collaborator") {
  const other = await world.signIn();
  const { userId } = other.actor;
  await grantCredential(world.processes[0], person.actor, credentialId, { userId }, role);
  return other;
}

describe("a page that says a credential is left alone", () => {
  it("gives whoever may try again the permission along, so that one press sends", async () => {
    const { owner, person, credentialId, stop } = await refusedOwner();
    expect(stop).toMatchObject({ reason: "NOT_SENT_AGAIN", refusals: 1 });
    const answer = await world.pressCheck(owner, stop?.tryAgainTicket);
    expect(answer).toMatchObject({ error: { message: "User name or password is not right" } });
    expect(world.failures()).toHaveLength(2);
    expect(await stopFor(person, credentialId)).toMatchObject({ reason: "ACCOUNT_STOPPED", refusals: 2 });
  });

  it("gives ten people permissions of which one is good: the others had not seen what came of it", async () => {
    const people = await world.tenPeople((index) => `wrong ${index}`);
    for (const owner of people) await world.pressCheck(owner);
    const permissions = await Promise.all(
      people.map(async (owner) => ({
        owner,
        ticket: (await stopFor(owner.person, owner.credentialId))?.tryAgainTicket,
      })),
    );
    expect(permissions.filter(({ ticket }) => ticket)).toHaveLength(10);
    expect(world.failures()).toHaveLength(2);
    for (const { owner, ticket } of permissions) await world.pressCheck(owner, ticket);
    expect(world.failures()).toHaveLength(3);
  });

  it("says so of a proven credential whose account others' refusals stopped", async () => {
    const owner = await world.ownerWith(jane.password);
    await world.pressCheck(owner);
    expect(await stopFor(owner.person, owner.credentialId)).toBeNull();
    const other = await world.signIn();
    for (const password of ["wrong 1", "wrong 2"]) await world.pressSave(other, password, password);
    const stop = await stopFor(owner.person, owner.credentialId);
    expect(stop).toMatchObject({ reason: "ACCOUNT_STOPPED", refusals: 2 });
    expect(await world.pressCheck(owner, stop?.tryAgainTicket)).toMatchObject({ ok: true });
    expect(await stopFor(owner.person, owner.credentialId)).toBeNull();
  });

  it("gives a permission that counts for nobody else and for no other credential", async () => {
    const { owner, person, credentialId, stop } = await refusedOwner();
    const administrator = await withRole(owner, "administrator");
    await world.pressCheck({ person: administrator, credentialId }, stop?.tryAgainTicket);
    const second = await world.store(person, "Another of theirs", "wrong");
    await world.pressCheck({ person, credentialId: second }, stop?.tryAgainTicket);
    expect(world.failures()).toHaveLength(1);
    // What was refused above was not spent.
    await world.pressCheck(owner, stop?.tryAgainTicket);
    expect(world.failures()).toHaveLength(2);
  });

  it("tells a collaborator why, without a permission, and whoever does not see the credential nothing", async () => {
    const { owner, person, credentialId } = await refusedOwner();
    const collaborator = await withRole(owner, "collaborator");
    expect(await stopFor(collaborator, credentialId)).toMatchObject({
      reason: "NOT_SENT_AGAIN",
      tryAgainTicket: null,
    });
    expect(await stopFor(await world.signIn(), credentialId)).toBeNull();
    expect(await stopFor(person, "no-id")).toBeNull();
  });
});
