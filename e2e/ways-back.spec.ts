import { expect, test } from "./fixtures";
import { detailsPath, seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";

test("the wizard's last step leads back to the one before, with what was chosen", async ({
  page,
  user,
  sandbox,
}) => {
  await page.goto(detailsPath(await seedCredential(user, rightCredential(sandbox))));
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(page).toHaveURL(/\/data\?/);
  await expect(page.getByRole("radio", { name: "Repositories", exact: true })).toBeChecked();
});

test("the wizard's first step leads back to the list", async ({ page, user }) => {
  expect(user.name).not.toBe("");
  await page.goto("/destinations/new");
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link").click();
  await expect(page).toHaveURL(/\/destinations$/);
});

test("the forms of a team and of a policy are left by Cancel, and nothing is saved", async ({
  browser,
  page,
  user,
  administrator,
}) => {
  await page.goto("/teams/new");
  await page.getByLabel("Name").fill(`Never made by ${user.name}`);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/teams$/);
  await expect(page.getByText("Never made by")).toHaveCount(0);

  const policy = `/admin/servers/policy?${new URLSearchParams({ server: "https://bitbucket.example.com" })}`;
  const theirs = await browser.newPage({ baseURL: administrator.client.origin });
  await theirs.context().addCookies(administrator.client.cookies());
  await theirs.goto(policy);
  await theirs.getByRole("link", { name: "Cancel" }).click();
  await expect(theirs).toHaveURL(/\/admin\/servers\/policy$/);
  await theirs.getByRole("link", { name: "Cancel" }).click();
  await expect(theirs).toHaveURL(/\/admin\/servers$/);
  await theirs.context().close();
});
