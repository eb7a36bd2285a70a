import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, signUpSomebody, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { addCredentialPath, fieldLabels, fieldOf, fillIn, save, seedCredential } from "./page-objects";
import { type Portal, startPortal } from "./portal";
import { makePortalHome, type PortalHome } from "./portal-home";
import { rightCredential } from "./refusals";
import { sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

// One worker takes all tests of this file, so that their portal starts once.
test.describe.configure({ mode: "default" });

// A portal of its own: a policy for all servers concerns every user. Its first account is its administrator.
let home: PortalHome;
let portal: Portal;
let administrator: User;
test.beforeAll(async () => {
  home = await makePortalHome();
  portal = await startPortal(home.settings);
  administrator = await signUpSomebody(portal.origin);
});
test.afterAll(async () => {
  await portal.stop();
  await home.remove();
});

async function openAs(browser: Browser, user: User, withScript: boolean): Promise<Page> {
  if (!withScript) return openWithoutScript(browser, user);
  const context = await browser.newContext({ baseURL: portal.origin });
  await context.addCookies(user.client.cookies());
  return context.newPage();
}

const flash = (page: Page) => page.getByRole("main");
const breaches = (page: Page) => page.getByText(/not follow this policy/);
const username = (page: Page) => fieldOf(page, fieldLabels.username);
/** The Bitbucket of the sandbox that tells a key when it ends. */
const telling = (sandbox: Sandbox) => sandbox.url("/bitbucket");

async function setPolicy(
  page: Page,
  rules: { passwords: string; keys: string; days: string },
  press = "Save policy",
): Promise<void> {
  await page.getByLabel("Passwords").selectOption(rules.passwords);
  await page.getByLabel("API keys must end").selectOption(rules.keys);
  await page.getByLabel("Longest life of an API key, in days").fill(rules.days);
  await page.getByRole("button", { name: press }).click();
}

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`a policy for one server refuses passwords and long keys there, and is taken away again, ${how} script`, async ({
    browser,
    sandbox,
  }) => {
    test.setTimeout(90_000);
    const member = await signUpSomebody(portal.origin);
    const right = { ...rightCredential(sandbox), baseUrl: telling(sandbox) };
    const stored = await seedCredential(member, { ...right, name: "From before" });

    const page = await openAs(browser, administrator, withScript);
    await page.goto("/admin/servers");
    await page.getByRole("link", { name: "Policy for sign-ins" }).click();
    await page.getByLabel("Base URL of a server").fill(` ${right.baseUrl}/projects/DATA `);
    await page.getByRole("button", { name: "Open its policy" }).click();
    await expect(page.getByRole("region", { name: right.baseUrl })).toContainText("all servers holds here");
    await setPolicy(page, { passwords: "Refuse", keys: "No", days: "90" });
    await expect(page.getByLabel("Longest life")).toHaveAccessibleDescription(/Choose Warn or Refuse above/);
    await expect(page.getByLabel("Longest life")).toHaveValue("90");
    await setPolicy(page, { passwords: "Refuse", keys: "Yes: refuse", days: "90" });
    await expect(flash(page)).toContainText("The policy counts from the next Save on.");
    await expect(breaches(page)).toContainText("1 stored credential does not follow");

    const typing = await openAs(browser, member, withScript);
    const since = sandbox.journal().at(-1)?.n;
    await typing.goto(addCredentialPath);
    for (const press of ["Save", "Check only"]) {
      await fillIn(typing, { ...right, name: "A password" });
      await typing.getByRole("button", { name: press, exact: true }).click();
      await expect(username(typing)).toHaveAccessibleDescription(
        /Your portal takes API keys only for this server\. Make one in Bitbucket/,
      );
    }
    expect(sandbox.journal({ since })).toEqual([]);
    const key = { ...right, name: "A key", password: "" };
    await fillIn(typing, { ...key, username: sandboxKeys.janeWrite.value });
    await save(typing);
    await expect(username(typing)).toHaveAccessibleDescription(/API keys of at most 90 days for this server/);
    await fillIn(typing, { ...key, username: sandboxKeys.janeRead.value });
    await save(typing);
    await expect(typing.getByRole("main")).toContainText("“A key” is saved and verified");
    await expect(typing.getByRole("main")).not.toContainText("policy");
    await typing.goto(`/credentials/${stored}`);
    const warnings = typing.getByRole("list", { name: "Warnings" });
    await expect(warnings).toContainText("policy asks for an API key instead of a password");
    await typing.goto(`/credentials/${stored}/replace-secret`);
    await fieldOf(typing, fieldLabels.username).fill(right.username);
    await fieldOf(typing, fieldLabels.password).fill(right.password);
    await save(typing);
    await expect(username(typing)).toHaveAccessibleDescription(/takes API keys only for this server/);

    await page.goto("/admin/servers/policy");
    await page.getByRole("link", { name: right.baseUrl }).click();
    // What stands in a field does not matter to that.
    await page.getByLabel("Longest life of an API key, in days").fill("a long time");
    await page.getByRole("button", { name: "Use the policy for all servers" }).click();
    await expect(flash(page)).toContainText("The policy for all servers holds for this server again.");
    await expect(breaches(page)).toHaveCount(0);
    await typing.goto(`/credentials/${stored}`);
    await expect(typing.getByRole("heading", { level: 1 })).toHaveText("From before");
    await expect(typing.getByRole("main")).not.toContainText("policy asks");
    await typing.context().close();
    await page.context().close();
  });

  test(`a policy for all servers that warns lets everything pass, and the answer says so, ${how} script`, async ({
    browser,
    sandbox,
  }) => {
    const member = await signUpSomebody(portal.origin);
    const page = await openAs(browser, administrator, withScript);
    await page.goto("/admin/servers/policy");
    await setPolicy(page, { passwords: "Warn", keys: "Yes: warn", days: "" });
    await expect(flash(page)).toContainText("The policy counts from the next Save on.");

    const typing = await openAs(browser, member, withScript);
    await typing.goto(addCredentialPath);
    await fillIn(typing, { ...rightCredential(sandbox), name: "A password" });
    await save(typing);
    await expect(typing.getByRole("main")).toContainText("policy asks for an API key instead of a password");
    await typing.goto(addCredentialPath);
    const key = { name: "A key", username: sandboxKeys.janeWrite.value, password: "" };
    await fillIn(typing, { ...rightCredential(sandbox), ...key });
    await typing.getByRole("button", { name: "Check only" }).click();
    await expect(typing.getByText("It works. Nothing is saved yet.")).toBeVisible();
    await expect(typing.getByText("The portal cannot see when this API key ends")).toBeVisible();
    await fillIn(typing, { ...rightCredential(sandbox), ...key });
    await save(typing);
    await expect(typing.getByRole("main")).toContainText("“A key” is saved and verified");
    await expect(typing.getByRole("main")).toContainText("The portal cannot see when this API key ends");
    await typing.goto("/credentials");
    await typing.getByRole("link", { name: "A key", exact: true }).click();
    await expect(typing.getByRole("list", { name: "Warnings" })).toContainText(
      "cannot see when this API key ends",
    );
    await typing.getByLabel("Last day of the API key").fill("2199-01-31");
    await typing.getByRole("button", { name: "Save day" }).click();
    await expect(typing.getByRole("list", { name: "Warnings" })).not.toContainText("API key ends");

    await page.goto("/admin/audit");
    await expect(page.getByRole("main")).toContainText(
      "For all servers: passwords warned of; API keys without a known end warned of.",
    );
    await page.goto("/admin/servers/policy");
    await setPolicy(page, { passwords: "Allow", keys: "No", days: "" });
    await expect(flash(page)).toContainText("The policy counts from the next Save on.");
    await typing.context().close();
    await page.context().close();
  });
}

