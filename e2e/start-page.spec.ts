import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { authenticatePath, idOf, seedCredential, tileOf } from "./page-objects";
import { rightCredential } from "./refusals";
import { startSandboxOfTest } from "./sandbox-of-test";
import { mustDo } from "./server-actions";
import { longName, startToldPortal, type ToldPortal } from "./told-portal";

const folder = join("test-results", "screenshots");
const needsOf = (page: Page): Locator => page.getByRole("list", { name: "Needs you" }).getByRole("listitem");

let told: ToldPortal;
let stop: () => Promise<void>;
test.beforeAll(async () => {
  const sandbox = await startSandboxOfTest();
  told = await startToldPortal(sandbox);
  stop = async () => {
    await told.stop();
    await sandbox.close();
  };
});
test.afterAll(async () => stop());
test.describe.configure({ mode: "serial" });

async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const width of [1280, 360]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      // Colours animate between themes.
      await page.evaluate(() => document.getAnimations().map((animation) => animation.finish()));
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
}

test("what needs the user comes first and most urgent first, each with the one button that mends it", async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: told.portal.origin });
  await page.context().addCookies(told.user.client.cookies());
  await page.goto("/");
  const entries = needsOf(page);
  await expect(entries).toHaveText([
    /^Payments ledger.*rejected.*Replace secret/i,
    /^Archive.*locked.*Look at it/i,
    /^Release notes.*stopped.*Choose another credential/i,
    /^Web shop build states.*ended.*Replace secret/i,
    /^Commits.*paused by itself.*Activate/i,
    /^Review findings.*run failed.*Look at the run/i,
    /^Ledger.*ownership offered.*Answer/i,
    /^Weekly cost report.*ends in 12 days.*Replace secret/i,
    /^http.*certificate ends in 2\d days.*See its credentials/i,
    /^Build farm.*shared with you.*Look at it/i,
  ]);
  const runs = page.getByRole("list", { name: "Recent runs" }).getByRole("listitem");
  await expect(runs).toHaveCount(5);
  const ending = page.getByRole("region", { name: "Next 90 days" }).getByRole("listitem");
  await expect(ending).toHaveText([/Weekly cost report/, /http/, /Research cluster/, /Mirror/]);
  // What others shared with the user is not the user's own sharing.
  const steps = page.getByRole("region", { name: "First steps" }).getByRole("listitem");
  await expect(steps).toHaveText([/^Done: Add a credential/, /^Done/, /^Done/, /^Not done: Share/]);
  const menu = page.getByRole("navigation", { name: "Main" });
  const entry = (name: string) => menu.getByRole("link", { name, exact: true });
  await expect(entry("Credentials")).toHaveAccessibleDescription("4 need you");
  await expect(entry("Sources")).toHaveAccessibleDescription("3 need you");
  await expect(entry("Destinations")).toHaveAccessibleDescription("");
  await expect(page.getByRole("link", { name: "1 stopped source" })).toBeVisible();
  await expectAccessible(page, "start page");
  await shoot(page, "start-page");

  await page.getByRole("link", { name: "1 rejected" }).click();
  await expect(page.getByRole("table", { name: "Credentials" }).getByRole("row")).toHaveCount(2);
  await expectAccessible(page, "rejected credentials");
  await page.goto("/credentials");
  await shoot(page, "credentials");
  await page.goto(authenticatePath);
  await shoot(page, "authenticate");
  await page.context().close();
});

test("without JavaScript, filters answer, and a rejected credential is refused at its tile with the cure", async ({
  browser,
}) => {
  const page = await openWithoutScript(browser, told.user);
  for (const [status, name] of [
    ["ended", "Web shop build states"],
    ["ends-soon", "Weekly cost report"],
    ["locked", "Archive"],
  ] as const) {
    await page.goto("/credentials");
    await page.getByLabel("Status").selectOption(status);
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByRole("rowheader")).toHaveText([new RegExp(`^${name}`)]);
  }
  await page.goto("/");
  await page.getByRole("link", { name: "2 failed sources" }).click();
  await expect(page.getByText("Only those whose latest run failed")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Nightly import" })).toHaveCount(0);
  await page.goto("/destinations?show=failed");
  await expect(page.getByText("There is none whose latest run failed")).toBeVisible();

  await page.goto(authenticatePath);
  const names = await page.locator(".tile-name").allTextContents();
  expect(names.slice(-3).sort()).toEqual(["Archive", longName, "Web shop build states"]);
  const cure = page.getByText("The server refused it. Replace its secret, or choose another one.");
  await expect(cure).toBeHidden();
  await tileOf(page, longName).check();
  await expect(cure).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page).toHaveURL(/refused=1/);
  await expect(tileOf(page, longName)).toBeChecked();
  await expect(tileOf(page, longName)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert")).toContainText("Replace its secret");
  const seen = await browser.newPage({ baseURL: told.portal.origin });
  await seen.context().addCookies(told.user.client.cookies());
  await seen.goto(page.url());
  await expect(tileOf(seen, longName)).toBeFocused();
  await expectAccessible(seen, "a refused tile");
  await shoot(seen, "refused-tile");
  for (const one of [page, seen]) await one.context().close();
});

test("what is shared is opened by its button, which takes the entry off", async ({ browser }) => {
  const page = await browser.newPage({ baseURL: told.portal.origin });
  await page.context().addCookies(told.user.client.cookies());
  await page.goto("/");
  const shared = needsOf(page).filter({ hasText: "Build farm" });
  await shared.getByRole("button", { name: "Look at it “Build farm”", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Build farm" })).toBeVisible();
  await page.goBack();
  await expect(needsOf(page).filter({ hasText: "Payments ledger" })).toHaveCount(1);
  await expect(shared).toHaveCount(0);
  await page.context().close();
});

test("a share that was opened elsewhere stays until Got it takes it off, and the focus stays there", async ({
  page,
  user,
  anotherUser,
  administrator,
  sandbox,
}) => {
  const giver = await anotherUser();
  const id = await seedCredential(giver, rightCredential(sandbox));
  await mustDo(giver, "shareAction", {
    ...{ kind: "credential", id, grantee: `person:${await idOf(administrator, user)}`, role: "collaborator" },
  });
  await page.goto(`/credentials/${id}`);
  await page.goto("/");
  await expect(needsOf(page)).toHaveCount(1);
  await page.getByRole("button", { name: /^Got it “/ }).press("Enter");
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
  await expect(page.locator(":focus")).toContainText("Nothing needs you.");
  await page.reload();
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
});

test("without JavaScript, Activate starts a schedule that had paused itself", async ({ browser }) => {
  const page = await openWithoutScript(browser, told.user);
  await page.goto("/");
  await needsOf(page)
    .filter({ hasText: "Commits" })
    .getByRole("button", { name: /^Activate/ })
    .click();
  await page.goto("/");
  await expect(needsOf(page).filter({ hasText: "Commits" })).toHaveText(/run failed.*Look at the run/i);
  await page.context().close();
});

test("a new user is told the first steps, and that nothing needs them", async ({ page }) => {
  await page.goto("/");
  const steps = page.getByRole("region", { name: "First steps" }).getByRole("listitem");
  await expect(steps).toHaveText([/^Not done: Add a credential/, /data source/, /Run it/, /Share/]);
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
  await expect(page.getByText("No API key and no certificate is known to end.")).toBeVisible();
  await expect(page.getByText("No run yet.")).toBeVisible();
  await expectAccessible(page, "start page of a new user");
  await shoot(page, "start-page-new");
});
