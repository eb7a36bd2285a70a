import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { tabTo } from "./keyboard";
import { openWithoutScript } from "./no-script";
import { seedCredential, seedEndpoint } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

/** A source of all repositories that has run once. */
async function readSource(page: Page, user: User, sandbox: Sandbox): Promise<string> {
  const source = await seedEndpoint(user, await seedCredential(user, rightCredential(sandbox)));
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(page.getByRole("status").filter({ hasText: /^(Succeeded|Incomplete)/ })).toBeVisible();
  return source;
}

function recordsOn(page: Page): Locator {
  return page.getByRole("table", { name: "Records" }).locator("tbody").getByRole("row");
}

test("the records are browsed, searched, filtered and opened one by one", async ({ page, user, sandbox }) => {
  const source = await readSource(page, user, sandbox);
  await page.goto(`/sources/${source}/data`);
  const all = await recordsOn(page).count();
  expect(all).toBeGreaterThan(2);
  const first = recordsOn(page).first();
  const key = (await first.getByRole("link").textContent()) ?? "";

  await page.getByLabel("Column", { exact: true }).selectOption("slug");
  const cell = first.getByRole("cell").nth(await columnOf(page, "slug"));
  const slug = (await cell.textContent()) ?? "";
  await page.getByLabel("Value of the column").fill(slug);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/column=slug/);
  expect(await recordsOn(page).count()).toBeLessThan(all);
  await expect(recordsOn(page).first()).toContainText(slug);

  await page.getByRole("link", { name: "Clear" }).click();
  await page.getByLabel("Search").fill("nothing has this text");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { name: "No record matches" })).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();

  // In the table: a key such as 32 is also a part of names around it.
  await recordsOn(page).getByRole("link", { name: key, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: key })).toBeVisible();
  await expect(page.getByRole("region", { name: "JSON" })).toContainText(`"slug": "${slug}"`);
  await page.getByRole("link", { name: /^Data of / }).click();
  await expect(recordsOn(page)).toHaveCount(all);
});

/** The place of a column among a row's cells, which begin after the key. */
async function columnOf(page: Page, name: string): Promise<number> {
  const heads = await page.getByRole("columnheader").allInnerTexts();
  return heads.indexOf(name) - 1;
}

test("each download holds every record, and the next one only what changed", async ({
  page,
  user,
  sandbox,
}) => {
  const source = await readSource(page, user, sandbox);
  await page.goto(`/sources/${source}/data`);
  const count = await recordsOn(page).count();
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "NDJSON", exact: true }).click();
  expect((await started).suggestedFilename()).toBe("Nightly-import.ndjson");
  const get = (rest: string) => user.client.get(`/sources/${source}/data.${rest}`);
  const whole = await get("ndjson");
  expect((await whole.text()).split("\n")).toHaveLength(count + 1);
  expect((await (await get("csv")).text()).split("\r\n")).toHaveLength(count + 2);
  expect(JSON.parse(await (await get("json")).text())).toMatchObject({ count });
  const parquet = Buffer.from(await (await get("parquet")).arrayBuffer());
  expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(["PAR1", "PAR1"]);
  const newest = whole.headers.get("x-latchkey-newest");
  expect(await (await get(`ndjson?after=${newest}`)).text()).toBe("");
  const refused = await get("csv?after=yesterday");
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("change number")]);
});

test("the Columns tab says type and share of each column", async ({ page, user, sandbox }) => {
  const source = await readSource(page, user, sandbox);
  await page.getByRole("link", { name: "Columns" }).click();
  await expect(page).toHaveURL(`/sources/${source}/columns`);
  const slug = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "slug", exact: true }) });
  await expect(slug).toContainText("Text");
  await expect(slug).toContainText("100 %");
});

test("everything works by keyboard, and without JavaScript", async ({ page, user, sandbox, browser }) => {
  const source = await readSource(page, user, sandbox);
  await page.goto(`/sources/${source}/data`);
  const key = (await recordsOn(page).first().getByRole("link").textContent()) ?? "";
  await tabTo(page, page.getByLabel("Search"));
  await page.keyboard.type(key);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]q=/);
  await tabTo(page, page.getByRole("link", { name: key }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: key })).toBeVisible();
  const bare = await openWithoutScript(browser, user);
  await bare.goto(`/sources/${source}/data`);
  await bare.getByLabel("Search").fill(key);
  await bare.getByRole("button", { name: "Show" }).click();
  await bare.getByRole("link", { name: key }).click();
  await expect(bare.getByRole("heading", { level: 1, name: key })).toBeVisible();
  await bare.context().close();
});

for (const width of [320, 1280]) {
  test(`at ${width} px the pages of a data set are accessible, and only tables scroll sideways`, async ({
    page,
    user,
    sandbox,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    const source = await readSource(page, user, sandbox);
    await page.goto(`/sources/${source}/data`);
    const record = await recordsOn(page).first().getByRole("link").getAttribute("href");
    const credential = await seedCredential(user, { ...rightCredential(sandbox), name: "Another" });
    const empty = await seedEndpoint(user, credential, { name: "Not read yet" });
    const data = `/sources/${source}/data`;
    const pages = [data, `${data}?q=none`, record, `/sources/${source}/columns`, `/sources/${empty}/data`];
    for (const path of pages) {
      await page.goto(path ?? "");
      await expectAccessible(page, `${path} at ${width} px`);
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(isWide, path ?? "").toBe(false);
    }
  });
}
