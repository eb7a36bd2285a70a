import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { save, seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

async function seedFernwood(user: User, sandbox: Sandbox): Promise<string> {
  return `/credentials/${await seedCredential(user, rightCredential(sandbox))}`;
}

test("name and description are changed without the secret, and no server is asked", async ({
  page,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  const since = sandbox.journal().at(-1)?.n;
  await page.goto(path);
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.getByLabel("Credential Name")).toHaveValue("Fernwood");
  await page.getByLabel("Credential Name").fill("Renamed");
  await page.getByLabel("Credential Description").fill("One line\nand another");
  await save(page);
  await expect(page.getByRole("heading", { level: 1, name: "Renamed" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("“Renamed” is saved");
  await expect(page.getByRole("main")).toContainText("and another");
  await expect(page.getByRole("main")).toContainText("verified");
  expect(sandbox.journal({ since })).toEqual([]);
});

test("a duplicate name is refused at its field, and typed text is kept", async ({ page, user, sandbox }) => {
  const path = await seedFernwood(user, sandbox);
  await seedCredential(user, { ...rightCredential(sandbox), name: "Taken" });
  await page.goto(`${path}/edit`);
  await page.getByLabel("Credential Name").fill("TAKEN");
  await page.getByLabel("Credential Description").fill("Typed a moment ago");
  await save(page);
  await expect(page.getByLabel("Credential Name")).toHaveAccessibleDescription(/Choose another name/);
  await expect(page.getByLabel("Credential Name")).toBeFocused();
  await expect(page.getByLabel("Credential Description")).toHaveValue("Typed a moment ago");
});

test("55 with two tabs, the second is told what the first saved, and may overwrite it", async ({
  page,
  context,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  const second = await context.newPage();
  await page.goto(`${path}/edit`);
  await second.goto(`${path}/edit`);
  await page.getByLabel("Credential Name").fill("First");
  await save(page);
  await expect(page.getByRole("heading", { level: 1, name: "First" })).toBeVisible();

  await second.getByLabel("Credential Name").fill("Second");
  await save(second);
  const notice = second.getByRole("main").getByRole("alert");
  await expect(notice).toContainText("Another person saved a change");
  await expect(notice).toContainText("Name nowFirst");
  await expect(second.getByLabel("Credential Name")).toHaveValue("Second");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "First" })).toBeVisible();
  await save(second);
  await expect(second.getByRole("heading", { level: 1, name: "Second" })).toBeVisible();
});

test("without script, a refusal in between does not let the second tab overwrite unseen changes", async ({
  browser,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  const late = await openWithoutScript(browser, user);
  await late.goto(`${path}/edit`);
  const first = await openWithoutScript(browser, user);
  await first.goto(`${path}/edit`);
  await first.getByLabel("Credential Name").fill("First");
  await save(first);
  await expect(first.getByRole("heading", { level: 1, name: "First" })).toBeVisible();

  // The response contains the newest version, which this form's user has not read.
  await late.getByLabel("Credential Name").fill("");
  await save(late);
  await expect(late.getByText("A credential needs a name.")).toBeVisible();
  await late.getByLabel("Credential Name").fill("Late");
  await save(late);
  await expect(late.getByRole("main").getByRole("alert")).toContainText("Another person saved a change");
  await expect(late.getByLabel("Credential Name")).toHaveValue("Late");
  await save(late);
  await expect(late.getByRole("heading", { level: 1, name: "Late" })).toBeVisible();
  await late.context().close();
  await first.context().close();
});

test("a form keeps its typed text when the session ends, with and without script", async ({
  page,
  browser,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  const withoutScript = await openWithoutScript(browser, user);
  for (const form of [page, withoutScript]) {
    await form.goto(`${path}/edit`);
    await form.getByLabel("Credential Name").fill("Typed for a while");
    await form.context().clearCookies();
    await save(form);
    await expect(form.getByRole("main").getByRole("alert")).toContainText("Your session has ended");
    await expect(form.getByLabel("Credential Name")).toHaveValue("Typed for a while");
    expect(await form.content()).not.toContain(rightCredential(sandbox).password);
  }
  await withoutScript.context().close();
});
