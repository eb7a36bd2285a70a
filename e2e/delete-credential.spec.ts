import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { seedCredential, seedEndpoint, tileNames } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

async function seedFernwood(user: User, sandbox: Sandbox): Promise<string> {
  return seedCredential(user, rightCredential(sandbox));
}

async function seedSource(user: User, credential: string, name: string): Promise<void> {
  await seedEndpoint(user, credential, { name });
}

test("the page lists what a deletion removes; afterwards the credential's address is a 404", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedFernwood(user, sandbox);
  await page.goto(`/credentials/${id}`);
  await page.getByRole("link", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "Delete “Fernwood”?" })).toBeVisible();
  await page.getByRole("link", { name: "Keep it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Fernwood" })).toBeVisible();
  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("main")).toContainText("The credential is deleted");
  await expect(page.getByRole("heading", { name: "No credentials yet" })).toBeVisible();
  expect(await tileNames(user)).toEqual([]);
  for (const part of ["", "/edit", "/replace-secret", "/delete"]) {
    expect((await page.goto(`/credentials/${id}${part}`))?.status()).toBe(404);
  }
});

test("a credential in use cannot be deleted, and its uses are listed before any press", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedFernwood(user, sandbox);
  await seedSource(user, id, "Nightly import");
  await page.goto(`/credentials/${id}/delete`);
  await expect(page.getByRole("main")).toContainText("It is in use, so it cannot be deleted");
  await expect(page.getByRole("button", { name: "Delete for good" })).toHaveCount(0);
  await page.getByRole("link", { name: "Nightly import" }).click();
  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("main")).toContainText("The data source is deleted");
  await page.goto(`/credentials/${id}/delete`);
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("main")).toContainText("The credential is deleted");
});

test("a use added while the user reads the page prevents the deletion and is named in the answer", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedFernwood(user, sandbox);
  await page.goto(`/credentials/${id}/delete`);
  await seedSource(user, id, "Came meanwhile");
  await page.getByRole("button", { name: "Delete for good" }).click();
  const notice = page.getByRole("main").getByRole("alert");
  await expect(notice).toContainText("It is in use, so it was not deleted.");
  await expect(notice.getByRole("link", { name: "Came meanwhile" })).toBeVisible();
  expect(await tileNames(user)).toEqual(["Fernwood"]);
});

test("without script a credential is deleted the same way", async ({ browser, user, sandbox }) => {
  const id = await seedFernwood(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await page.goto(`/credentials/${id}/delete`);
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("main")).toContainText("The credential is deleted");
  await page.context().close();
});
