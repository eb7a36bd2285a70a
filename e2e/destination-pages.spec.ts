import type { BrowserContext, Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { type FilledPortal, hostileText, startFilledPortal } from "./filled-destination";
import { expect, test } from "./fixtures";
import { tabTo } from "./keyboard";
import type { Sandbox } from "./sandbox/start";
import { startSandboxOfTest } from "./sandbox-of-test";
import { callAction } from "./server-actions";

// One portal for all, because it is filled before it starts.
test.describe.configure({ mode: "serial" });

let sandbox: Sandbox;
let filled: FilledPortal;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  sandbox = await startSandboxOfTest();
  filled = await startFilledPortal(sandbox);
  context = await browser.newContext({ baseURL: filled.portal.origin });
  await context.addCookies(filled.user.client.cookies());
  page = await context.newPage();
});

test.afterAll(async () => {
  await context?.close();
  await filled?.stop();
  await sandbox?.close();
});

const runOf = ({ write: { endpointId, runId } }: FilledPortal) => `/destinations/${endpointId}/runs/${runId}`;
const rowsOn = (on: Page): Locator =>
  on.getByRole("table", { name: "Results" }).locator("tbody").getByRole("row");
const kinds = (on: Page): Locator => on.getByRole("navigation", { name: "Results by kind" });

test("the overview says what is written, from where, and how the runs went", async () => {
  await page.goto(`/destinations/${filled.comments}`);
  await expect(page.getByRole("status").filter({ hasText: /^Incomplete/ })).toContainText(
    "120 sent, 1 already there, 2 rejected, 1 skipped, 1 unknown, 1 held.",
  );
  await expect(page.getByText("Pull request comment")).toBeVisible();
  await expect(page.getByRole("link", { name: "Review findings" })).toBeVisible();
  const charts = page.getByRole("region", { name: "Recent runs" });
  await expect(charts.getByRole("img", { name: /^Records sent: at most 120/ })).toBeVisible();
  await charts.getByText("As a table").first().click();
  await expect(charts.getByRole("table").first().getByRole("row")).toHaveCount(6);
  for (const name of ["Run now", "Dry run", "Pause"]) {
    await expect(page.getByRole("button", { name })).toBeVisible();
  }
  await page.getByRole("link", { name: "This run in full" }).click();
  await expect(page).toHaveURL(runOf(filled));
});

test("results are filtered, searched and paged, by links and a form", async () => {
  await page.goto(runOf(filled));
  await expect(rowsOn(page)).toHaveCount(50);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rowsOn(page).first()).toContainText("SHOP/storefront/51");
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rowsOn(page)).toHaveCount(26);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(rowsOn(page).first()).toContainText("SHOP/storefront/51");
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(rowsOn(page).first()).toContainText("SHOP/storefront/1");
  await expect(page.getByRole("link", { name: "Previous" })).toHaveCount(0);
  await kinds(page).getByRole("link", { name: "Rejected 2" }).click();
  await expect(rowsOn(page)).toHaveCount(2);
  await expect(page).toHaveURL(/result=rejected/);
  await page.getByRole("searchbox", { name: "Key" }).fill("long/");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(rowsOn(page)).toHaveCount(1);
  await page.getByRole("link", { name: "Clear" }).click();
  await kinds(page).getByRole("link", { name: /^All/ }).click();
  await page.getByRole("searchbox", { name: "Key" }).fill("nothing begins so");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/No record matches/)).toBeVisible();
});

test("a record shows its exact request and values; a link leads to the server only if it is the server's", async () => {
  await page.goto(runOf(filled));
  const link = rowsOn(page).first().getByRole("link", { name: /^Open/ });
  expect(await link.getAttribute("href")).toContain(sandbox.url("/"));
  await page.goto(`${runOf(filled)}?result=rejected`);
  await expect(page.getByRole("link", { name: /^Open/ })).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Results" })).toContainText("Shorten the text");
  await page.goto(`${runOf(filled)}/results/1`);
  const request = page.getByRole("region", { name: "Exact request" });
  await expect(request).toContainText(
    "POST /rest/api/1.0/projects/SHOP/repos/storefront/pull-requests/7/comments",
  );
  await expect(request).toContainText('"text": "Finding 1"');
  await expect(page.getByRole("region", { name: "Values" })).toContainText("Pull request");
});

test("text of the server is inert, and a very long key breaks no page", async () => {
  await page.goto(`${runOf(filled)}?result=rejected`);
  await expect(page.getByText(/<script>alert\(1\)<\/script>/).first()).toBeVisible();
  for (const key of ["long/", "<script>"]) {
    await page.goto(`${runOf(filled)}?${new URLSearchParams({ result: "rejected", key })}`);
    await rowsOn(page).first().getByRole("rowheader").getByRole("link").click();
    await page.waitForURL(/\/results\/\d+$/);
    await expectAccessible(page, `the record ${key}`);
  }
  const csv = await (await filled.user.client.get(`${runOf(filled)}/results.csv?result=rejected`)).text();
  expect(csv).toContain(hostileText.slice(0, 8));
});

test("downloads hold what the filter shows, and refuse a filter that there is not", async () => {
  const get = (rest: string) => filled.user.client.get(`${runOf(filled)}/results.${rest}`);
  expect((await (await get("ndjson")).text()).trimEnd().split("\n")).toHaveLength(126);
  expect((await (await get("ndjson?result=rejected&key=long")).text()).trimEnd().split("\n")).toHaveLength(1);
  const csv = await get("csv?result=held");
  expect(csv.headers.get("content-disposition")).toBe('attachment; filename="Findings-as-comments-held.csv"');
  expect((await csv.text()).trimEnd().split("\r\n")).toHaveLength(2);
  expect((await get("csv?result=sentt")).status).toBe(400);
  await page.goto(`${runOf(filled)}?result=held`);
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "NDJSON" }).click();
  expect((await started).suggestedFilename()).toBe("Findings-as-comments-held.ndjson");
});

