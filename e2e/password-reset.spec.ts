import type { Browser, Page } from "@playwright/test";
import { expect, type Person, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { callAction } from "./server-actions";
import { Visitor } from "./visitor";

async function open(browser: Browser, visitor: Visitor, withScript: boolean): Promise<Page> {
  if (!withScript) return openWithoutScript(browser, { visitor });
  const context = await browser.newContext({ baseURL: visitor.origin });
  await context.addCookies(visitor.cookies());
  return context.newPage();
}

async function pageOf(administrator: Person, { email }: Person): Promise<string> {
  const found = await (await administrator.visitor.get(`/admin/users?q=${encodeURIComponent(email)}`)).text();
  return /\/admin\/users\/[0-9a-f-]{36}/.exec(found)?.[0] ?? "";
}

const newPassword = "chosen after forgetting";

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`somebody who has forgotten their password sets a new one by an administrator's link, and is told, ${how} script`, async ({
    browser,
    administrator,
    portalOrigin,
    another,
  }) => {
    test.slow();
    const { person } = await another();
    const admins = await open(browser, administrator.visitor, withScript);
    const path = await pageOf(administrator, person);
    await admins.goto(path);
    await admins.getByRole("button", { name: "Make password reset link" }).click();
    const link = await admins.getByLabel("Password reset link", { exact: true }).inputValue();
    await admins.goto(path);
    expect(await admins.content()).not.toContain(link.slice(-43));

    const page = await open(browser, new Visitor(portalOrigin), withScript);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(`${request.headers().referer ?? ""} ${request.url()}`));
    await page.goto(link);
    // The address that was opened is the only one that holds the token.
    expect(new URL(page.url()).pathname).toBe("/reset-password");
    expect(await page.title()).not.toContain(link.slice(-43));
    expect(await page.content()).not.toContain(link.slice(-43));
    expect(await page.content()).not.toContain(person.email);
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/^Use at least 12/);
    await page.getByLabel("New password").fill(newPassword);
    await page.getByRole("button", { name: "Set password" }).click();
    await expect(page.getByRole("heading", { name: "The new password is set" })).toBeVisible();
    expect(requests.filter((request) => request.includes(link.slice(-43)))).toEqual([` ${link}`]);
    expect((await person.visitor.get("/")).status).toBe(307);

    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Email").fill(person.email);
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

test("used, taken back and made-up links look the same, and so does no link at all", async ({
  browser,
  administrator,
  portalOrigin,
  another,
}) => {
  const { person } = await another();
  const path = await pageOf(administrator, person);
  const link = async () => {
    const { text } = await callAction(administrator.visitor, "makeResetAction", {
      personId: path.slice(-36),
    });
    return /\/reset-password\/[\w-]{43}/.exec(text)?.[0] ?? "";
  };
  const [replaced, used] = [await link(), await link()];
  const visitor = new Visitor(portalOrigin);
  await visitor.get(used);
  expect((await visitor.submit("/reset-password", { newPassword })).status).toBe(303);
  const page = await open(browser, new Visitor(portalOrigin), true);
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

test("whose password it is takes an open link back on the page of their account", async ({
  browser,
  administrator,
  page,
  person,
}) => {
  const admins = await open(browser, administrator.visitor, true);
  await admins.goto(await pageOf(administrator, person));
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