test("a password saved without checking is warned of as well", async ({ browser, sandbox }) => {
  const member = await signUpSomebody(portal.origin);
  const page = await openAs(browser, administrator, true);
  await page.goto(`/admin/servers/policy?${new URLSearchParams({ server: sandbox.url("/in-maintenance") })}`);
  await setPolicy(page, { passwords: "Warn", keys: "No", days: "" });
  await expect(flash(page)).toContainText("The policy counts from the next Save on.");
  const typing = await openAs(browser, member, true);
  await typing.goto(addCredentialPath);
  await fillIn(typing, { ...rightCredential(sandbox), baseUrl: sandbox.url("/in-maintenance") });
  await save(typing);
  await typing.getByRole("button", { name: "Save without checking" }).click();
  await expect(typing.getByRole("main")).toContainText("is saved without a check");
  await expect(typing.getByRole("main")).toContainText("policy asks for an API key instead of a password");
  await typing.context().close();
  await page.context().close();
});

test("the policy pages are accessible, and users who are no administrators find none", async ({
  browser,
  sandbox,
}) => {
  test.setTimeout(90_000);
  const member = await signUpSomebody(portal.origin);
  await seedCredential(member, rightCredential(sandbox));
  const page = await openAs(browser, administrator, true);
  const own = `/admin/servers/policy?${new URLSearchParams({ server: rightCredential(sandbox).baseUrl })}`;
  await page.goto(own);
  await setPolicy(page, { passwords: "Refuse", keys: "Yes: warn", days: "365" });
  await expect(flash(page)).toContainText("The policy counts from the next Save on.");
  await expectAccessible(page, "a server's policy");
  await page.goto("/admin/servers/policy?server=no+address");
  await expectAccessible(page, "the policy for all servers");
  await page.goto("/admin/servers");
  await expectAccessible(page, "the servers");
  await page.context().close();

  const typing = await openAs(browser, member, true);
  expect((await typing.goto(own))?.status()).toBe(404);
  await typing.context().close();
});
