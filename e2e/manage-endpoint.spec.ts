import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { directions, save, seedCredential, seedEndpoint } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

async function seedSource(user: User, sandbox: Sandbox): Promise<string> {
  return `/sources/${await seedEndpoint(user, await seedCredential(user, rightCredential(sandbox)))}`;
}

test("a source is paused and activated by its button, and page and list show its state", async ({
  page,
  user,
  sandbox,
}) => {
  const path = await seedSource(user, sandbox);
  await page.goto(path);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Activate" })).toBeFocused();
  await expect(page.getByRole("main")).toContainText(`by ${user.name}`);
  await page.goto("/sources");
  await expect(page.getByRole("listitem").filter({ hasText: "Nightly import" })).toContainText("paused");
  await page.goto(path);
  const run = page.getByRole("button", { name: "Run now" });
  await expect(run).toBeDisabled();
  await expect(run).toHaveAccessibleDescription("Paused: activate it to run.");
  await page.getByRole("button", { name: "Activate" }).click();
  await expect(run).toBeEnabled();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("active");
});

test("a second press of Pause in an outdated tab leaves the source paused", async ({
  page,
  context,
  user,
  sandbox,
}) => {
  const path = await seedSource(user, sandbox);
  const second = await context.newPage();
  await page.goto(path);
  await second.goto(path);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Activate" })).toBeVisible();
  await second.getByRole("button", { name: "Pause" }).click();
  await expect(second.getByRole("button", { name: "Activate" })).toBeVisible();
});

test("name, description and credential of a source can be changed", async ({ page, user, sandbox }) => {
  const path = await seedSource(user, sandbox);
  await seedCredential(user, { ...rightCredential(sandbox), name: "The other key" });
  await page.goto(path);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Hourly import");
  await page.getByLabel("Description").fill("Of everything");
  await page.getByLabel("Credential").selectOption({ label: `The other key · ${sandbox.url("/")}` });
  await save(page);
  await expect(page.getByRole("heading", { level: 1, name: "Hourly import" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("“Hourly import” is saved");
  await expect(page.getByRole("link", { name: "The other key" })).toBeVisible();
});

test("with two tabs that edit a source, the second is told, and its typed text stays", async ({
  page,
  context,
  user,
  sandbox,
}) => {
  const path = await seedSource(user, sandbox);
  const second = await context.newPage();
  await page.goto(`${path}/edit`);
  await second.goto(`${path}/edit`);
  await page.getByLabel("Name", { exact: true }).fill("First");
  await save(page);
  await expect(page.getByRole("heading", { level: 1, name: "First" })).toBeVisible();
  await second.getByLabel("Name", { exact: true }).fill("Second");
  await save(second);
  await expect(second.getByRole("main").getByRole("alert")).toContainText("Name nowFirst");
  await expect(second.getByLabel("Name", { exact: true })).toHaveValue("Second");
  await save(second);
  await expect(second.getByRole("heading", { level: 1, name: "Second" })).toBeVisible();
});

test("without script a source is paused, edited and deleted the same way", async ({
  browser,
  user,
  sandbox,
}) => {
  const path = await seedSource(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await page.goto(path);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Activate" })).toBeVisible();
  await page.goto(`${path}/edit`);
  await page.getByLabel("Name", { exact: true }).fill("");
  await save(page);
  await expect(page.getByText("It needs a name.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Renamed");
  await save(page);
  await page.getByRole("link", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "Delete “Renamed”?" })).toBeVisible();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("heading", { name: "No data sources yet" })).toBeVisible();
  await page.context().close();
});

test("a source's edit pages are a 404 in the other direction and for other users", async ({
  user,
  anotherUser,
  sandbox,
}) => {
  const path = await seedSource(user, sandbox);
  const other = await anotherUser();
  const [source, destination] = directions;
  for (const part of ["", "/edit", "/delete"]) {
    expect((await user.client.get(path + part)).status).toBe(200);
    expect((await other.client.get(path + part)).status).toBe(404);
    const turned = path.replace(source.path, destination.path);
    expect((await user.client.get(turned + part)).status).toBe(404);
  }
});

test("a source's page, its edit form and its deletion are accessible", async ({ page, user, sandbox }) => {
  test.slow();
  const path = await seedSource(user, sandbox);
  await page.goto(path);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Activate" })).toBeVisible();
  await expectAccessible(page, "a paused source");
  await page.goto(`${path}/edit`);
  await page.getByLabel("Name", { exact: true }).fill("");
  await save(page);
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expectAccessible(page, "edit with an error");
  await page.goto(`${path}/delete`);
  await expectAccessible(page, "delete");
});
