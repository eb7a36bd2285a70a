import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { fillIn, save, seedCredential, seedUnproven } from "./page-objects";
import { rightCredential } from "./refusals";

const rows = "rowheader";

test("a credential added outside the wizard leads to its page and is in the list", async ({
  page,
  sandbox,
}) => {
  await page.goto("/credentials");
  await expect(page.getByRole("heading", { name: "No credentials yet" })).toBeVisible();
  await page.getByRole("link", { name: "Add Credential" }).click();
  await fillIn(page, rightCredential(sandbox));
  await save(page);
  await expect(page.getByRole("heading", { level: 1, name: "Fernwood" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("“Fernwood” is saved and verified");
  await page.getByRole("main").getByRole("link", { name: "Credentials" }).click();
  const row = page.getByRole("row").filter({ hasText: "Fernwood" });
  await expect(row).toContainText("Jane Citizen · jcitizen");
  await expect(row).toContainText("verified");
  await expect(row).toContainText("owner");
  await row.getByRole("link", { name: "Fernwood", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Fernwood" })).toBeVisible();
});

test("the list is searched and filtered in its address, and says so if nothing matches", async ({
  page,
  user,
  sandbox,
}) => {
  await seedCredential(user, { ...rightCredential(sandbox), description: "", name: "Nightly import" });
  await seedUnproven(user, {
    ...rightCredential(sandbox),
    name: "Later",
    description: "",
    baseUrl: "https://bitbucket.invalid",
  });
  await page.goto("/credentials");
  await expect(page.getByRole(rows)).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search" }).fill("NIGHTLY");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/q=NIGHTLY/);
  await expect(page.getByRole(rows)).toHaveCount(1);
  await expect(page.getByRole(rows)).toContainText("Nightly import");
  await page.getByLabel("Status").selectOption("unproven");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { name: "No credential matches" })).toBeVisible();
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page.getByRole(rows)).toHaveCount(2);
  await page.getByLabel("Whose").selectOption("Shared with me");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { name: "No credential matches" })).toBeVisible();
});

test("no value in the list's address breaks the list", async ({ page, user, sandbox }) => {
  await seedCredential(user, rightCredential(sandbox));
  for (const requested of [
    "q=%00",
    "q=%25%5F%5C%27%22",
    `q=${"x".repeat(4000)}`,
    "q=a&q=b",
    "status=everything&whose=nobody",
    "after=zzzzzzzzz.not-an-id",
    "status[]=verified",
  ]) {
    const answer = await page.goto(`/credentials?${requested}`);
    expect(answer?.status(), requested).toBe(200);
    await expect(page.getByRole("heading", { level: 1, name: "Credentials" })).toBeVisible();
  }
});

test("the list and the edit forms with their errors are accessible, with the longest texts", async ({
  page,
  user,
  sandbox,
}) => {
  test.slow();
  await page.goto("/credentials");
  await expectAccessible(page, "empty list");
  const longest = { name: "N".repeat(100), description: "d".repeat(1000) };
  const id = await seedCredential(user, { ...rightCredential(sandbox), ...longest });
  await seedCredential(user, rightCredential(sandbox));
  await page.goto("/credentials");
  await expectAccessible(page, "list");
  await page.goto(`/credentials/${id}?edited=1`);
  await expectAccessible(page, "credential page");
  await page.goto(`/credentials/${id}/edit`);
  await page.getByLabel("Credential Name").fill("Fernwood");
  await save(page);
  await expect(page.getByLabel("Credential Name")).toBeFocused();
  await expectAccessible(page, "edit with an error");
  await page.goto(`/credentials/${id}/replace-secret`);
  await save(page);
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expectAccessible(page, "replace secret with an error");
  await page.goto(`/credentials/${id}/delete`);
  await expectAccessible(page, "delete");
});
