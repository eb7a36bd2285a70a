import { stepOf, stepsOf } from "./check-steps";
import { expect, test } from "./fixtures";
import {
  authenticatePath,
  fieldLabels,
  fieldOf,
  fillIn,
  openOverlay,
  save,
  seedCredential,
} from "./page-objects";
import { rightCredential } from "./refusals";
import { sandboxAccounts } from "./sandbox/accounts";

test("Check again resets the steps in place: the old result is gone while the new check runs", async ({
  page,
  user,
  sandbox,
}) => {
  const typed = { ...rightCredential(sandbox), baseUrl: sandbox.url("/slow") };
  sandbox.set("/slow", { delayMs: 0 });
  await page.goto(`/credentials/${await seedCredential(user, typed)}`);
  const newest = page.getByRole("region", { name: "Latest check" });
  await expect(stepOf(newest, "Allowed")).toContainText("passed");
  sandbox.set("/slow", { delayMs: 4_500 });
  await newest.getByRole("button", { name: "Check again" }).click();
  await expect(stepOf(newest, "Is it Bitbucket")).toContainText("…");
  await expect(stepsOf(newest)).toHaveCount(1);
  await expect(stepOf(newest, "Allowed")).not.toContainText("passed");
  sandbox.set("/slow", { delayMs: 0 });
  await expect(stepOf(newest, "Allowed")).toContainText("passed");
  await expect(stepsOf(newest)).toHaveCount(1);
});

test("after Save the result and the warnings are in separate boxes, each sentence once", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  const warning = "The connection is not encrypted.";
  await page.goto(`${authenticatePath}?credential=${id}&saved=1`);
  const main = page.getByRole("main");
  const good = main
    .getByText("is saved and verified")
    .locator("xpath=ancestor::div[contains(@class,'bg-')][1]");
  await expect(good).toContainText("Signed in as Jane Citizen");
  await expect(good).not.toContainText(warning);
  await expect(main.getByText(warning)).toHaveCount(1);
  await page.goto(`/credentials/${id}?saved=1`);
  await expect(main.getByText("is saved and verified").first()).toBeVisible();
  await expect(main.getByText(warning)).toHaveCount(1);
});

test("once lock-out protection stops an account, Try again is the main button, and Enter presses it", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  await fillIn(overlay, rightCredential(sandbox));
  const password = fieldOf(overlay, fieldLabels.password);
  const first = overlay
    .locator("form")
    .getByRole("button")
    .filter({ hasText: /^(Save|Try again)$/ })
    .first();
  for (const wrong of ["wrong once", "wrong twice"]) {
    await password.fill(wrong);
    await save(overlay);
    await expect(password).toHaveAccessibleDescription(/is not right/);
    await expect(first).toHaveText("Save");
  }
  await password.fill(sandboxAccounts.jane.password);
  await save(overlay);
  await expect(overlay.getByRole("alert")).toContainText("Not saved: nothing was sent");
  await expect(first).toHaveText("Try again");
  await password.press("Enter");
  await expect(page.getByText(/is saved and verified/).first()).toBeVisible();
});
