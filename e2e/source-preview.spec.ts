import { expect, test } from "./fixtures";
import { authenticatePath, seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";

test("a field with an error has the focus after Preview, and a preview says what was typed wrong", async ({
  page,
  user,
  sandbox,
}) => {
  const credential = await seedCredential(user, rightCredential(sandbox));
  await page.goto(`${authenticatePath}/data?credential=${credential}&stream=manual&scope=everything`);
  const preview = page.getByRole("button", { name: "Preview", exact: true });
  const path = page.getByLabel("Path", { exact: true });
  await path.fill("/admin");
  await preview.click();
  await expect(path).toHaveAccessibleDescription(/begin with \/rest\//);
  await expect(path).toBeFocused();
  await path.fill("/rest/api/1.0/projects");
  await page.getByLabel("Where the records are").fill("/nothing/here");
  await preview.click();
  await expect(page.getByRole("alert").getByText(/no records at this place/)).toBeVisible();
  await page.getByLabel("Where the records are").fill("");
  await page.getByLabel("Key field").fill("nope");
  await preview.click();
  await expect(page.getByText(/records? without a key$/)).toBeVisible();
});