test("the dry run shows counts and the exact requests", async () => {
  await page.goto(`/destinations/${filled.comments}/dry-run`);
  await expect(page.getByRole("status").filter({ hasText: /^Incomplete/ })).toContainText(
    "Nothing was sent.",
  );
  await expect(kinds(page).getByRole("link", { name: "Would send 60" })).toBeVisible();
  await expect(rowsOn(page).first()).toContainText("POST /rest/api/1.0/projects/SHOP");
  await kinds(page).getByRole("link", { name: "Invalid 1" }).click();
  await expect(page).toHaveURL(/dry-run\?result=skipped/);
  await expect(rowsOn(page)).toContainText("is required, but the column");
  await expect(page.getByRole("button", { name: "Retry these" })).toHaveCount(0);
});

test("what cannot be taken back is run only by its button, which names the number", async () => {
  await page.goto(`/destinations/${filled.dangerous}`);
  await expect(page.getByRole("button", { name: "Run now" })).toHaveCount(0);
  await page.getByRole("link", { name: "Dry run" }).click();
  await expect(page.getByRole("button", { name: "Merge 12 pull requests" })).toBeVisible();
  await expectAccessible(page, "a dry run to confirm");
  const { endpointId, runId } = filled.merges;
  const wrong = await callAction(filled.user.client, "confirmDeliveryAction", {
    endpointId,
    runId,
    count: "11",
  });
  expect([wrong.code, wrong.text]).toEqual(["CONFLICT", expect.stringContaining("this dry run has 12")]);
});

test("nobody else sees a destination's runs, results or downloads; their words are those of absence", async () => {
  const paths = [
    `/destinations/${filled.comments}`,
    `/destinations/${filled.comments}/runs`,
    `/destinations/${filled.comments}/dry-run`,
    runOf(filled),
    `${runOf(filled)}?result=rejected`,
    `${runOf(filled)}/results/1`,
    `${runOf(filled)}/results.ndjson`,
    `${runOf(filled)}/results.csv`,
  ];
  for (const path of paths) {
    expect((await filled.user.client.get(path)).status, path).toBe(200);
    expect((await filled.stranger.client.get(path)).status, path).toBe(404);
    expect((await filled.user.client.get(path.replace("destinations", "sources"))).status, path).toBe(404);
  }
  for (const path of [`${runOf(filled)}/results/999`, `${runOf(filled)}/results/x`]) {
    expect((await filled.user.client.get(path)).status, path).toBe(404);
  }
  const { endpointId, runId } = filled.write;
  const retried = await callAction(filled.stranger.client, "retryDeliveriesAction", { endpointId, runId });
  expect(retried.code).toBe("NOT_FOUND");
});

test("by keyboard and without JavaScript, results are filtered, searched and opened", async ({ browser }) => {
  await page.goto(runOf(filled));
  await tabTo(page, kinds(page).getByRole("link", { name: "Rejected 2" }));
  await page.keyboard.press("Enter");
  await expect(rowsOn(page)).toHaveCount(2);
  await tabTo(page, page.getByRole("region", { name: "Results, scrolling sideways" }));
  const bare = await browser.newContext({ baseURL: filled.portal.origin, javaScriptEnabled: false });
  await bare.addCookies(filled.user.client.cookies());
  const plain = await bare.newPage();
  await plain.goto(runOf(filled));
  await kinds(plain).getByRole("link", { name: "Held 1" }).click();
  await plain.getByRole("searchbox", { name: "Key" }).fill("SHOP/");
  await plain.getByRole("button", { name: "Search" }).click();
  await rowsOn(plain).getByRole("link", { name: "SHOP/storefront/later" }).click();
  await expect(plain.getByRole("heading", { level: 1, name: "SHOP/storefront/later" })).toBeVisible();
  await bare.close();
});

for (const tab of ["", "/runs", "/dry-run", "/history", "/access"]) {
  test(`the page “${tab}” of a destination is accessible, in both themes and at 320 px`, async () => {
    for (const id of [filled.comments, filled.bare]) {
      await page.goto(`/destinations/${id}${tab}`);
      await expectAccessible(page, `${id === filled.bare ? "a bare" : "a"} destination’s “${tab}”`);
    }
  });
}

test("the page of a run is accessible, with all, some and no results", async () => {
  for (const search of ["", "?result=rejected", "?key=none"]) {
    await page.goto(`${runOf(filled)}${search}`);
    await expectAccessible(page, `a destination’s run ${search}`);
  }
});

test("Retry these asks for a run of the records of the filter", async () => {
  await page.goto(`${runOf(filled)}?result=held`);
  await expect(page.getByText("1 record of this list is not there as it should be.")).toBeVisible();
  await page.getByRole("button", { name: "Retry these" }).click();
  await expect(page).toHaveURL(new RegExp(`/destinations/${filled.comments}/runs/[0-9a-f-]{36}$`));
  await expect(page).not.toHaveURL(runOf(filled));
  await expect(
    page
      .getByRole("status")
      .filter({ hasText: /^[A-Z]/ })
      .first(),
  ).toBeVisible();
});
