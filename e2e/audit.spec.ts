import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { dayAt } from "@/lib/audit/days";
import { expectAccessible } from "./axe";
import { expect, signUpSomebody, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";

async function openAs(browser: Browser, origin: string, user: User): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin });
  await context.addCookies(user.client.cookies());
  return context.newPage();
}

const events = (page: Page) => page.getByRole("main").getByRole("list").getByRole("listitem");

test("an administrator filters the log by user and kind, and exports the filtered log", async ({
  browser,
  portalOrigin,
  administrator,
  user,
  sandbox,
}) => {
  const name = `=1+1 Nightly ${user.email}`;
  await seedCredential(user, { ...rightCredential(sandbox), name });
  const page = await openAs(browser, portalOrigin, administrator);
  await page.goto("/admin/audit");
  await page.getByLabel("User").fill(user.email);
  await page.getByLabel("Kind").selectOption("Credential added");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(events(page)).toHaveCount(1);
  await expect(events(page)).toContainText(user.name);
  await expect(events(page)).toContainText(name);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^latchkey-audit-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`,'${name},`);

  await page.goto("/admin/audit?kind=audit.exported");
  await expect(events(page).first()).toContainText("Audit log exported");
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/admin\/audit$/);
  await page.goto(`/admin/audit?person=${crypto.randomUUID()}`);
  await expect(page.getByRole("heading", { name: "No event matches" })).toBeVisible();
  await page.context().close();
});

// In these zones the date differs from UTC's at every hour, in one of them or the other.
for (const timezoneId of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
  test(`a date is in the reader's time zone, on the page and in an export: ${timezoneId}`, async ({
    browser,
    portalOrigin,
    administrator,
    user,
    sandbox,
  }) => {
    const credential = await seedCredential(user, rightCredential(sandbox));
    const context = await browser.newContext({ baseURL: portalOrigin, timezoneId });
    await context.addCookies(administrator.client.cookies());
    const page = await context.newPage();
    await page.goto(`/admin/audit?thing=${credential}`);
    await expect(page.getByText(`Days are those of your time zone, ${timezoneId}.`)).toBeVisible();
    const today = dayIn(timezoneId, 0);
    for (const [from, until, count] of [
      [today, today, 1],
      [dayIn(timezoneId, 1), "", 0],
      ["", dayIn(timezoneId, -1), 0],
    ] as const) {
      await page.getByLabel("From").fill(from);
      await page.getByLabel("Until").fill(until);
      await page.getByRole("button", { name: "Filter" }).click();
      await expect(page).toHaveURL(new RegExp(`from=${from}&until=${until}&zone=`));
      await expect(events(page)).toHaveCount(count);
      await expect(page.getByLabel("From")).toHaveValue(from);
      await expect(page.getByLabel("Until")).toHaveValue(until);
      const href = await page.getByRole("link", { name: "Export NDJSON" }).getAttribute("href");
      const lines = (await (await administrator.client.get(href ?? "")).text()).trim().split("\n");
      expect(lines.filter((line) => line.includes("credential.added"))).toHaveLength(count);
    }
    await context.close();
  });
}

test("without script a date is in UTC, the page says so, and another zone's dates are kept", async ({
  browser,
  administrator,
}) => {
  const page = await openWithoutScript(browser, administrator);
  await page.goto("/admin/audit");
  await expect(page.getByText("Days are those of UTC.")).toBeVisible();
  await page.goto("/admin/audit?from=2026-01-10&zone=Asia%2FKathmandu");
  await expect(page.getByText("Days are those of Asia/Kathmandu.")).toBeVisible();
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/from=2026-01-10.*zone=Asia%2FKathmandu/);
  await page.context().close();
});

function dayIn(timeZone: string, daysLater: number): string {
  return dayAt(new Date(Date.now() + daysLater * 24 * 60 * 60 * 1000), timeZone);
}

test("the log works without script, and by its links", async ({ browser, administrator, user, sandbox }) => {
  const credential = await seedCredential(user, rightCredential(sandbox));
  const page = await openWithoutScript(browser, administrator);
  await page.goto("/admin/audit");
  await page.getByLabel("Item").fill(credential);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(events(page)).toHaveCount(1);
  await events(page).getByRole("link", { name: user.name }).click();
  await expect(page).toHaveURL(new RegExp(`thing=${credential}`));
  await expect(page).toHaveURL(/person=/);
  await page.context().close();
});

test("an NDJSON export parses line by line, and caches may not store it", async ({
  administrator,
  portalOrigin,
}) => {
  await signUpSomebody(portalOrigin);
  const answer = await administrator.client.get("/admin/audit/export/ndjson?kind=user.signed-up");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toContain("no-store");
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  const lines = (await answer.text()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).event)).toContain("user.signed-up");
});

test("only users who see a credential see its History; the portal administrator does not", async ({
  page,
  user,
  administrator,
  anotherUser,
  sandbox,
}) => {
  const credential = await seedCredential(user, rightCredential(sandbox));
  await page.goto(`/credentials/${credential}`);
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Credential added" })).toContainText(user.name);
  const other = await anotherUser();
  for (const { client } of [administrator, other]) {
    expect((await client.get(`/credentials/${credential}/history`)).status).toBe(404);
  }
});

test("log, empty log and History are accessible", async ({
  browser,
  portalOrigin,
  administrator,
  page,
  user,
  sandbox,
}) => {
  test.slow();
  const credential = await seedCredential(user, { ...rightCredential(sandbox), name: "N".repeat(100) });
  await page.goto(`/credentials/${credential}/history`);
  await expectAccessible(page, "History");
  const log = await openAs(browser, portalOrigin, administrator);
  await log.goto("/admin/audit");
  await expectAccessible(log, "audit log");
  await log.goto("/admin/audit?from=2001-01-01&until=2001-01-02");
  await expectAccessible(log, "audit log without a match");
  await log.context().close();
});
