import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { fieldLabels, fieldOf, fillIn, openOverlay, save, seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";

const outdated = "Changed since the last check. Save checks it again.";

const withoutChecking = (scope: Page | Locator) =>
  scope.getByRole("button", { name: "Save without checking" });
const answer = (scope: Page | Locator) => scope.getByRole("alert").filter({ hasText: "Not saved" });

test("what a check found goes with its buttons once a field that it concerns is changed, and only then", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  await fillIn(overlay, { ...rightCredential(sandbox), baseUrl: sandbox.url("/in-maintenance") });
  await overlay.getByRole("button", { name: "Check only" }).click();
  await expect(withoutChecking(overlay)).toBeVisible();
  const name = overlay.getByLabel("Credential Name");
  await name.press("End");
  await name.pressSequentially(" 2");
  await expect(answer(overlay)).toBeVisible();
  await expect(withoutChecking(overlay)).toBeVisible();

  const address = fieldOf(overlay, fieldLabels.baseUrl);
  await address.press("End");
  await address.pressSequentially("x");
  await expect(answer(overlay)).toHaveCount(0);
  await expect(withoutChecking(overlay)).toHaveCount(0);
  await expect(overlay.getByRole("status").filter({ hasText: outdated })).toBeVisible();
  await expect(address).toBeFocused();
  await expectAccessible(page, "a form that was changed since its check");

  await address.fill(sandbox.url("/in-maintenance"));
  await save(overlay);
  await expect(withoutChecking(overlay)).toBeVisible();
  await expect(overlay.getByText(outdated)).toHaveCount(0);
  // An error that the browser finds is about other input, too.
  await name.fill("x".repeat(300));
  await save(overlay);
  await expect(name).toBeFocused();
  await expect(answer(overlay)).toHaveCount(0);
  await expect(withoutChecking(overlay)).toHaveCount(0);
});

test("so it goes while a secret is replaced", async ({ page, user, sandbox }) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  await page.goto(`/credentials/${id}/replace-secret`);
  await fieldOf(page, fieldLabels.baseUrl).fill(sandbox.url("/in-maintenance"));
  const { username, password = "" } = rightCredential(sandbox);
  await fieldOf(page, fieldLabels.username).fill(username);
  await fieldOf(page, fieldLabels.password).fill(password);
  await save(page);
  await expect(withoutChecking(page)).toBeVisible();
  await fieldOf(page, fieldLabels.password).pressSequentially("x");
  await expect(answer(page)).toHaveCount(0);
  await expect(withoutChecking(page)).toHaveCount(0);
  await expect(page.getByText(outdated)).toBeVisible();
});
