import type { Browser, Page } from "@playwright/test";
import { expect, type Person, signUpSomebody, test } from "./fixtures";
import { openWithoutScript } from "./no-script";

/** The administrator's page about this person, with or without script. */
async function openPerson(
  browser: Browser,
  administrator: Person,
  { name, email }: Person,
  withScript: boolean,
): Promise<Page> {
  const page = withScript
    ? await (await browser.newContext({ baseURL: administrator.visitor.origin })).newPage()
    : await openWithoutScript(browser, administrator);
  await page.context().addCookies(administrator.visitor.cookies());
  await page.goto("/admin/users");
  await page.getByLabel("Name or email").fill(email);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("list", { name: "Users" }).getByRole("link", { name }).click();
  await expect(page.getByText(email)).toBeVisible();
  return page;
}

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`an administrator disables somebody, whose next click leads to sign-in, and enables them again, ${how} script`, async ({
    browser,
    administrator,
    person,
    another,
  }) => {
    test.slow();
    const victim = (await another()).person;
    const page = await openPerson(browser, administrator, victim, withScript);
    await page.getByRole("button", { name: "Disable" }).click();
    await expect(page.getByText("The account is disabled").first()).toBeVisible();
    expect((await victim.visitor.get("/")).status).toBe(307);
    const { email, password } = victim;
    await victim.visitor.submit("/sign-in", { email, password });
    expect((await victim.visitor.get("/")).status).toBe(307);
    await page.getByRole("button", { name: "Enable" }).click();
    await expect(page.getByText("The account is enabled").first()).toBeVisible();
    await victim.visitor.submit("/sign-in", { email, password });
    expect((await victim.visitor.get("/")).status).toBe(200);
    expect((await person.visitor.get("/")).status).toBe(200);
    await page.context().close();
  });

  test(`a new administrator signs in again to be one, and a former one is none at the next click, ${how} script`, async ({
    browser,
    administrator,
    another,
  }) => {
    test.slow();
    const { person } = await another();
    const { email, password } = person;
    const page = await openPerson(browser, administrator, person, withScript);
    await page.getByRole("button", { name: "Make administrator" }).click();
    await expect(page.getByText("portal administrator's now").first()).toBeVisible();
    expect((await person.visitor.get("/admin/users")).headers.get("location")).toContain("/sign-in");
    await person.visitor.submit("/sign-in", { email, password });
    expect((await person.visitor.get("/admin/users")).status).toBe(200);
    await page.getByRole("button", { name: "Make member" }).click();
    await expect(page.getByText("a member's now").first()).toBeVisible();
    expect((await person.visitor.get("/admin/users")).headers.get("location")).toContain("/sign-in");
    await person.visitor.submit("/sign-in", { email, password });
    expect((await person.visitor.get("/admin/users")).status).toBe(404);
    await page.context().close();
  });

  test(`signing somebody out everywhere ends their sessions, and they sign in again, ${how} script`, async ({
    browser,
    administrator,
    another,
  }) => {
    const { person } = await another();
    const page = await openPerson(browser, administrator, person, withScript);
    await expect(page.getByText("1 session alive")).toBeVisible();
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(page.getByText("0 sessions alive")).toBeVisible();
    expect((await person.visitor.get("/")).status).toBe(307);
    await page.context().close();
  });
}

test("an administrator finds no button against their own account", async ({ browser, administrator }) => {
  const page = await openPerson(browser, administrator, administrator, true);
  await expect(page.getByText("This is your own account.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
  await page.context().close();
});

test("to a member the administrators' pages are as absent as pages that do not exist", async ({
  page,
  person,
  administrator,
}) => {
  const list = await (await administrator.visitor.get(`/admin/users?q=${person.email}`)).text();
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

test("42 names are inert in the list and on the page, whatever they hold", async ({
  administrator,
  portalOrigin,
}) => {
  const name = '<img src=x onerror="alert(1)"> =cmd|calc';
  const { visitor } = await signUpSomebody(portalOrigin);
  await visitor.submit("/account", { name });
  const html = await (await administrator.visitor.get(`/admin/users?q=${encodeURIComponent("<img")}`)).text();
  expect(html).toContain("&lt;img src=x");
  expect(html).not.toContain("<img src=x");
});
