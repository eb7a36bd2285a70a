import { eq } from "drizzle-orm";
import pLimit from "p-limit";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { lockoutStates } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { recheck } from "@/lib/credentials/recheck";
import { type LockoutFixture, type Owner, startLockoutFixture } from "@/lib/testing/lockout-scenarios";
import { grantCredential } from "@/lib/testing/sharing";

vi.mock("next/headers", async () => (await import("@/lib/testing/request")).nextHeaders);
vi.mock("next/cache", () => ({ refresh: () => undefined }));

const { jane } = sandboxAccounts;
const serversAnswer = new Set(["User name or password is not right", "Bitbucket has locked this account"]);
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

/** 200 checks, 50 of them at any moment: for each user 10 by Save, 5 by Check now and 5 by schedule, in two processes. */
function twoHundredChecks(users: readonly Owner[], passwordOf: (index: number) => string) {
  const { pressSave, pressCheck, processes } = fixture;
  // More at once would starve the check that is under way: the embedded database works in this very thread.
  const fifty = pLimit(50);
  const checks = users.flatMap((owner, index) => [
    ...Array.from(
      { length: 10 },
      (_, press) => () => pressSave(owner.user, `Save ${index} ${press}`, passwordOf(index + press)),
    ),
    ...Array.from({ length: 5 }, () => () => pressCheck(owner)),
    ...Array.from(
      { length: 5 },
      (_, round) => () => recheck(processes[round % 2 ? 0 : 1], owner.credentialId),
    ),
  ]);
  return Promise.all(checks.map((check) => fifty((): Promise<unknown> => check())));
}

describe("a server that locks an account at five failures", () => {
  it.each([
    ["one wrong password", 1],
    ["three wrong passwords", 3],
    ["ten wrong passwords", 10],
  ])(
    "hears of two at most, whatever 200 checks by ten people do with %s over schedules and clicks",
    async (_what, passwords) => {
      const passwordOf = (index: number) => `wrong ${index % passwords}`;
      const users = await fixture.tenUsers(passwordOf);
      const results = await twoHundredChecks(users, passwordOf);
      expect(results).toHaveLength(200);
      expect(fixture.failures().length).toBeGreaterThan(0);
      expect(fixture.failures().length).toBeLessThanOrEqual(Math.min(2, passwords));

      // The account is not locked: its right password still signs in with an override.
      const authorization = `Basic ${Buffer.from(`${jane.name}:${jane.password}`).toString("base64")}`;
      const answer = await fetch(`${fixture.sandbox.url("/")}/rest/api/1.0/users`, {
        headers: { authorization },
      });
      expect(answer.status).toBe(200);
    },
    120_000,
  );

  it("gets two attempts at most from users who press one after the other, and each user sees why", async () => {
    const users = await fixture.tenUsers((index) => `wrong ${index}`);
    const said: string[] = [];
    for (const [index, owner] of users.entries()) {
      for (const result of [
        await fixture.pressSave(owner.user, `One ${index}`, `wrong ${index}`),
        await fixture.pressCheck(owner),
      ]) {
        if (!result.ok) said.push(result.error.message);
      }
    }
    expect(fixture.failures()).toHaveLength(2);
    expect(said).toHaveLength(20);
    expect(said.filter((message) => serversAnswer.has(message))).toHaveLength(2);
    expect(said.filter((message) => /refused/.test(message))).toHaveLength(18);
  }, 60_000);
});

describe("a stored credential that its server refused", () => {
  /** The result of the second check by a user with that role; the first one made the server refuse. */
  async function checkedTwiceBy(role: "collaborator" | "administrator") {
    const owner = await fixture.ownerWith("wrong");
    const { user, credentialId } = owner;
    const other = { user: await fixture.signIn(), credentialId };
    const { userId } = other.user.actor;
    await grantCredential(fixture.processes[0], user.actor, credentialId, { userId }, role);
    await fixture.pressCheck(owner);
    const held = await fixture.pressCheck(other);
    return { held, other, tokenOfOwner: tokenIn(await fixture.pressCheck(owner)) };
  }
  type Answer = Awaited<ReturnType<LockoutFixture["pressCheck"]>>;
  const detailOf = (answer: Answer) => (answer.ok ? null : answer.error.detail);
  const tokenIn = (answer: Answer) => {
    const detail = detailOf(answer);
    return (detail && "tryAgainToken" in detail && detail.tryAgainToken) || "none";
  };

  it("tells a collaborator that owner and administrators can try again, and refuses any token of theirs", async () => {
    const { held, other, tokenOfOwner } = await checkedTwiceBy("collaborator");
    expect(held).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/were refused \d+ second/) },
    });
    expect(detailOf(held)).toMatchObject({
      cure: expect.stringContaining(
        "The credential's owner, or an administrator of it, can correct it or try again.",
      ),
      whose: "the credential's owner",
      tryAgainToken: null,
    });
    for (const tryAgainToken of [tokenOfOwner, "forged"]) {
      const answer = await fixture.pressCheck(other, tryAgainToken);
      expect(detailOf(answer)).toMatchObject({ tryAgainToken: null });
    }
    expect(fixture.failures()).toHaveLength(1);
  });

  it("lets an administrator of it try again, once per override", async () => {
    const { held, other } = await checkedTwiceBy("administrator");
    expect(detailOf(held)).toMatchObject({ cure: expect.stringContaining("press Try again"), whose: "you" });
    await fixture.pressCheck(other, tokenIn(held));
    await fixture.pressCheck(other, tokenIn(held));
    expect(fixture.failures()).toHaveLength(2);
  });
});
