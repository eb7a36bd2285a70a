import { expect, test } from "./fixtures";
import { tabTo, typeInto } from "./keyboard";
import { fieldLabels, fieldOf, seedCredential, settled } from "./page-objects";
import { rightCredential } from "./refusals";
import { sandboxAccounts } from "./sandbox/accounts";

const { zoe } = sandboxAccounts;

test("a credential is shared and the share is taken back, by keyboard alone", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  test.slow();
  const id = await seedCredential(user, { ...rightCredential(sandbox), name: "Ledger" });
  const other = await another();
  await page.goto(`/credentials/${id}`);
  await settled(page);
  await tabTo(page, page.getByRole("link", { name: "Share", exact: true }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Share" });
  await expect(dialog).toBeVisible();
  await typeInto(page, dialog.getByLabel("Person or team"), other.user.name);
  await page.keyboard.press("Enter");
  const role = dialog.getByLabel(`Role for ${other.user.name}`);
  await tabTo(page, role);
  await page.keyboard.press("ArrowDown");
  await expect(role).not.toHaveValue("");
  await tabTo(page, dialog.getByRole("button", { name: `Share with ${other.user.name}` }));
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(`${other.user.name} has access now`)).toBeVisible();

  await tabTo(page, dialog.getByRole("button", { name: `Remove ${other.user.name}` }));
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(`${other.user.name} was removed.`)).toBeVisible();
  // The way back stands for a while, and is reached like the rest.
  await tabTo(page, dialog.getByRole("button", { name: "Undo" }));
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: `Remove ${other.user.name}` })).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(`/credentials/${id}`);
});

test("a secret is renewed by keyboard alone, and what is wrong is reached first", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  await page.goto(`/credentials/${id}`);
  await tabTo(page, page.getByRole("link", { name: "Replace secret" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/replace-secret/);
  const username = fieldOf(page, fieldLabels.username);
  await tabTo(page, username);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(zoe.name);
  await typeInto(page, fieldOf(page, fieldLabels.password), "not her password");
  await page.keyboard.press("Enter");
  // After a refusal the focus is at the field to mend.
  const password = fieldOf(page, fieldLabels.password);
  await expect(password).toHaveAccessibleDescription(/User name or password is not right/);
  await expect(password).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(zoe.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText("is saved and verified");
});

test("the account menu and what is in it are reached and left by keyboard", async ({ page }) => {
  await page.goto("/teams");
  await settled(page);
  const menu = page.getByRole("button", { name: "Account menu" });
  await tabTo(page, menu);
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Dark" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
  await tabTo(page, page.getByRole("link", { name: "Display" }));
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "Notifications" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/account\/notifications$/);
});
