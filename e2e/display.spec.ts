import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { seedUnproven } from "./page-objects";
import type { User } from "./seeded-accounts";

const schemeOf = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);

const seedOne = (user: User) =>
  seedUnproven(user, {
    name: "Shown",
    description: "",
    baseUrl: "https://shown.invalid",
    username: "jcitizen",
    password: "correct horse",
  });

test("the theme is one press in the account menu, and stays for this browser", async ({ page, user }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/credentials");
  expect(await schemeOf(page)).toBe("light dark");
  await page.getByRole("button", { name: "Account menu" }).click();
  const dark = page.getByRole("button", { name: "Dark" });
  await dark.click();
  await expect(dark).toHaveAttribute("aria-pressed", "true");
  expect(await schemeOf(page)).toBe("dark");
  await expectAccessible(page, "the account menu, dark");

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press("Escape");
  await expect(dark).toBeHidden();
  await page.getByRole("link", { name: "Teams" }).click();
  await page.reload();
  expect(await schemeOf(page)).toBe("dark");
  // Signing in looks the same.
  await page.context().clearCookies({ name: /session/ });
  await page.goto("/sign-in");
  expect(await schemeOf(page)).toBe("dark");
  await page.context().addCookies(user.client.cookies());
});

test("dates follow the chosen zone and language, times are exact if wanted, and rows stand closer", async ({
  page,
  user,
}) => {
  await seedOne(user);
  await page.goto("/credentials");
  const row = page.getByRole("row").nth(1);
  const usualHeight = (await row.boundingBox())?.height ?? 0;

  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("link", { name: "Display" }).click();
  await expect(page.getByRole("heading", { name: "Display" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Dark" })).toBeHidden();
  await page.getByLabel("Density").selectOption("dense");
  await page.getByLabel("Times", { exact: true }).selectOption("exact");
  await page.getByLabel("Time zone").selectOption("Pacific/Kiritimati");
  await page.getByLabel("Language of dates").selectOption("de-DE");
  await page.getByRole("button", { name: "Save display" }).click();
  await expect(page.getByText("The display is saved")).toBeVisible();
  await expect(page.getByLabel("Time zone")).toHaveValue("Pacific/Kiritimati");
  await expectAccessible(page, "the display page");

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/account");
  const seen = page.locator("time").first();
  const at = new Date((await seen.getAttribute("datetime")) ?? "");
  const inWords = new Intl.DateTimeFormat("de-DE", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "Pacific/Kiritimati",
  }).format(at);
  await expect(seen).toHaveText(inWords);
  await expect(seen).toHaveAttribute("lang", "de-DE");
  await page.goto("/credentials");
  expect((await row.boundingBox())?.height ?? 0).toBeLessThan(usualHeight);
  await expectAccessible(page, "a dense list");
});

test("without script, menus open, and theme and zone are chosen, at 320 px", async ({ browser, user }) => {
  const page = await openWithoutScript(browser, user);
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto("/account");
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("button", { name: "Light" }).click();
  // The answer to the form has arrived.
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  expect(await schemeOf(page)).toBe("light");

  await page.goto("/account/display");
  await page.getByLabel("Times", { exact: true }).selectOption("exact");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByRole("button", { name: "Save display" }).click();
  await page.goto("/account");
  const seen = page.locator("time").first();
  const at = new Date((await seen.getAttribute("datetime")) ?? "");
  const format = { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Tokyo" } as const;
  await expect(seen).toHaveText(new Intl.DateTimeFormat("en", format).format(at));

  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Teams" }).click();
  await expect(page).toHaveURL(/\/teams$/);
  await page.context().close();
});

test("on paper a page has its content alone, in dark letters", async ({ page, user }) => {
  await seedOne(user);
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  await page.goto("/credentials");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("searchbox")).toBeHidden();
  expect(await schemeOf(page)).toBe("light");
});
