import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, type Person, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { rightCredential } from "./refusals";
import { seedCredential } from "./steps";

async function openAs(browser: Browser, origin: string, person: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin });
  await context.addCookies(person.visitor.cookies());
  return context.newPage();
}

const events = (page: Page) => page.getByRole("main").getByRole("list").getByRole("listitem");

test("an administrator narrows the log down by person and kind, and takes just that away", async ({
  browser,
  portalOrigin,
  administrator,
  person,
  sandbox,
}) => {
  const name = `=1+1 Nightly ${person.email}`;
  await seedCredential(person, { ...rightCredential(sandbox), name });
  const page = await openAs(browser, portalOrigin, administrator);
  await page.goto("/admin/audit");
  await page.getByLabel("Person").fill(person.email);
  await page.getByLabel("Kind").selectOption("Credential added");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(events(page)).toHaveCount(1);
  await expect(events(page)).toContainText(person.name);
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

test("the log works without script, and by its links", async ({
  browser,
  administrator,
  person,
  sandbox,
}) => {
  const credential = await seedCredential(person, rightCredential(sandbox));
  const page = await openWithoutScript(browser, administrator);
  await page.goto("/admin/audit");
  await page.getByLabel("Thing").fill(credential);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(events(page)).toHaveCount(1);
  await events(page).getByRole("link", { name: person.name }).click();
  await expect(page).toHaveURL(new RegExp(`thing=${credential}`));
  await expect(page).toHaveURL(/person=/);
  await page.context().close();
});

test("NDJSON reads back line by line, and an export cannot be kept by a cache", async ({ administrator }) => {
  const answer = await administrator.visitor.get("/admin/audit/export/ndjson?kind=user.signed-up");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toContain("no-store");
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  const lines = (await answer.text()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).event)).toContain("user.signed-up");
});

test("to a member there is neither log nor export, and to nobody either", async ({ page, person }) => {
  for (const path of ["/admin/audit", "/admin/audit/export/csv", "/admin/audit/export/ndjson"]) {
    expect((await person.visitor.get(path)).status, path).toBe(404);
  }
  expect((await fetch(`${person.visitor.origin}/admin/audit/export/csv`)).status).toBe(404);
  await page.goto("/admin/audit");
  await expect(page.getByRole("heading", { name: "Audit log" })).toHaveCount(0);
});

test("who sees a credential sees its History; nobody else does, the administrator included", async ({
  page,
  person,
  administrator,
  another,
  sandbox,
}) => {
  const credential = await seedCredential(person, rightCredential(sandbox));
  await page.goto(`/credentials/${credential}`);
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Credential added" })).toContainText(person.name);
  const other = await another();
  for (const { visitor } of [administrator, other.person]) {
    expect((await visitor.get(`/credentials/${credential}/history`)).status).toBe(404);
  }
});

test("log, empty log and History are accessible", async ({
  browser,
  portalOrigin,
  administrator,
  page,
  person,
  sandbox,
}) => {
  test.slow();
  const credential = await seedCredential(person, { ...rightCredential(sandbox), name: "N".repeat(100) });
  await page.goto(`/credentials/${credential}/history`);
  await expectAccessible(page, "History");
  const log = await openAs(browser, portalOrigin, administrator);
  await log.goto("/admin/audit");
  await expectAccessible(log, "audit log");
  await log.goto("/admin/audit?from=2001-01-01&until=2001-01-02");
  await expectAccessible(log, "audit log without a match");
  await log.context().close();
});
