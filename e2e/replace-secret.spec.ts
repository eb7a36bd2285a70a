import type { Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { fieldLabels, fieldOf, save, seedCredential, tokenIn } from "./page-objects";
import { rightCredential } from "./refusals";
import { sandboxAccounts, sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

const { zoe } = sandboxAccounts;

async function seedFernwood(user: User, sandbox: Sandbox): Promise<string> {
  return `/credentials/${await seedCredential(user, rightCredential(sandbox))}`;
}

/** The requests to the sandbox since then. */
function askedSince(sandbox: Sandbox) {
  const since = sandbox.journal().at(-1)?.n;
  return () => sandbox.journal({ since });
}

async function expectAccount(page: Page, path: string, account: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("main")).toContainText(account);
}

test("a secret of another account replaces the first: checked, stored, and reported", async ({
  page,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  await page.goto(path);
  await page.getByRole("link", { name: "Replace secret" }).click();
  await expect(fieldOf(page, fieldLabels.baseUrl)).toHaveValue(rightCredential(sandbox).baseUrl);
  await fieldOf(page, fieldLabels.username).fill(zoe.name);
  await fieldOf(page, fieldLabels.password).fill(zoe.password);
  await save(page);
  await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved and verified");
  await expect(page.getByRole("main")).toContainText(zoe.name);
  expect(await page.content()).not.toContain(zoe.password);
});

test("a secret that may do less than the one before is said to", async ({ page, user, sandbox }) => {
  const path = await seedFernwood(user, sandbox);
  const replaceBy = async (key: string) => {
    await page.goto(`${path}/replace-secret`);
    await fieldOf(page, fieldLabels.username).fill(key);
    await save(page);
    await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved and verified");
  };
  const fewer = page.getByText("The new secret has fewer rights than the one before");
  await replaceBy(sandboxKeys.janeWrite.value);
  await replaceBy(sandboxKeys.janeRead.value);
  await expect(fewer).toBeVisible();
  await expect(page.getByText(/Before: read 9, write 6.* Now: read 9, write none/)).toBeVisible();
  await replaceBy(sandboxKeys.janeWrite.value);
  await expect(fewer).toHaveCount(0);
});

test("a refused secret is not stored, and the old one stays", async ({ page, user, sandbox }) => {
  const path = await seedFernwood(user, sandbox);
  await page.goto(`${path}/replace-secret`);
  await fieldOf(page, fieldLabels.password).fill("not Jane's password");
  await save(page);
  await expect(fieldOf(page, fieldLabels.password)).toHaveAccessibleDescription(
    /User name or password is not right/,
  );
  await page.goto(path);
  await expect(page.getByRole("main")).toContainText("verified");
  await expect(page.getByRole("main")).toContainText("Jane Citizen");
});

test("a new address requires the secret again, and receives nothing without it", async ({
  page,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  const requested = askedSince(sandbox);
  await page.goto(`${path}/replace-secret`);
  await fieldOf(page, fieldLabels.baseUrl).fill(sandbox.url("/bitbucket"));
  await save(page);
  await expect(fieldOf(page, fieldLabels.password)).toHaveAccessibleDescription(/Enter the password/);
  expect(requested()).toEqual([]);
  await fieldOf(page, fieldLabels.password).fill(rightCredential(sandbox).password);
  await save(page);
  await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved and verified");
  await expect(page.getByRole("main")).toContainText(sandbox.url("/bitbucket"));
});

test("a server that cannot be asked: saved without checking, unproven, and without a sign-in", async ({
  page,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  sandbox.set("/", { state: "MAINTENANCE" });
  await page.goto(`${path}/replace-secret`);
  await fieldOf(page, fieldLabels.password).fill(rightCredential(sandbox).password);
  await save(page);
  const unchecked = page.getByRole("button", { name: "Save without checking" });
  await expect(unchecked).toBeVisible();
  const requested = askedSince(sandbox);
  await unchecked.click();
  await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved without a check");
  await expect(page.getByRole("main")).toContainText("unproven");
  expect(requested()).toEqual([]);
});

test("with two tabs, the second is told that the secret was replaced, and its own secret is not sent", async ({
  page,
  context,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  const second = await context.newPage();
  await page.goto(`${path}/replace-secret`);
  await second.goto(`${path}/replace-secret`);
  await fieldOf(page, fieldLabels.username).fill(zoe.name);
  await fieldOf(page, fieldLabels.password).fill(zoe.password);
  await save(page);
  await expect(page.getByRole("main")).toContainText("The new secret of");
  const requested = askedSince(sandbox);
  await fieldOf(second, fieldLabels.password).fill(rightCredential(sandbox).password);
  await save(second);
  await expect(second.getByRole("main").getByRole("alert")).toContainText("The secret was replaced since");
  expect(requested()).toEqual([]);
  await expectAccount(second, path, zoe.name);
});

test("without script it works the same, and no response contains the typed secret", async ({
  browser,
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await page.goto(`${path}/replace-secret`);
  await fieldOf(page, fieldLabels.password).fill("canary-wrong-password");
  await save(page);
  await expect(page.getByText("User name or password is not right").first()).toBeVisible();
  expect(await page.content()).not.toContain("canary-wrong-password");
  await fieldOf(page, fieldLabels.password).fill(rightCredential(sandbox).password);
  await save(page);
  await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved and verified");
  await page.context().close();
});

test("a token for saving without a check is void for another secret or another server", async ({
  user,
  sandbox,
}) => {
  const path = await seedFernwood(user, sandbox);
  const { baseUrl, username, password } = rightCredential(sandbox);
  sandbox.set("/", { state: "MAINTENANCE" });
  const form = `${path}/replace-secret`;
  const answer = await user.client.submit(form, { baseUrl, username, password });
  const token = tokenIn(await answer.text()) ?? "";
  expect(token).not.toBe("");
  const requested = askedSince(sandbox);
  for (const changed of [{ password: "another" }, { baseUrl: sandbox.url("/bitbucket") }]) {
    const fields = { baseUrl, username, password, ...changed };
    const refusal = await user.client.submit(form, fields, ["uncheckedToken", token]);
    expect(await refusal.text()).toContain("Something has changed since the last check");
  }
  expect(requested()).toEqual([]);
});
