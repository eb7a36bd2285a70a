import { randomUUID } from "node:crypto";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { NoScriptClient } from "./no-script-client";
import { authenticatePath, seedCredential, tilesOf } from "./page-objects";
import { rightCredential } from "./refusals";

/** A page of a new visitor, with or without script. */
async function openOutsider(browser: Browser, origin: string, withScript: boolean): Promise<Page> {
  if (!withScript) return openWithoutScript(browser, { client: new NoScriptClient(origin) });
  const context = await browser.newContext({ baseURL: origin });
  return context.newPage();
}

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The session's cookie as a browser sends it. */
async function cookieOf(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`a user signs up, signs out and signs in again ${how} script`, async ({ browser, portalOrigin }) => {
    const page = await openOutsider(browser, portalOrigin, withScript);
    const id = randomUUID().slice(0, 8);
    const account = { name: `Kim ${id}`, email: `kim-${id}@example.com`, password: `a long password ${id}` };
    await page.goto("/");
    await expect(page).toHaveURL(/\/sign-in/);
    await page.getByRole("link", { name: "Create an account" }).click();
    await page.getByLabel("Name").fill(account.name);
    await page.getByLabel("Email").fill(account.email);
    await page.getByLabel("Password").fill(account.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: `Hello, ${account.name}` })).toBeVisible();

    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await page.goto("/");
    await signIn(page, account);
    await expect(page.getByRole("heading", { name: `Hello, ${account.name}` })).toBeVisible();
    await page.context().close();
  });

  test(`errors at sign-up are shown at their fields, and name and email are kept, ${how} script`, async ({
    browser,
    portalOrigin,
  }) => {
    const page = await openOutsider(browser, portalOrigin, withScript);
    await page.goto("/sign-up");
    await page.getByLabel("Name").fill("Kim");
    await page.getByLabel("Email").fill("kim@nowhere");
    await page.getByLabel("Password").fill("too short");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription(/^Enter an email address/);
    await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/^Use at least 12 characters\./);
    await expect(page.getByLabel("Name")).toHaveValue("Kim");
    await expect(page.getByLabel("Email")).toHaveValue("kim@nowhere");
    await expect(page.getByLabel("Password")).toHaveValue(withScript ? "too short" : "");
    await page.context().close();
  });

  test(`a wrong password and an unknown email get the same message, and the email is kept, ${how} script`, async ({
    browser,
    user,
    portalOrigin,
  }) => {
    const page = await openOutsider(browser, portalOrigin, withScript);
    const said: (string | null)[] = [];
    for (const email of [user.email, `nobody-${randomUUID()}@example.com`]) {
      await page.goto("/sign-in");
      await signIn(page, { email, password: "not the password" });
      await expect(page.getByRole("main").getByRole("alert")).toContainText(
        "Email and password do not match",
      );
      await expect(page.getByLabel("Email")).toHaveValue(email);
      await expect(page.getByLabel("Password")).toHaveValue("");
      expect(page.url()).not.toContain(encodeURIComponent(email));
      said.push(await page.getByRole("main").textContent());
    }
    expect(said[0]).toBe(said[1]);
    await page.context().close();
  });
}

test("after five wrong passwords the account must wait, even with the right password", async ({
  user,
  portalOrigin,
}) => {
  const guesser = new NoScriptClient(portalOrigin);
  const { email } = user;
  for (let guess = 0; guess < 5; guess += 1) {
    const answer = await guesser.submit("/sign-in", { email, password: `guess ${guess}` });
    expect(answer.headers.get("location")).toContain("error=CredentialsSignin");
  }
  const right = await guesser.submit("/sign-in", { email, password: user.password });
  expect(right.headers.get("location")).toContain("error=RateLimited");
  expect((await guesser.get("/")).status).toBe(307);
});

test("an email with an account cannot sign up again, in any case", async ({ user, portalOrigin }) => {
  const email = user.email.toUpperCase();
  const { name, password } = user;
  const answer = await new NoScriptClient(portalOrigin).submit("/sign-up", { name, email, password });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("There is already an account with this email address.");
});

test("43 after sign-out, the back button shows no page, and the old cookie leads to sign-in", async ({
  page,
  user,
  sandbox,
}) => {
  await seedCredential(user, { ...rightCredential(sandbox), name: "Seen before" });
  await page.goto("/");
  await page.goto(authenticatePath);
  await expect(tilesOf(page)).toHaveCount(1);
  const cookie = await cookieOf(page.context());
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByText("Seen before")).toHaveCount(0);

  const replayed = await new NoScriptClient(user.client.origin).get(authenticatePath, { cookie });
  expect(replayed.status).toBe(307);
  expect(replayed.headers.get("location")).toContain("/sign-in");
  expect(await replayed.text()).not.toContain("Seen before");
});

test("signing out in one browser leaves the other one signed in", async ({ page, user }) => {
  const elsewhere = new NoScriptClient(user.client.origin);
  await elsewhere.submit("/sign-in", { email: user.email, password: user.password });
  await page.goto("/");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect((await elsewhere.get("/")).status).toBe(200);
});

test("sign-in leads to the page requested before it", async ({ page, user, sandbox }) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  await page.context().clearCookies();
  await page.goto(`${authenticatePath}?credential=${id}`);
  await signIn(page, { ...user, password: "a wrong one at first" });
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await signIn(page, user);
  await expect(page).toHaveURL(`${authenticatePath}?credential=${id}`);
  await expect(tilesOf(page)).toBeChecked();
});

const foreignAddresses = [
  "https://elsewhere.example/",
  "//elsewhere.example/",
  "/\\elsewhere.example",
  "/\t/elsewhere.example",
  "javascript:alert(1)",
  "https://elsewhere.example@localhost/",
];

test("39 sign-in never leads to a foreign address, in whatever spelling, with or without a session", async ({
  page,
  user,
}) => {
  test.slow();
  for (const callbackUrl of foreignAddresses) {
    await test.step(JSON.stringify(callbackUrl), async () => {
      await page.context().clearCookies();
      await page.goto(`/sign-in?${new URLSearchParams({ callbackUrl })}`);
      await signIn(page, user);
      await expect(page.getByRole("heading", { name: /^Hello/ })).toBeVisible();
      await expect(page).toHaveURL("/");

      await page.goto(`/sign-in?${new URLSearchParams({ callbackUrl })}`);
      await expect(page).toHaveURL("/");

      const forging = new NoScriptClient(user.client.origin);
      const { email, password } = user;
      const answer = await forging.submit("/sign-in", { email, password, callbackUrl });
      const location = new URL(answer.headers.get("location") ?? "", forging.origin);
      expect(location.origin).toBe(forging.origin);
    });
  }
});

test("a signed-in user is redirected from sign-in and sign-up", async ({ page }) => {
  for (const address of ["/sign-in", "/sign-up"]) {
    await page.goto(address);
    await expect(page).toHaveURL("/");
  }
  await page.goto("/sign-in?callbackUrl=%2Fsources");
  await expect(page).toHaveURL("/sources");
});

test("no script can read a session's cookies, and no other site's request carries them", async ({
  page,
  user,
}) => {
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await signIn(page, user);
  await expect(page).toHaveURL("/");
  expect(await page.evaluate(() => document.cookie)).toBe("");
  const cookies = await page.context().cookies();
  expect(cookies).not.toEqual([]);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
});
