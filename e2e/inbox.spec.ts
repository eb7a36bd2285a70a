import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { tabTo } from "./keyboard";
import { openWithoutScript } from "./no-script";
import { seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

/** Shares a new credential of this user's, as a form without script does. */
async function shareNew(owner: User, { name }: User, sandbox: Sandbox, credential: string): Promise<string> {
  const id = await seedCredential(owner, { ...rightCredential(sandbox), name: credential });
  const found = new URLSearchParams({ q: name });
  const answer = await owner.client.submit(`/credentials/${id}/share?${found}`, { role: "collaborator" });
  expect(answer.status).toBeLessThan(400);
  return id;
}

const bell = (page: Page) => page.getByRole("link", { name: /^Inbox/ });

test("a user hears that something was shared, follows the link, and marks all as read by keyboard", async ({
  page,
  user,
  anotherUser,
  sandbox,
}) => {
  await page.goto("/inbox");
  await expect(page.getByRole("heading", { name: "No messages yet" })).toBeVisible();
  await expect(bell(page)).toHaveAccessibleName("Inbox");
  const owner = await anotherUser();
  await shareNew(owner, user, sandbox, "Ledger <b>");
  await page.goto("/");
  await expect(bell(page)).toHaveAccessibleName("Inbox, 1 unread");
  await bell(page).click();
  const told = `Unread: ${owner.name} shared the credential “Ledger <b>” with you`;
  await expect(page.getByText(told)).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Mark all as read" }));
  await page.keyboard.press("Enter");
  await expect(bell(page)).toHaveAccessibleName("Inbox");
  await expect(page.getByText("Unread:")).toHaveCount(0);
  await page.getByRole("link", { name: "Look at the credential" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ledger <b>" })).toBeVisible();
});

test("without script, the inbox is read and marked, and channels are chosen, at 360 px", async ({
  browser,
  user,
  anotherUser,
  sandbox,
}) => {
  await shareNew(await anotherUser(), user, sandbox, "Ledger");
  const page = await openWithoutScript(browser, user);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/");
  await expect(bell(page)).toBeInViewport({ ratio: 1 });
  await bell(page).click();
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(bell(page)).toHaveAccessibleName("Inbox");

  await page.goto("/account");
  await page.getByRole("link", { name: "Notifications", exact: true }).click();
  const shared = page.getByRole("checkbox", { name: "Something is shared with you: Inbox" });
  await shared.uncheck();
  await page.getByRole("button", { name: "Save choices" }).click();
  await expect(page.getByText("Your choices are saved").first()).toBeVisible();
  await expect(shared).not.toBeChecked();
  await shareNew(await anotherUser(), user, sandbox, "Ledger");
  await page.goto("/inbox");
  await expect(page.getByText("shared the credential")).toHaveCount(1);

  const address = page.getByLabel("Address", { exact: true });
  await page.goto("/account/notifications");
  await address.fill("ftp://hooks.example.com/latchkey");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(address).toHaveValue("ftp://hooks.example.com/latchkey");
  await address.fill("https://hooks.invalid/latchkey");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByLabel("Secret of the webhook")).toHaveValue(/^whsec_/);
  await expect(page.getByLabel("Another address")).toHaveValue("");
  await page.getByRole("button", { name: "Replace webhook" }).click();
  await expect(page.getByLabel("Another address"), "nothing is replaced by itself").toBeFocused();
  await expect(page.getByLabel("Another address")).toHaveAttribute("aria-invalid", "true");
  await page.goto("/account/notifications");
  expect(await page.content()).not.toContain("whsec_");
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("Webhook: Test")).toBeVisible();
  await page.context().close();
});

test("inbox and notifications are accessible, with messages and without", async ({
  page,
  user,
  anotherUser,
  sandbox,
}) => {
  test.slow();
  await page.goto("/inbox");
  await expectAccessible(page, "an empty inbox");
  await shareNew(await anotherUser(), user, sandbox, "L".repeat(100));
  await page.goto("/inbox");
  await expectAccessible(page, "an inbox with a message");
  await page.goto("/account/notifications");
  await page.getByLabel("Address", { exact: true }).fill("https://hooks.invalid/latchkey");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByLabel("Secret of the webhook")).toHaveValue(/^whsec_/);
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("Webhook: Test")).toBeVisible();
  await expectAccessible(page, "notifications with a webhook and its log");
});
