import { randomUUID } from "node:crypto";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";

/** Makes a team of this user's with a member, without script; returns its path. */
async function seedTeam({ client }: User, member: User): Promise<string> {
  const answer = await client.submit("/teams/new", { name: `Team ${randomUUID()}`, description: "" });
  const path = /\/teams\/[0-9a-f-]{36}/.exec(answer.headers.get("location") ?? "")?.[0];
  if (!path) throw new Error(`making a team answered ${answer.status}`);
  await client.submit(path, { email: member.email });
  return path;
}

test("an owner sets the team's webhook, chooses what it is told, and a member sees none of it", async ({
  page,
  user,
  another,
}) => {
  test.slow();
  const other = await another();
  const path = await seedTeam(user, other.user);
  await page.goto(path);
  await page.getByRole("link", { name: "Notifications", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Notifications" })).toBeVisible();
  await expectAccessible(page, "a team without a webhook");
  await page.getByLabel("Address", { exact: true }).fill("https://hooks.invalid/team");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByLabel("Secret of the webhook")).toHaveValue(/^whsec_/);
  await expect(page.getByLabel("Another address")).toHaveValue("");
  await page.getByRole("checkbox", { name: "A run leaves parts out" }).uncheck();
  await page.getByRole("button", { name: "Save choices" }).click();
  await expect(page.getByText("The team's choices are saved").first()).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "A run leaves parts out" })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "A run fails" })).toBeChecked();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("Webhook: Test")).toBeVisible();
  await expectAccessible(page, "a team's webhook with its log");
  expect(await page.content()).not.toContain("whsec_");

  await other.page.goto(path);
  await expect(other.page.getByRole("link", { name: "History", exact: true })).toBeVisible();
  await expect(other.page.getByRole("link", { name: "Notifications", exact: true })).toHaveCount(0);
  const answer = await other.page.request.get(`${path}/notifications`);
  expect(answer.status()).toBe(404);
});

test("without script a team's webhook is set, refused at its field, and removed", async ({
  browser,
  user,
  another,
}) => {
  const path = await seedTeam(user, (await another()).user);
  const page = await openWithoutScript(browser, user);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${path}/notifications`);
  const address = page.getByLabel("Address", { exact: true });
  await address.fill("ftp://hooks.example.com/latchkey");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(address).toHaveValue("ftp://hooks.example.com/latchkey");
  await address.fill("https://hooks.invalid/latchkey");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByLabel("Secret of the webhook")).toHaveValue(/^whsec_/);
  await page.goto(`${path}/notifications`);
  await page.getByRole("button", { name: "Remove the webhook" }).click();
  await expect(page.getByText("The webhook is removed").first()).toBeVisible();
  await page.goto(`${path}/history`);
  await expect(page.getByText("Messages to the team are posted to “hooks.invalid” no more.")).toBeVisible();
  await page.context().close();
});
