import type { Browser, Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { NoScriptClient } from "./no-script-client";
import { callAction } from "./server-actions";

async function open(browser: Browser, client: NoScriptClient, withScript: boolean): Promise<Page> {
  if (!withScript) return openWithoutScript(browser, { client });
  const context = await browser.newContext({ baseURL: client.origin });
  await context.addCookies(client.cookies());
  return context.newPage();
}

async function pageOf(administrator: User, { email }: User): Promise<string> {
  const found = await (await administrator.client.get(`/admin/users?q=${encodeURIComponent(email)}`)).text();
  return /\/admin\/users\/[0-9a-f-]{36}/.exec(found)?.[0] ?? "";
}

const newPassword = "chosen after forgetting";

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`a user who forgot their password sets a new one by an administrator's link, and is notified, ${how} script`, async ({
    browser,
    administrator,
    portalOrigin,
    anotherUser,
  }) => {
    test.slow();
    const user = await anotherUser();
    const admins = await open(browser, administrator.client, withScript);
    const path = await pageOf(administrator, user);
    await admins.goto(path);
    await admins.getByRole("button", { name: "Make password reset link" }).click();
    const link = await admins.getByLabel("Password reset link", { exact: true }).inputValue();
    await admins.goto(path);
    expect(await admins.content()).not.toContain(link.slice(-43));

    const page = await open(browser, new NoScriptClient(portalOrigin), withScript);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(`${request.headers().referer ?? ""} ${request.url()}`));
    await page.goto(link);
    // Only the opened address contains the token.
    expect(new URL(page.url()).pathname).toBe("/reset-password");
    expect(await page.title()).not.toContain(link.slice(-43));
    expect(await page.content()).not.toContain(link.slice(-43));
    expect(await page.content()).not.toContain(user.email);
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/^Use at least 12/);
    await page.getByLabel("New password").fill(newPassword);
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("heading", { name: "The new password is set" })).toBeVisible();
    expect(requests.filter((request) => request.includes(link.slice(-43)))).toEqual([` ${link}`]);
    expect((await user.client.get("/")).status).toBe(307);

    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Email").fill(user.email);
    await page.getByLabel("Password").fill(newPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    const told = page.getByRole("list", { name: "Notices" });
    await expect(told).toContainText("Your password was reset");
    await expect(told).toContainText(administrator.name);
    await page.goto("/account");
    await expect(page.getByRole("list", { name: "Password reset links" })).toContainText("used on");
    await page.context().close();
    await admins.context().close();
  });
}

test("used, revoked, unknown and missing links look the same", async ({
  browser,
  administrator,
  portalOrigin,
  anotherUser,
}) => {
  const user = await anotherUser();
  const path = await pageOf(administrator, user);
  const link = async () => {
    const { text } = await callAction(administrator.client, "makeResetAction", {
      userId: path.slice(-36),
    });
    return /\/reset-password\/[\w-]{43}/.exec(text)?.[0] ?? "";
  };
  const [replaced, used] = [await link(), await link()];
  const client = new NoScriptClient(portalOrigin);
  await client.get(used);
  expect((await client.submit("/reset-password", { newPassword })).status).toBe(303);
  const page = await open(browser, new NoScriptClient(portalOrigin), true);
  const said = new Set<string | null>();
  for (const tried of [
    used,
    replaced,
    `/reset-password/${"x".repeat(43)}`,
    "/reset-password/x",
    "/reset-password",
  ]) {
    const answer = await page.goto(tried);
    expect(answer?.status(), tried).toBe(404);
    said.add(await page.getByRole("main").textContent());
  }
  expect(said.size).toBe(1);
  expect([...said][0]).toContain("This link does not work");
  await page.context().close();
});

test("a user revokes an open reset link on their account page", async ({
  browser,
  administrator,
  page,
  user,
}) => {
  const admins = await open(browser, administrator.client, true);
  await admins.goto(await pageOf(administrator, user));
  await admins.getByRole("button", { name: "Make password reset link" }).click();
  const link = await admins.getByLabel("Password reset link", { exact: true }).inputValue();
  await page.goto("/");
  await expect(page.getByRole("list", { name: "Notices" })).toContainText(
    "sets a new password for your account",
  );
  await page.getByRole("link", { name: "Your account" }).first().click();
  await page.getByRole("button", { name: /^Take back/ }).click();
  await expect(page.getByRole("list", { name: "Password reset links" })).toContainText("works no more");
  expect((await admins.goto(link))?.status()).toBe(404);
  await admins.context().close();
});
