import { expectAccessible } from "./axe";
import { expect, type Person, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { Visitor } from "./visitor";

/** The same person in another browser. */
async function elsewhere({ email, password, visitor: { origin } }: Person): Promise<Visitor> {
  const visitor = new Visitor(origin);
  await visitor.submit("/sign-in", { email, password });
  return visitor;
}

async function isIn(visitor: Visitor): Promise<boolean> {
  const { status } = await visitor.get("/account");
  return status === 200;
}

for (const withScript of [true, false]) {
  test(`changing the password ends all other sessions ${withScript ? "with" : "without"} script, and the old one opens nothing`, async ({
    browser,
    page: scripted,
    person,
  }) => {
    const page = withScript ? scripted : await openWithoutScript(browser, person);
    const other = await elsewhere(person);
    expect(await isIn(other)).toBe(true);
    await page.goto("/account");
    await page.getByLabel("Current password").fill("not this one at all");
    await page.getByLabel("New password").fill("a new password that is long");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("This is not your password. Type the one you signed in with.")).toBeVisible();
    expect(await isIn(other), "after a refusal").toBe(true);
    await page.getByLabel("Current password").fill(person.password);
    await page.getByLabel("New password").fill("a new password that is long");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Your password is changed").first()).toBeVisible();
    await expect(page.getByLabel("Current password")).toHaveValue("");

    expect(await isIn(other)).toBe(false);
    expect(await isIn(await elsewhere(person)), "with the old password").toBe(false);
    expect(await isIn(await elsewhere({ ...person, password: "a new password that is long" }))).toBe(true);
    if (!withScript) await page.context().close();
  });
}

test("one ends a session elsewhere, and then all others", async ({ page, person }) => {
  const others = [await elsewhere(person), await elsewhere(person)];
  await page.goto("/account");
  await page
    .getByRole("button", { name: /^End session/ })
    .first()
    .click();
  await expect(page.getByText("The session has ended").first()).toBeVisible();
  expect((await Promise.all(others.map(isIn))).filter(Boolean)).toHaveLength(1);
  await page.getByRole("button", { name: "End all other sessions" }).click();
  await expect(page.getByText("All your other sessions have ended").first()).toBeVisible();
  expect(await Promise.all(others.map(isIn))).toEqual([false, false]);
  await expectAccessible(page, "one's account");
});

test("an administrator disables somebody: their next click leads to sign-in, which refuses them until they are enabled", async ({
  page,
  person,
  browser,
  administrator,
}) => {
  await page.goto("/credentials");
  const theirs = await openWithoutScript(browser, administrator);
  await theirs.goto(`/admin/users?q=${encodeURIComponent(person.email)}`);
  await theirs.getByRole("main").getByRole("link", { name: person.name }).click();
  await theirs.getByRole("button", { name: "Disable" }).click();
  await expect(
    theirs.getByText("The account is disabled, and its sessions have ended").first(),
  ).toBeVisible();

  await page.getByRole("navigation").getByRole("link", { name: "Teams" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(await isIn(await elsewhere(person))).toBe(false);
  await theirs.getByRole("button", { name: "Enable" }).click();
  await expect(theirs.getByText("The account is enabled").first()).toBeVisible();
  expect(await isIn(await elsewhere(person))).toBe(true);
  expect(await isIn(person.visitor), "the session that ended").toBe(false);
  await theirs.context().close();
});
