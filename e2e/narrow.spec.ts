import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures";
import { fillIn, save } from "./steps";

test.use({ viewport: { width: 320, height: 700 } });

async function isWithin(inner: Locator, outer: Locator): Promise<void> {
  const [part, whole] = [await inner.boundingBox(), await outer.boundingBox()];
  expect(part && whole && part.x + part.width).toBeLessThanOrEqual((whole?.x ?? 0) + (whole?.width ?? 0));
}

test("a refused form is as wide as its card: nothing of it is cut off at 320 px", async ({
  page,
  sandbox,
}) => {
  await page.goto("/credentials/new");
  const baseUrl = sandbox.url("/maintenance");
  await fillIn(page, { name: "Narrow", baseUrl, username: "svc-narrow", password: "does not matter" });
  await save(page);
  await expect(page.getByRole("button", { name: "Save without checking" })).toBeVisible();
  const form = page.locator("form").filter({ has: page.getByLabel("Credential Name") });
  await isWithin(form, page.getByRole("main"));
  await isWithin(page.getByLabel("Credential Name"), page.getByRole("main"));
});

test("the navigation shows where one is, also where that lies beyond the edge of 320 px", async ({
  browser,
  administrator,
  portalOrigin,
}) => {
  const context = await browser.newContext({ baseURL: portalOrigin, viewport: { width: 320, height: 700 } });
  await context.addCookies(administrator.visitor.cookies());
  const page = await context.newPage();
  await page.goto("/admin/audit");
  for (const name of ["Main", "Administration"]) {
    const here = page.getByRole("navigation", { name, exact: true }).locator("[aria-current=page]");
    await expect(here).toBeInViewport({ ratio: 1 });
  }
  await context.close();
});
