import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { seedCredential } from "./page-objects";
import { sandboxKeys } from "./sandbox/accounts";

const dayMs = 24 * 60 * 60 * 1000;

test("a calendar program reads at the user's address what ends, until the address ends", async ({
  page,
  user,
  sandbox,
  portalOrigin,
}) => {
  test.slow();
  // This server does not tell when a key ends, so the user does.
  const id = await seedCredential(user, {
    name: "Nightly; import, all",
    baseUrl: sandbox.url("/"),
    username: sandboxKeys.janeRead.value,
  });
  const lastDay = new Date(Date.now() + 20 * dayMs).toISOString().slice(0, 10);
  await page.goto(`/credentials/${id}`);
  await page.getByLabel("Last day of the API key").fill(lastDay);
  await page.getByRole("button", { name: "Save day" }).click();
  await expect(page.getByText("Ends in 20 days").first()).toBeVisible();

  await page.goto("/account/notifications");
  await page.getByRole("button", { name: "Make an address" }).click();
  const field = page.getByLabel("Calendar address");
  await expect(field).toHaveValue(new RegExp(`^${portalOrigin}/calendar/[\\w-]{43}/ends\\.ics$`));
  const address = await field.inputValue();
  await expectAccessible(page, "notifications with a new calendar address");

  // As a program does: without a session.
  const answer = await fetch(address);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const text = await answer.text();
  expect(text).toContain(`DTSTART;VALUE=DATE:${lastDay.replaceAll("-", "")}\r\n`);
  expect(text).toContain("SUMMARY:The API key of Nightly\\; import\\, all ends\r\n");
  await page.reload();
  await expect(page.getByText("last read")).toBeVisible();
  expect(await page.content()).not.toContain(new URL(address).pathname);

  await page.getByRole("button", { name: "End the calendar address" }).click();
  await expect(page.getByText("The calendar address has ended").first()).toBeVisible();
  expect((await fetch(address)).status).toBe(404);
  expect((await fetch(address, { method: "POST" })).status).toBeGreaterThanOrEqual(400);
});

test("without script an address is made, and replaced by a new one", async ({ browser, user }) => {
  const page = await openWithoutScript(browser, user);
  await page.goto("/account/notifications");
  await page.getByRole("button", { name: "Make an address" }).click();
  const first = await page.getByLabel("Calendar address").inputValue();
  await page.getByRole("button", { name: "Replace the address" }).click();
  const second = await page.getByLabel("Calendar address").inputValue();
  expect(second).not.toBe(first);
  expect([(await fetch(first)).status, (await fetch(second)).status]).toEqual([404, 200]);
  await page.context().close();
});
