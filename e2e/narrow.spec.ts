import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures";
import { fillIn, save } from "./page-objects";

test.use({ viewport: { width: 320, height: 700 } });

/** Elements whose content is cut off at the right edge; texts for screen readers only are one pixel wide. */
function whatIsCutOff(main: Locator): Promise<string[]> {
  return main.evaluate((element) =>
    [...element.querySelectorAll("*")]
      .filter((part) => getComputedStyle(part).overflowX === "hidden" && part.clientWidth > 1)
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map((part) => part.className),
  );
}

test("a form with errors is as wide as its card: nothing is cut off at 320 px", async ({ page, sandbox }) => {
  await page.goto("/credentials/new");
  const baseUrl = sandbox.url("/in-maintenance");
  await fillIn(page, { name: "Narrow", baseUrl, username: "svc-narrow", password: "does not matter" });
  await save(page);
  await expect(page.getByRole("button", { name: "Save without checking" })).toBeVisible();
  expect(await whatIsCutOff(page.getByRole("main"))).toEqual([]);
});

test("the menu at 320 px shows where the user is, and tabs scroll to the current one", async ({
  browser,
  administrator,
  portalOrigin,
}) => {
  const context = await browser.newContext({ baseURL: portalOrigin, viewport: { width: 320, height: 700 } });
  await context.addCookies(administrator.client.cookies());
  const page = await context.newPage();
  await page.goto("/admin/audit");
  const hereIn = (name: string) =>
    page.getByRole("navigation", { name, exact: true }).locator("[aria-current=page]");
  await expect(hereIn("Administration")).toBeInViewport({ ratio: 1 });
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await expect(hereIn("Main")).toBeInViewport({ ratio: 1 });
  const main = page.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: "Teams" }).click();
  await expect(page.getByRole("heading", { name: "Teams" })).toBeVisible();
  await expect(hereIn("Main")).toBeHidden();
  await context.close();
});
