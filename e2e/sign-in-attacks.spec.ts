import { randomUUID } from "node:crypto";
import { expect, test } from "./fixtures";
import { lastingPart } from "./html";
import { NoScriptClient } from "./no-script-client";
import { type Portal, startPortal } from "./portal";
import { makePortalHome, type PortalHome } from "./portal-home";
import { callAction } from "./server-actions";

// Each portal is started once, and a rate limit used up in one test stays used up in the next.
test.describe.configure({ mode: "serial", timeout: 120_000 });

type Account = { name: string; email: string; password: string };

function newAccount(): Account {
  const id = randomUUID().slice(0, 8);
  return { name: `Kim ${id}`, email: `kim-${id}@example.com`, password: `a long password ${id}` };
}

/** Opens the sign-in form and fills it in, ready to be posted. */
async function openForm(client: NoScriptClient, { email, password }: { email: string; password: string }) {
  const form = await client.fillIn("/sign-in", { email, password });
  const body = new URLSearchParams([...form.body].map(([name, value]) => [name, String(value)]));
  return (headers: Record<string, string> = {}) => client.post(form.path, body, headers);
}

/** The result of a sign-in: "in", or the error of the page that follows, or "busy". */
async function outcomeOf(answer: Response): Promise<string> {
  if (answer.status === 503) return "busy";
  const location = new URL(answer.headers.get("location") ?? "", "http://portal");
  return location.searchParams.get("error") ?? "in";
}

async function signIn(
  client: NoScriptClient,
  account: { email: string; password: string },
  address?: string,
): Promise<string> {
  const post = await openForm(client, account);
  return outcomeOf(await post(address ? { "x-forwarded-for": address } : {}));
}

function countOf(outcomes: readonly string[], wanted: string): number {
  return outcomes.filter((outcome) => outcome === wanted).length;
}

async function signUp(origin: string, account: Account, headers: Record<string, string> = {}) {
  const client = new NoScriptClient(origin);
  const form = await client.fillIn("/sign-up", account);
  const answer = await client.post(form.path, form.body, headers);
  return { client, answer };
}

test.describe("without TRUSTED_PROXIES", () => {
  let home: PortalHome;
  let portal: Portal;
  const owner = newAccount();
  let device: NoScriptClient;
  test.beforeAll(async () => {
    home = await makePortalHome();
    portal = await startPortal(home.settings);
    device = (await signUp(portal.origin, owner)).client;
  });
  test.afterAll(async () => {
    await portal.stop();
    await home.remove();
  });

  test("36 of twenty parallel sign-ins, each with another X-Forwarded-For, five have their passwords checked", async () => {
    const posts = await Promise.all(
      Array.from({ length: 20 }, (_, guess) =>
        openForm(new NoScriptClient(portal.origin), { email: owner.email, password: `guess ${guess}` }),
      ),
    );
    const answers = await Promise.all(
      posts.map((post, index) => post({ "x-forwarded-for": `203.0.113.${index}, 198.51.100.${index}` })),
    );
    const outcomes = await Promise.all(answers.map(outcomeOf));
    expect(countOf(outcomes, "CredentialsSignin")).toBe(5);
    expect(countOf(outcomes, "RateLimited")).toBe(15);
    expect(await signIn(new NoScriptClient(portal.origin), owner, "192.0.2.77")).toBe("RateLimited");
  });

  test("the owner's known browser signs in while an unknown client at the same address must wait", async () => {
    expect(await signIn(new NoScriptClient(portal.origin), owner)).toBe("RateLimited");
    await callAction(device, "signOutAction", {});
    expect(await signIn(device, owner)).toBe("in");
    expect((await device.get("/account")).status).toBe(200);
  });

  test("the audit log counts all of them in a few events, with the connection's address", async () => {
    const isTold = async () => {
      const html = await (await device.get("/admin/audit?kind=user.sign-in-failed")).text();
      const text = lastingPart(html).body.textContent;
      return /not right in 5 attempts/.test(text) && /\d\d? more were turned away/.test(text) && text;
    };
    await expect.poll(isTold, { timeout: 60_000 }).toBeTruthy();
    const text = String(await isTold());
    expect(text).toMatch(/127\.0\.0\.1|::1/);
    for (const claimed of ["203.0.113.", "198.51.100.", "192.0.2.77"]) expect(text).not.toContain(claimed);
  });

  for (const [what, password] of [
    ["a NUL", "before the nul\0after it"],
    ["half a surrogate pair", "\ud83d".repeat(12)],
    ["right-to-left overrides", "\u202egnol yrev\u202e"],
    ["1,025 characters", "x".repeat(1_025)],
  ]) {
    test(`38 a password with ${what} is wrong, and causes no fault`, async () => {
      const account = { email: newAccount().email, password: String(password) };
      expect(await signIn(new NoScriptClient(portal.origin), account)).toBe("CredentialsSignin");
    });
  }

  test("38 a megabyte of password is refused unread, at sign-in and at sign-up", async () => {
    const client = new NoScriptClient(portal.origin);
    const account = { ...newAccount(), password: "x".repeat(1_000_000) };
    const post = await openForm(client, account);
    expect((await post()).status).toBe(413);
    expect((await signUp(portal.origin, account)).answer.status).toBe(413);
  });
});

test.describe("behind one trusted proxy", () => {
  let home: PortalHome;
  let portal: Portal;
  const owner = newAccount();
  let administrator: NoScriptClient;
  test.beforeAll(async () => {
    home = await makePortalHome();
    portal = await startPortal({ ...home.settings, env: { ...home.settings.env, TRUSTED_PROXIES: "1" } });
    administrator = (await signUp(portal.origin, owner)).client;
  });
  test.afterAll(async () => {
    await portal.stop();
    await home.remove();
  });

  test("one client's guesses block neither the owner's sign-in from another address nor others' sign-ups", async () => {
    const attacker = "203.0.113.9";
    const guess = { email: owner.email, password: "guessed" };
    for (let more = 0; more < 6; more += 1) {
      // Text written by the client precedes the address that the proxy appends.
      const claimed = `192.0.2.${more}, ${attacker}`;
      expect(await signIn(new NoScriptClient(portal.origin), guess, claimed)).toBe(
        more < 5 ? "CredentialsSignin" : "RateLimited",
      );
    }
    expect(await signIn(new NoScriptClient(portal.origin), owner, "198.51.100.7")).toBe("in");
    const { answer } = await signUp(portal.origin, newAccount(), { "x-forwarded-for": "198.51.100.8" });
    expect(answer.status).toBe(303);
  });

  test("of 300 parallel sign-ins those without a place in the queue are told so, and when to retry", async () => {
    // Each attempt has another account and address, so that only the queue's limit applies.
    const client = new NoScriptClient(portal.origin);
    const { path, body } = await client.fillIn("/sign-in", { email: "", password: "guessed" });
    const csrfToken = String(body.get("csrfToken"));
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const fields = { csrfToken, email: `${index}@example.com`, password: "guessed", callbackUrl: "/" };
        const address = `10.9.${index >> 8}.${index & 255}`;
        return client.post(path, new URLSearchParams(fields), { "x-forwarded-for": address });
      }),
    );
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303, 503]));
    for (const answer of busy) {
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(answer.headers.get("x-request-id")).toBeTruthy();
    }
    const html = await busy[0]?.text();
    expect(html).toContain("The portal is busy");
    expect(html).toContain('href="/sign-in?');
    expect((await administrator.get("/account")).status).toBe(200);
    expect(await signIn(new NoScriptClient(portal.origin), owner, "198.51.100.9")).toBe("in");
  });
});
