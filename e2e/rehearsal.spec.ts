import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { tabTo, typeInto } from "./keyboard";
import { openWithoutScript } from "./no-script";
import { fieldLabels, fieldOf, save, seedCredential } from "./page-objects";
import { sandboxAccounts } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

const { jane, ana } = sandboxAccounts;

function signInOf({ name, password }: typeof jane, sandbox: Sandbox, called: string) {
  return { name: called, description: "", baseUrl: sandbox.url("/"), username: name, password };
}

/** A source of the commits of repositories of the sandbox; returns its id. */
async function seedSource({ client }: User, credentialId: string, name: string, repositories: string[]) {
  const address = new URLSearchParams({ credential: credentialId, stream: "commits", scope: "repositories" });
  repositories.forEach((one, at) => {
    address.append("repository", `${at + 1}/${one}/${one}`);
  });
  const path = `/sources/new/bitbucket-server/details?${address}`;
  const answer = await client.submit(path, { name, description: "", credentialId });
  const id = /sources\/([0-9a-f-]{36})/.exec(answer.headers.get("location") ?? "")?.[1];
  if (!id) throw new Error(`saving ${name} answered ${answer.status}`);
  return id;
}

/** A credential of Ana's, who may read everything, with a source that Jane may read and one that she may not. */
async function seed(user: User, sandbox: Sandbox) {
  const credentialId = await seedCredential(user, signInOf(ana, sandbox, "Fernwood"));
  await seedSource(user, credentialId, "Shop", ["SHOP/storefront", "SHOP/checkout"]);
  const vault = await seedSource(user, credentialId, "Vault and ledger", ["PAY/ledger", "PAY/card-vault"]);
  return { credentialId, vault, form: `/credentials/${credentialId}/replace-secret` };
}

const region = (page: Page) => page.getByRole("region", { name: "Rehearsal" });
const anyway = (page: Page) => page.getByRole("button", { name: "Replace anyway" });

async function typeJane(page: Page): Promise<void> {
  await fieldOf(page, fieldLabels.username).fill(jane.name);
  await fieldOf(page, fieldLabels.password).fill(jane.password);
}

test("a secret with which something will break is replaced after the confirmation, and nothing before", async ({
  page,
  user,
  sandbox,
}) => {
  const { credentialId, vault, form } = await seed(user, sandbox);
  await page.goto(form);
  await typeJane(page);
  const since = sandbox.journal().at(-1)?.n ?? 0;
  await save(page);
  await expect(region(page)).toContainText("Not replaced yet: 1 fine, 1 will break");
  await expect(region(page).getByRole("alert")).toBeFocused();
  const item = region(page).getByRole("listitem");
  await expect(item).toHaveCount(1);
  await expect(item).toContainText("Will break: no right on PAY/card-vault");
  await expect(item.getByRole("link", { name: /Vault and ledger/ })).toHaveAttribute(
    "href",
    `/sources/${vault}`,
  );
  const sent = sandbox.journal({ since });
  expect(sent.every(({ method }) => method === "GET")).toBe(true);
  expect(await page.content()).not.toContain(jane.password);
  await expectAccessible(page, "a rehearsal");
  await page.setViewportSize({ width: 1280, height: 900 });

  const before = await user.client.get(`/credentials/${credentialId}`);
  expect(await before.text()).toContain(ana.displayName);
  await anyway(page).click();
  await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved and verified");
  await expect(page.getByRole("main")).toContainText(jane.displayName);
  await expect(page.getByText("were tried and will go on")).toHaveCount(0);
});

test("by keyboard: another secret is tried anew, and one with which all goes on is stored at once", async ({
  page,
  user,
  sandbox,
}) => {
  const { form } = await seed(user, sandbox);
  await page.goto(form);
  await fieldOf(page, fieldLabels.username).fill("");
  await typeInto(page, fieldOf(page, fieldLabels.username), jane.name);
  await typeInto(page, fieldOf(page, fieldLabels.password), jane.password);
  await page.keyboard.press("Enter");
  await expect(region(page)).toBeVisible();
  await fieldOf(page, fieldLabels.username).fill(ana.name);
  await fieldOf(page, fieldLabels.password).fill(ana.password);
  await expect(region(page)).toHaveCount(0);
  await expect(anyway(page)).toHaveCount(0);
  await tabTo(page, page.getByRole("button", { name: "Save", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText(
    "All 2 sources and destinations that use it were tried and will go on.",
  );
});

test("without script: the secret is typed again for the confirmation", async ({ browser, user, sandbox }) => {
  const { form } = await seed(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await page.goto(form);
  await typeJane(page);
  await save(page);
  await expect(region(page)).toContainText("1 fine, 1 will break");
  // Locators leave out what stands in noscript.
  expect(await page.content()).toContain("Type the password or key again first.");
  await fieldOf(page, fieldLabels.password).fill(jane.password);
  await anyway(page).click();
  await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved and verified");
  await page.context().close();
});

test("another credential for a source is tried before it is saved, with script and without", async ({
  page,
  browser,
  user,
  sandbox,
}) => {
  const { vault } = await seed(user, sandbox);
  const janes = await seedCredential(user, signInOf(jane, sandbox, "Janes"));
  const plain = await openWithoutScript(browser, user);
  for (const one of [page, plain]) {
    await one.goto(`/sources/${vault}/edit`);
    await one.getByLabel("Credential").selectOption(janes);
    await save(one);
    await expect(region(one)).toContainText("Not saved yet: 0 fine, 1 will break");
    await expect(region(one)).toContainText("no right on PAY/card-vault");
    await expect(one.getByLabel("Credential")).toHaveValue(janes);
  }
  await expectAccessible(page, "a rehearsal of an edit");
  await page.getByLabel("Credential").selectOption("");
  await expect(region(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Save anyway" })).toHaveCount(0);
  await plain.getByRole("button", { name: "Save anyway" }).click();
  await expect(plain.getByRole("main")).toContainText("“Vault and ledger” is saved");
  await expect(plain.getByRole("main")).toContainText("Janes");
  await plain.context().close();
});

test("a source that goes on with another credential says so", async ({ page, user, sandbox }) => {
  const credentialId = await seedCredential(user, signInOf(ana, sandbox, "Fernwood"));
  const janes = await seedCredential(user, signInOf(jane, sandbox, "Janes"));
  const shop = await seedSource(user, credentialId, "Shop", ["SHOP/storefront"]);
  await page.goto(`/sources/${shop}/edit`);
  await page.getByLabel("Credential").selectOption(janes);
  await save(page);
  await expect(page.getByRole("main")).toContainText("It was tried with its new credential and will go on.");
});
