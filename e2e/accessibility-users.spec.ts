import { randomUUID } from "node:crypto";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";

// Axe runs four times for each state of a page, which takes longer than a usual test.
test.beforeEach(() => test.slow());

test("the account and team pages are accessible, with errors and with long names", async ({ page }) => {
  await page.goto("/account");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Current password")).toHaveAccessibleDescription("Enter your password.");
  await expectAccessible(page, "account with errors");
  await page.goto("/teams");
  await expectAccessible(page, "no teams");
  await page.goto("/teams/new");
  await page.getByLabel("Name", { exact: true }).fill(randomUUID().padEnd(100, "N"));
  await page.getByLabel("Description").fill("d".repeat(1000));
  await page.getByRole("button", { name: "Create team" }).click();
  await page.getByRole("button", { name: "Make invitation link" }).click();
  await expect(page.getByLabel("Invitation link")).toBeVisible();
  await expectAccessible(page, "a team with an invitation");
  const link = await page.getByLabel("Invitation link").inputValue();
  await page.getByRole("link", { name: "Edit team" }).click();
  await page.waitForURL(/\/edit$/);
  await expectAccessible(page, "editing a team");
  await page.goto("/teams");
  await expectAccessible(page, "teams");
  await page.goto(link);
  await expectAccessible(page, "an invitation");
});

test("the administrators' pages of users and teams are accessible", async ({ browser, administrator }) => {
  const context = await browser.newContext({ baseURL: administrator.client.origin });
  await context.addCookies(administrator.client.cookies());
  const page = await context.newPage();
  for (const address of [
    "/admin/users",
    "/admin/users?q=nobody-like-that",
    "/admin/users/invitations",
    "/admin/teams",
  ]) {
    await page.goto(address);
    await expectAccessible(page, address);
  }
  await page.goto("/admin/users");
  await page.getByRole("list", { name: "Users" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Manage" })).toBeVisible();
  await expectAccessible(page, "one user");
  await context.close();
});
