import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { seedUnproven } from "./page-objects";
import type { User } from "./seeded-accounts";

const rows = (page: Page) => page.getByRole("table", { name: "Credentials" }).getByRole("rowheader");

const servers = ["https://listed.invalid", "https://other.invalid/git"] as const;

/** Credentials named “Team 01 builds” and so on, at two servers in turn that do not answer. */
async function seedMany(user: User, count: number) {
  for (let n = 1; n <= count; n += 1) {
    await seedUnproven(user, {
      name: `Team ${String(n).padStart(2, "0")} builds`,
      description: `Reads what team ${n} builds`,
      baseUrl: servers[n % 2] ?? servers[0],
      username: "jcitizen",
      password: "correct horse",
    });
  }
}

test("a list leads to older rows and back, keeps its filter, and works without script", async ({
  browser,
  user,
}) => {
  await seedMany(user, 53);
  const page = await openWithoutScript(browser, user);
  await page.goto("/credentials?q=builds");
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(rows(page)).toHaveCount(50);
  await expect(pages.getByRole("link")).toHaveText(["Older"]);
  await pages.getByRole("link", { name: "Older" }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page).toHaveURL(/q=builds&after=/);
  await expect(pages.getByRole("link")).toHaveText(["Newer"]);
  await pages.getByRole("link", { name: "Newer" }).click();
  await expect(page).toHaveURL(/q=builds&before=/);
  await expect(rows(page)).toHaveCount(50);
  await expect(rows(page).first()).toContainText("Team 53 builds");
  await expect(pages.getByRole("link")).toHaveText(["Older"]);
});

test("lists are sorted and filtered by fields that have an address and need no script", async ({
  browser,
  user,
}) => {
  await seedMany(user, 5);
  const page = await openWithoutScript(browser, user);
  await page.goto("/credentials");
  await expect(page.getByText("5 credentials")).toBeVisible();
  await page.getByLabel("Sort by").selectOption("Name");
  await page.getByLabel("Server").selectOption("other.invalid/git");
  await page.getByLabel("Used").selectOption("Not used");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/server=[0-9a-f-]{36}&use=unused&sort=name$/);
  await expect(rows(page)).toHaveText([/Team 01/, /Team 03/, /Team 05/]);
  await expect(page.getByLabel("Sort by")).toHaveValue("name");
  await page.goto("/credentials?server=LISTED&sort=name");
  await expect(rows(page)).toHaveText([/Team 02/, /Team 04/]);
});

test("on a wide screen a row is one link of 44 px, and the links in it stay their own", async ({
  page,
  user,
}) => {
  await seedMany(user, 2);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/credentials");
  const row = page.getByRole("row", { name: /Team 01/ });
  const height = (await row.boundingBox())?.height ?? 0;
  expect(height).toBeGreaterThanOrEqual(44);
  expect(height).toBeLessThanOrEqual(46);
  await row.getByRole("link", { name: /^Share/ }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.goto("/credentials");
  // The last cell has no link of its own; the row's lies over it.
  await row.getByRole("cell").last().click({ force: true });
  await expect(page.getByRole("heading", { level: 1, name: "Team 01 builds" })).toBeVisible();
  await page.goto("/credentials");
  await expectAccessible(page, "the list of credentials");
});

test("the wizard filters its tiles by server and keeps the chosen credential", async ({ page, user }) => {
  await seedMany(user, 3);
  await page.goto("/sources/new/bitbucket-server");
  const tiles = page.getByRole("radiogroup", { name: "Credentials" }).getByRole("radio");
  await expect(tiles).toHaveCount(3);
  const chosen = page.getByRole("radio", { name: "Team 02 builds" });
  await page.goto(`/sources/new/bitbucket-server?credential=${await chosen.getAttribute("value")}`);
  await expect(chosen).toBeChecked();
  await page.getByLabel("Server").selectOption("other.invalid/git");
  await expect(tiles).toHaveCount(2);
  await expect(page).toHaveURL(/server=.*&credential=/);
  await expectAccessible(page, "the tiles of one server");
  await page.getByLabel("Server").selectOption("All");
  await expect(chosen).toBeChecked();
});

test("tags are typed in one field, shown with the credential, and found", async ({ browser, user }) => {
  await seedMany(user, 2);
  const page = await openWithoutScript(browser, user);
  await page.goto("/credentials?sort=name");
  await page.getByRole("link", { name: "Team 01 builds", exact: true }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Tags").fill("Nightly,  EU west, nightly");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "EU west" }).click();
  await expect(page).toHaveURL(/tag=EU\+west$/);
  await expect(rows(page)).toHaveText([/Team 01.*Nightly\s*EU west/]);
  await page.goto("/credentials?q=%23night");
  await expect(rows(page)).toHaveCount(1);
  await page.goto("/sources/new/bitbucket-server?q=eu+west");
  await expect(page.getByText("Nightly")).toBeVisible();
});

test("what is cleared is cleared in every field, and the next letter brings no old filter back", async ({
  page,
  user,
}) => {
  await seedMany(user, 3);
  await page.goto("/credentials?status=unproven&sort=name&q=Team");
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/credentials$/);
  await expect(page.getByLabel("Status")).toHaveValue("");
  await expect(page.getByLabel("Sort by")).toHaveValue("");
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await page.getByRole("searchbox").pressSequentially("03");
  await expect(page).toHaveURL(/\/credentials\?q=03$/);
});
