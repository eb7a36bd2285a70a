import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { seedUnproven, settled } from "./page-objects";
import type { User } from "./seeded-accounts";

const authenticate = "/sources/new/bitbucket-server";
const tiles = (page: Page) => page.getByRole("radiogroup", { name: "Credentials" }).getByRole("radio");

/** Credentials named “Team 01 builds” and so on, at a server that does not answer. */
async function seedMany(user: User, count: number) {
  for (let n = 1; n <= count; n += 1) {
    await seedUnproven(user, {
      name: `Team ${String(n).padStart(2, "0")} builds`,
      description: `Reads what team ${n} builds`,
      baseUrl: "https://searched.invalid",
      username: "jcitizen",
      password: "correct horse",
    });
  }
}

test("from the Authenticate screen with 53 credentials, six keys lead to a named tile", async ({
  page,
  user,
}) => {
  await seedMany(user, 53);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(authenticate);
  await expect(tiles(page)).toHaveCount(48);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeLessThanOrEqual(2600);

  await settled(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search" })).toBeFocused();
  for (const key of ["0", "7", " "]) await page.keyboard.press(key);
  await expect(tiles(page)).toHaveCount(1);
  await expect(page.getByRole("status").filter({ hasText: "1 credential" })).toBeVisible();
  await page.keyboard.press("Enter");
  const named = page.getByRole("radio", { name: "Team 07 builds" });
  await expect(named).toBeFocused();
  await expect(named).toBeChecked();
  await expectAccessible(page, "the search above the tiles");

  // The address says what is shown, and the field follows it.
  await expect(page).toHaveURL(/[?&]q=07$/);
  await page.getByRole("searchbox", { name: "Search" }).fill("nowhere");
  await expect(page.getByText("None of your credentials matches.")).toBeVisible();
  await page.goto(`${authenticate}?q=Team+53`);
  await expect(tiles(page)).toHaveCount(1);
  await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue("Team 53");
});

test("without script the search is a form with a button, and an address", async ({ browser, user }) => {
  await seedMany(user, 3);
  const page = await openWithoutScript(browser, user);
  await page.goto(authenticate);
  await page.getByRole("searchbox", { name: "Search" }).fill("team 02");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole("link", { name: "Search", exact: true }).click();
  await page.getByRole("searchbox", { name: "Search" }).fill("team 03");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("main").getByRole("link", { name: "Team 03 builds" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Team 03 builds" })).toBeVisible();
});

test("lists filter while typing, and an API key never gets into an address", async ({ page, user }) => {
  await seedMany(user, 3);
  await page.goto("/credentials");
  const field = page.getByRole("searchbox", { name: "Search" });
  await field.pressSequentially("team 03");
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await expect(page).toHaveURL(/q=team\+03/);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page.getByRole("rowheader")).toHaveCount(3);
  await expect(field).toHaveValue("");

  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  const key = `BBDC-${"aB3x".repeat(11)}`;
  await field.fill(key);
  await expect.poll(() => field.evaluate((input: HTMLInputElement) => input.validity.customError)).toBe(true);
  // A program that fills fields in may send the form before any field was used.
  await page.reload({ waitUntil: "networkidle" });
  await field.evaluate((input: HTMLInputElement, pasted) => {
    input.value = pasted;
    input.form?.requestSubmit();
  }, key);
  await expect.poll(() => field.evaluate((input: HTMLInputElement) => input.validity.customError)).toBe(true);
  expect(requested.filter((url) => url.includes("aB3x"))).toEqual([]);
  await expect(page).not.toHaveURL(/aB3x/);
});

test("Ctrl K finds credentials, pages and actions, by keyboard, and is accessible", async ({
  page,
  user,
}) => {
  await seedMany(user, 2);
  await page.goto("/teams");
  await settled(page);
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Search everything" });
  const field = dialog.getByRole("combobox", { name: "Search" });
  await expect(field).toBeFocused();
  await field.pressSequentially("team 02");
  const option = dialog.getByRole("option", { name: /Team 02 builds/ });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(dialog.getByRole("status")).toHaveText("1 match");
  await expectAccessible(page, "the search over everything");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Team 02 builds" })).toBeVisible();
  await expect(dialog).toBeHidden();

  await page.getByRole("link", { name: "Search", exact: true }).click();
  await field.pressSequentially("new des");
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/destinations/new");

  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("“?” lists the keys and switches the single ones off", async ({ page }) => {
  await page.goto("/teams");
  await settled(page);
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await dialog.getByRole("checkbox").uncheck();
  await expectAccessible(page, "the list of keys");
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search everything" })).toBeVisible();
  await expect(dialog).toBeHidden();
});
