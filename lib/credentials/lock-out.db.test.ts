import { AsyncLocalStorage } from "node:async_hooks";
import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import pLimit from "p-limit";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { signInGuards } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { openSession } from "@/lib/auth/sessions";
import { somebody } from "@/lib/auth/testing";
import { addCredentialAction, checkCredentialAction } from "@/lib/credentials/actions";
import { addCredential } from "@/lib/credentials/mutations";
import { recheck } from "@/lib/credentials/recheck";
import { aCredential, ownerOfCredentials } from "@/lib/credentials/testing";
import type { Db } from "@/lib/db/client";
import { ownDatabaseOfTwo } from "@/lib/db/testing";
import { env } from "@/lib/env";
import { portalKeys } from "@/lib/portal-keys";
import { grantCredential } from "@/lib/sharing/testing";

// What Next hands to an action: the request it runs in. Everything behind it is the portal's own.
const { requests } = vi.hoisted(() => ({ requests: { current: () => ({ cookie: "", origin: "" }) } }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: requests.current().origin }),
  cookies: async () => ({ get: () => ({ value: requests.current().cookie }) }),
}));
vi.mock("next/cache", () => ({ refresh: () => undefined }));

const request = new AsyncLocalStorage<{ cookie: string; origin: string }>();
requests.current = () => request.getStore() ?? { cookie: "", origin: "" };

const { jane } = sandboxAccounts;
const serversAnswer = new Set(["User name or password is not right", "Bitbucket has locked this account"]);
let sandbox: Sandbox;
let processes: [Db, Db];
const holder: typeof globalThis & { latchkeyDatabase?: Promise<Db> } = globalThis;

beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
  processes = await ownDatabaseOfTwo();
  holder.latchkeyDatabase = Promise.resolve(processes[0]);
  await ownerOfCredentials(processes[0]);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.reset();
  await processes[0].delete(signInGuards).where(eq(signInGuards.baseUrl, sandbox.url("/")));
});

type Tester = { actor: Actor; cookie: string };

/** Somebody who is signed in by the cookie that a browser would have. */
async function signIn(db: Db): Promise<Tester> {
  const actor = await somebody(db);
  const sid = await openSession(db, actor.userId);
  const { name } = sessionCookie();
  expect(name).toBe("latchkey.session");
  return { actor, cookie: await encode({ token: { sid }, secret: portalKeys().authSecret }) };
}

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

/** Presses a button: the whole pipeline of a server action, with origin, session, limits and schema. */
function press(
  by: Tester,
  action: typeof addCredentialAction | typeof checkCredentialAction,
  form: FormData,
) {
  return request.run({ cookie: by.cookie, origin: env().APP_ORIGIN }, () => action(null, form));
}

function pressSave(by: Tester, name: string, password: string) {
  const fields = { name, description: "", baseUrl: sandbox.url("/"), username: jane.name, password };
  return press(by, addCredentialAction, formOf(fields));
}

const failures = () =>
  sandbox.journal().filter(({ signInAttempt, outcome }) => signInAttempt && outcome !== "accepted");

/** Somebody with a stored credential of Jane's, with that password. */
async function ownerWith(password: string) {
  const [db] = processes;
  const person = await signIn(db);
  const signInWith = { scheme: "basic", username: jane.name, password } as const;
  const credential = aCredential({ baseUrl: sandbox.url("/"), signIn: signInWith, outcome: null });
  return { person, credentialId: await addCredential(db, person.actor, credential) };
}

/** Ten people with a stored credential of Jane's each, all with a wrong password. */
function tenPeople(passwordOf: (index: number) => string) {
  return Promise.all(Array.from({ length: 10 }, (_, index) => ownerWith(passwordOf(index))));
}

