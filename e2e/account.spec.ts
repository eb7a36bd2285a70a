import type { Browser, Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { NoScriptClient } from "./no-script-client";

const userAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

/** Opens the user's account page in a new session, with or without script. */
async function open(browser: Browser, { client }: User, withScript: boolean): Promise<Page> {
  if (!withScript) return openWithoutScript(browser, { client });
  const context = await browser.newContext({ baseURL: client.origin });
  await context.addCookies(client.cookies());
  return context.newPage();
}

/** Signs the user in once more, in another browser. */
async function signInElsewhere({ email, password, client }: User, from = userAgent): Promise<NoScriptClient> {
  const elsewhere = new NoScriptClient(client.origin);
  const form = await elsewhere.fillIn("/sign-in", { email, password });
  const body = new URLSearchParams([...form.body].map(([name, value]) => [name, String(value)]));
  await elsewhere.post(form.path, body, { "user-agent": from });
  expect((await elsewhere.get("/account")).status).toBe(200);
  return elsewhere;
}

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`a user changes their name, and the header shows it, ${how} script`, async ({ browser, user }) => {
    const page = await open(browser, user, withScript);
    await page.goto("/");
    await page.getByRole("link", { name: `Your account: ${user.name}` }).click();
    await page.getByLabel("Name", { exact: true }).fill("  ");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/^Enter your name\./);
    await page.getByLabel("Name", { exact: true }).fill("Kim Novák");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByText("Your name is saved").first()).toBeVisible();
    await expect(page.getByRole("link", { name: "Your account: Kim Novák" })).toBeVisible();
    await page.context().close();
  });

  test(`a new password replaces the old one, keeps this session and ends the others, ${how} script`, async ({
    browser,
    user,
  }) => {
    const elsewhere = await signInElsewhere(user);
    const page = await open(browser, user, withScript);
    await page.goto("/account");
    const [current, next] = [page.getByLabel("Current password"), page.getByLabel("New password")];
    await current.fill("not the password");
    await next.fill("short");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(next).toHaveAccessibleDescription(/^Use at least 12 characters\./);
    await current.fill("not the password");
    await next.fill("a much better password");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(current).toHaveAccessibleDescription(/^This is not your password\./);
    expect(await page.content()).not.toContain("a much better password");
    expect((await elsewhere.get("/account")).status).toBe(200);

    await current.fill(user.password);
    await next.fill("a much better password");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Your password is changed").first()).toBeVisible();
    await expect(current).toHaveValue("");
    await expect(next).toHaveValue("");
    expect((await elsewhere.get("/account")).status).toBe(307);
    await page.reload();
    await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();

    const { email, password } = user;
    for (const [tried, lets] of [
      [password, false],
      ["a much better password", true],
    ] as const) {
      const client = new NoScriptClient(user.client.origin);
      await client.submit("/sign-in", { email, password: tried });
      expect((await client.get("/account")).status).toBe(lets ? 200 : 307);
    }
    await page.context().close();
  });

  test(`sessions are listed by browser and ended one by one or all others at once, ${how} script`, async ({
    browser,
    user,
  }) => {
    const elsewhere = [await signInElsewhere(user), await signInElsewhere(user, "<b>evil</b>\u00e9")];
    const page = await open(browser, user, withScript);
    await page.goto("/account");
    const sessions = page.getByRole("region", { name: "My sessions" });
    await expect(sessions.getByRole("listitem")).toHaveCount(3);
    await expect(sessions.getByText("this browser")).toHaveCount(1);
    await expect(sessions.getByText("Unknown browser")).not.toHaveCount(0);
    await sessions.getByRole("button", { name: "End session on Firefox on Windows" }).click();
    await expect(sessions.getByRole("listitem")).toHaveCount(2);
    expect((await elsewhere[0]?.get("/account"))?.status).toBe(307);
    expect((await elsewhere[1]?.get("/account"))?.status).toBe(200);
    await signInElsewhere(user);
    await page.reload();
    await sessions.getByRole("button", { name: "End all other sessions" }).click();
    await expect(sessions.getByRole("listitem")).toHaveCount(1);
    await expect(sessions.getByRole("button")).toHaveCount(0);
    expect((await elsewhere[1]?.get("/account"))?.status).toBe(307);
    await page.context().close();
  });
}
