import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { tabTo } from "./keyboard";
import {
  addCredentialPath,
  authenticatePath,
  detailsPath,
  fieldLabels,
  fieldOf,
  fillIn,
  openOverlay,
  save,
  seedCredential,
  seedUnproven,
  tileOf,
  tilesOf,
} from "./page-objects";
import { rightCredential } from "./refusals";
import { sandboxAccounts, sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

const longName = "N".repeat(100);
const longDescription = "d".repeat(1000);

// Axe runs four times for each state of a page, which takes longer than a usual test.
test.beforeEach(() => test.slow());

/** Tiles of every status that Save can give, one of them with the longest unbroken texts. */
async function seedTiles(user: User, sandbox: Sandbox): Promise<string> {
  const { tam } = sandboxAccounts;
  const baseUrl = sandbox.url("/bitbucket");
  await seedCredential(user, { ...rightCredential(sandbox), name: "Verified" });
  await seedCredential(user, { name: "Restricted", baseUrl, username: tam.name, password: tam.password });
  await seedCredential(user, { name: "Nameless key", baseUrl, username: sandboxKeys.projectData.value });
  await seedUnproven(user, { ...rightCredential(sandbox), baseUrl: "https://bitbucket.invalid" });
  return seedCredential(user, {
    ...rightCredential(sandbox),
    name: longName,
    description: longDescription,
  });
}

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies();
}

test("sign-in and sign-up are accessible, with and without errors", async ({ page, user }) => {
  await signOut(page);
  await page.goto("/sign-in");
  await expectAccessible(page, "sign-in");
  await page.getByLabel("Email").fill(user.email);
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Email and password do not match")).toBeVisible();
  await expectAccessible(page, "sign-in with an error");
  await page.goto("/sign-up");
  await expectAccessible(page, "sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("Enter your name.");
  await expectAccessible(page, "sign-up with errors");
  await page.goto("/nothing/at/all");
  await expectAccessible(page, "not found, without an account");
});

test("the start page, the connectors, the empty Authenticate screen and the empty lists are accessible", async ({
  page,
}) => {
  for (const address of [
    "/",
    "/sources/new",
    "/destinations/new",
    authenticatePath,
    "/sources",
    "/destinations",
  ]) {
    await page.goto(address);
    await expectAccessible(page, address);
  }
  await page.goto("/sources/there-is-none");
  await expectAccessible(page, "not found");
});

test("the overlay is accessible: empty, with normalized and invalid fields, with a failed check", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  await expectAccessible(page, "overlay");
  await fieldOf(overlay, fieldLabels.baseUrl).fill(`${sandbox.url("/in-maintenance")}/`);
  await save(overlay);
  await expect(fieldOf(overlay, fieldLabels.name)).toBeFocused();
  await expectAccessible(page, "overlay with wrong fields");
  await fillIn(overlay, { ...rightCredential(sandbox), baseUrl: sandbox.url("/in-maintenance") });
  await save(overlay);
  await expect(overlay.getByRole("button", { name: "Save without checking" })).toBeVisible();
  await expectAccessible(page, "overlay with a failed check");
});

test("the overlay's page is accessible, with and without invalid fields", async ({ page }) => {
  await page.goto(addCredentialPath);
  await expectAccessible(page, "form page");
  await save(page);
  await expect(fieldOf(page, fieldLabels.name)).toBeFocused();
  await expectAccessible(page, "form page with wrong fields");
});

test("the Authenticate screen with tiles is accessible, also right after Save and with the longest texts", async ({
  page,
  user,
  sandbox,
}) => {
  const longest = await seedTiles(user, sandbox);
  await page.goto(`${authenticatePath}?credential=${longest}&saved=1`);
  await expect(tileOf(page, longName)).toBeChecked();
  await expectAccessible(page, "tiles with a saved notice");
  await page.goto(authenticatePath);
  await expect(tilesOf(page)).toHaveCount(5);
  await expectAccessible(page, "tiles");
});

