import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { seedCredential } from "./page-objects";
import { sandboxKeys } from "./sandbox/accounts";

const { janeRead, janeWrite } = sandboxKeys;

test("a copy starts with everything but the secret, and the first credential stays as it is", async ({
  page,
  user,
  sandbox,
}) => {
  test.slow();
  const id = await seedCredential(user, {
    name: "Nightly import",
    baseUrl: sandbox.url("/"),
    username: janeRead.value,
  });
  await page.goto(`/credentials/${id}`);
  await page.getByRole("link", { name: "Copy", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Add New Credential" })).toBeVisible();
  await expect(page.getByLabel("Credential Name")).toHaveValue("Nightly import (copy)");
  await expect(page.getByLabel("Base URL for Bitbucket Server")).toHaveValue(sandbox.url("/"));
  await expect(page.getByLabel("Username Or API Key")).toHaveValue("");
  expect(await page.content()).not.toContain(janeRead.value);
  await expectAccessible(page, "a copy of a credential");

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Enter a user name or an API key.")).toBeVisible();
  await page.getByLabel("Username Or API Key").fill(janeWrite.value);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Nightly import (copy)" })).toBeVisible();
  await page.goto("/credentials");
  await expect(page.getByRole("rowheader")).toHaveText([/^Nightly import \(copy\)/, /^Nightly import/]);
});

test("without script a copy is filled in too, keeps what was typed, and is nothing to those who do not see the first", async ({
  browser,
  user,
  anotherUser,
  sandbox,
}) => {
  const id = await seedCredential(user, {
    name: "Ledger",
    baseUrl: sandbox.url("/"),
    username: janeRead.value,
  });
  const page = await openWithoutScript(browser, user);
  await page.goto(`/credentials/new?copy=${id}`);
  await page.getByLabel("Credential Name").fill("Ledger, for writing");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Enter a user name or an API key.")).toBeVisible();
  await expect(page.getByLabel("Credential Name")).toHaveValue("Ledger, for writing");
  await expect(page.getByText("A copy of Ledger, without its secret and tags")).toBeVisible();
  await page.context().close();

  const other = await openWithoutScript(browser, await anotherUser());
  await other.goto(`/credentials/new?copy=${id}`);
  await expect(other.getByLabel("Credential Name")).toHaveValue("");
  expect(await other.content()).not.toContain("Ledger");
  await other.context().close();
});
