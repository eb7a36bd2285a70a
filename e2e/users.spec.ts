import type { Browser, Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";

/** Opens the administrator's page about this user, with or without script. */
async function openUser(
  browser: Browser,
  administrator: User,
  { name, email }: User,
  withScript: boolean,
): Promise<Page> {
  const page = withScript
    ? await (await browser.newContext({ baseURL: administrator.client.origin })).newPage()
    : await openWithoutScript(browser, administrator);
  await page.context().addCookies(administrator.client.cookies());
  await page.goto("/admin/users");
  await page.getByRole("searchbox", { name: "Search" }).fill(email);
  await page.getByRole("searchbox", { name: "Search" }).press("Enter");
  await page.getByRole("list", { name: "Users" }).getByRole("link", { name }).click();
  await expect(page.getByText(email)).toBeVisible();
  return page;
}

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`a disabled user's next click leads to sign-in, until an administrator enables them, ${how} script`, async ({
    browser,
    administrator,
    user,
    anotherUser,
  }) => {
    test.slow();
    const victim = await anotherUser();
    const page = await openUser(browser, administrator, victim, withScript);
    await page.getByRole("button", { name: "Disable" }).click();
    await expect(page.getByText("The account is disabled").first()).toBeVisible();
    expect((await victim.client.get("/")).status).toBe(307);
    const { email, password } = victim;
    await victim.client.submit("/sign-in", { email, password });
    expect((await victim.client.get("/")).status).toBe(307);
    await page.getByRole("button", { name: "Enable" }).click();
    await expect(page.getByText("The account is enabled").first()).toBeVisible();
    await victim.client.submit("/sign-in", { email, password });
    expect((await victim.client.get("/")).status).toBe(200);
    expect((await user.client.get("/")).status).toBe(200);
    await page.context().close();
  });

  test(`a new administrator signs in again to be one, and a former one loses the rights at the next click, ${how} script`, async ({
    browser,
    administrator,
    anotherUser,
  }) => {
    test.slow();
    const user = await anotherUser();
    const { email, password } = user;
    const page = await openUser(browser, administrator, user, withScript);
    await page.getByRole("button", { name: "Make administrator" }).click();
    await expect(page.getByText("portal administrator's now").first()).toBeVisible();
    expect((await user.client.get("/admin/users")).headers.get("location")).toContain("/sign-in");
    await user.client.submit("/sign-in", { email, password });
    expect((await user.client.get("/admin/users")).status).toBe(200);
    await page.getByRole("button", { name: "Make member" }).click();
    await expect(page.getByText("a member's now").first()).toBeVisible();
    expect((await user.client.get("/admin/users")).headers.get("location")).toContain("/sign-in");
    await user.client.submit("/sign-in", { email, password });
    expect((await user.client.get("/admin/users")).status).toBe(404);
    await page.context().close();
  });

  test(`signing a user out everywhere ends their sessions, and they can sign in again, ${how} script`, async ({
    browser,
    administrator,
    anotherUser,
  }) => {
    const user = await anotherUser();
    const page = await openUser(browser, administrator, user, withScript);
    await expect(page.getByText("1 session alive")).toBeVisible();
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(page.getByText("0 sessions alive")).toBeVisible();
    expect((await user.client.get("/")).status).toBe(307);
    await page.context().close();
  });
}

test("an administrator has no buttons for their own account", async ({ browser, administrator }) => {
  const page = await openUser(browser, administrator, administrator, true);
  await expect(page.getByText("This is your own account.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  await page.context().close();
});

test("for a member the administrators' pages are like missing pages", async ({
  page,
  user,
  administrator,
}) => {
  const list = await (await administrator.client.get(`/admin/users?q=${user.email}`)).text();
  const id = /admin\/users\/([0-9a-f-]{36})/.exec(list)?.[1];
  const said = new Set<string | null>();
  for (const address of [
    "/admin/users",
    `/admin/users/${id}`,
    "/admin/users/invitations",
    "/admin/teams",
    "/admin/nothing",
  ]) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
    said.add(await page.getByRole("main").textContent());
  }
  expect(said.size).toBe(1);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
});

test("42 names are inert in the list and on the page, whatever they contain", async ({
  administrator,
  user,
}) => {
  const name = '<img src=x onerror="alert(1)"> =cmd|calc';
  await user.client.submit("/account", { name });
  const html = await (await administrator.client.get(`/admin/users?q=${encodeURIComponent("<img")}`)).text();
  expect(html).toContain("&lt;img src=x");
  expect(html).not.toContain("<img src=x");
});