test("the message after Save is shown once, announced once, and not repeated after a reload", async ({
  page,
  user,
  sandbox,
}) => {
  const credential = await seedCredential(user, { ...rightCredential(sandbox), name: "Fernwood" });
  await page.goto(`${authenticatePath}?credential=${credential}&saved=1`);
  const words = "“Fernwood” is saved and verified";
  await expect(page.getByRole("status")).toHaveText(words);
  await expect(page.getByText(words).and(page.locator(":not([role=status])"))).toHaveCount(1);
  await expect(page).toHaveURL(`${authenticatePath}?credential=${credential}`);
  await page.reload();
  await expect(tileOf(page, "Fernwood")).toBeChecked();
  await expect(page.getByText(words)).toHaveCount(0);
});

test("with forced colours, buttons and the current navigation link keep an outline", async ({
  page,
  user,
  sandbox,
}) => {
  const credential = await seedCredential(user, rightCredential(sandbox));
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`${authenticatePath}?credential=${credential}`);
  await expect(page.getByRole("button", { name: "Next" })).toHaveCSS("border-top-style", "solid");
  await expect(page.getByRole("link", { name: "Sources", exact: true })).toHaveCSS("outline-style", "solid");
  await expect(page.locator("label", { has: page.getByRole("radio") })).toHaveCSS("outline-style", "solid");
});

test("the tab's title names the overlay, and says “not found” for a missing page, also without script", async ({
  browser,
  page,
  user,
}) => {
  await openOverlay(page);
  await expect(page).toHaveTitle("Add New Credential · Latchkey");
  const absent = `/credentials/${crypto.randomUUID()}`;
  await page.goto(absent);
  await expect(page).toHaveTitle("Not found · Latchkey");
  const context = await browser.newContext({ baseURL: user.client.origin, javaScriptEnabled: false });
  await context.addCookies(user.client.cookies());
  const plain = await context.newPage();
  await plain.goto(absent);
  await expect(plain).toHaveTitle("Not found · Latchkey");
  await context.close();
});

test("the skip link looks like a button with padding", async ({ page }) => {
  await page.goto("/sources");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toHaveCSS("padding-left", "16px");
});

test("details, filled lists and an endpoint's page are accessible with the longest texts", async ({
  page,
  user,
  sandbox,
}) => {
  const longest = await seedTiles(user, sandbox);
  await page.goto(detailsPath(longest));
  await expectAccessible(page, "details");
  await page.getByRole("link", { name: "Details of the credential" }).click();
  await expect(page.getByRole("region", { name: "Latest check" })).toBeVisible();
  await expectAccessible(page, "a credential");
  await page.goBack();
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expectAccessible(page, "details with an error");
  await page.getByLabel("Name", { exact: true }).fill(longName);
  await page.getByLabel("Description").fill(longDescription);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: longName })).toBeVisible();
  await expectAccessible(page, "a source");
  await page.goto("/sources");
  await expect(page.getByRole("link", { name: longName, exact: true })).toBeVisible();
  await expectAccessible(page, "sources");
});

test("on a small screen the bar at the bottom covers no focused element", async ({ page, user, sandbox }) => {
  await seedTiles(user, sandbox);
  await page.setViewportSize({ width: 320, height: 500 });
  await page.goto(authenticatePath);
  await tabTo(page, tilesOf(page).first());
  for (let tile = 1; tile < 5; tile += 1) {
    await page.keyboard.press("ArrowDown");
    await expect(tilesOf(page).nth(tile)).toBeFocused();
    const label = tilesOf(page).nth(tile).locator("xpath=ancestor::label");
    const bar = page.getByRole("button", { name: "Next" }).locator("..");
    const [tileBox, barBox] = [await label.boundingBox(), await bar.boundingBox()];
    const covered = (tileBox?.y ?? 0) + (tileBox?.height ?? 0) - (barBox?.y ?? 0);
    expect(covered, "pixels of the chosen tile under the bar").toBeLessThanOrEqual(1);
  }
  await tabTo(page, page.getByRole("button", { name: "Next" }));
});