/** 200 checks, 50 of them at any moment: of each person 10 by Save, 5 by Check now and 5 by schedule, in two processes. */
function twoHundredChecks(
  people: Awaited<ReturnType<typeof tenPeople>>,
  passwordOf: (index: number) => string,
) {
  // More at once would starve the check that is under way: the embedded database works in this very thread.
  const fifty = pLimit(50);
  const checks = people.flatMap(({ person, credentialId }, index) => [
    ...Array.from(
      { length: 10 },
      (_, press) => () => pressSave(person, `Save ${index} ${press}`, passwordOf(index + press)),
    ),
    ...Array.from({ length: 5 }, () => () => press(person, checkCredentialAction, formOf({ credentialId }))),
    ...Array.from({ length: 5 }, (_, round) => () => recheck(processes[round % 2 ? 0 : 1], credentialId)),
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
      const people = await tenPeople(passwordOf);
      const results = await twoHundredChecks(people, passwordOf);
      expect(results).toHaveLength(200);
      expect(failures().length).toBeGreaterThan(0);
      expect(failures().length).toBeLessThanOrEqual(Math.min(2, passwords));

      // The account is not locked: its right password still gets in, on somebody's word.
      const authorization = `Basic ${Buffer.from(`${jane.name}:${jane.password}`).toString("base64")}`;
      const answer = await fetch(`${sandbox.url("/")}/rest/api/1.0/users`, { headers: { authorization } });
      expect(answer.status).toBe(200);
    },
    120_000,
  );

  it("hears of two at most when people press one after the other, and each is told why", async () => {
    const people = await tenPeople((index) => `wrong ${index}`);
    const said: string[] = [];
    for (const [index, { person, credentialId }] of people.entries()) {
      for (const result of [
        await pressSave(person, `One ${index}`, `wrong ${index}`),
        await press(person, checkCredentialAction, formOf({ credentialId })),
      ]) {
        if (!result.ok) said.push(result.error.message);
      }
    }
    expect(failures()).toHaveLength(2);
    expect(said).toHaveLength(20);
    expect(said.filter((message) => serversAnswer.has(message))).toHaveLength(2);
    expect(said.filter((message) => /refused/.test(message))).toHaveLength(18);
  }, 60_000);
});

describe("a stored credential that its server refused", () => {
  /** What the second check by somebody with that role says; the first one made the server refuse. */
  async function checkedTwiceBy(role: "collaborator" | "administrator") {
    const [db] = processes;
    const { person: owner, credentialId } = await ownerWith("wrong");
    const other = await signIn(db);
    await grantCredential(db, owner.actor, credentialId, { userId: other.actor.userId }, role);
    await press(owner, checkCredentialAction, formOf({ credentialId }));
    const held = await press(other, checkCredentialAction, formOf({ credentialId }));
    const ticketOfOwner = ticketIn(await press(owner, checkCredentialAction, formOf({ credentialId })));
    return { held, other, credentialId, ticketOfOwner };
  }
  type Answer = Awaited<ReturnType<typeof press>>;
  const detailOf = (answer: Answer) => (answer.ok ? null : answer.error.detail);
  const ticketIn = (answer: Answer) => detailOf(answer)?.tryAgainTicket ?? "none";

  it("tells a collaborator that owner and administrators can try again, and lets them not, whatever ticket they bring", async () => {
    const { held, other, credentialId, ticketOfOwner } = await checkedTwiceBy("collaborator");
    expect(held).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/were refused \d+ second/) },
    });
    expect(detailOf(held)).toMatchObject({
      cure: expect.stringContaining(
        "The credential's owner, or an administrator of it, can correct it or try again.",
      ),
      whose: "the credential's owner",
      tryAgainTicket: null,
    });
    for (const tryAgainTicket of [ticketOfOwner, "forged"]) {
      const answer = await press(other, checkCredentialAction, formOf({ credentialId, tryAgainTicket }));
      expect(detailOf(answer)).toMatchObject({ tryAgainTicket: null });
    }
    expect(failures()).toHaveLength(1);
  });

  it("lets an administrator of it try again, once for each word", async () => {
    const { held, other, credentialId } = await checkedTwiceBy("administrator");
    expect(detailOf(held)).toMatchObject({ cure: expect.stringContaining("press Try again"), whose: "you" });
    const form = { credentialId, tryAgainTicket: ticketIn(held) };
    await press(other, checkCredentialAction, formOf(form));
    await press(other, checkCredentialAction, formOf(form));
    expect(failures()).toHaveLength(2);
  });
});
