import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { tabTo } from "./keyboard";
import { openWithoutScript } from "./no-script";
import { seedCredential, seedEndpoint, seedPullRequests, stateOn } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { callAction } from "./server-actions";

async function seedSource(user: User, sandbox: Sandbox): Promise<string> {
  return seedEndpoint(user, await seedCredential(user, rightCredential(sandbox)));
}

async function shareAs(administrator: User, owner: User, to: User, source: string, role: string) {
  const found = await administrator.client.get(`/admin/users?q=${encodeURIComponent(to.email)}`);
  const id = /\/admin\/users\/([0-9a-f-]{36})/.exec(await found.text())?.[1];
  const grant = { kind: "endpoint", id: source, grantee: `person:${id}`, role };
  const answer = await callAction(owner.client, "shareAction", grant);
  expect(answer.code).toBe("ok");
}

/** Lets the page believe that its tab is shown or not: a headless browser hides none. */
async function show(page: Page, state: "visible" | "hidden"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/** Starts a run of a server that answers slowly: it runs until `sandbox.set` makes the server quick again. */
async function startSlowRun(page: Page, source: string, sandbox: Sandbox): Promise<void> {
  sandbox.set("/", { delayMs: 3000 });
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(page).toHaveURL(new RegExp(`/sources/${source}/runs/[0-9a-f-]{36}$`));
  await expect(stateOn(page)).toHaveText(/^Running/);
}

test("Run now leads to the run, which shows by itself that it succeeded, and what it read", async ({
  page,
  user,
  sandbox,
}) => {
  const source = await seedSource(user, sandbox);
  await page.goto(`/sources/${source}`);
  await expect(page.getByText("Nothing has been read yet.")).toBeVisible();
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  await expect(page.getByRole("list", { name: "Parts" }).getByRole("listitem").first()).toBeVisible();
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  const data = page.getByRole("region", { name: "Data" });
  await expect(data).toContainText(/[1-9]\d* records/);
  const charts = page.getByRole("region", { name: "Recent runs" });
  await expect(charts.getByRole("img", { name: /^Records read: at most [1-9]/ })).toBeVisible();
  await charts.getByText("As a table").first().click();
  await expect(charts.getByRole("table").first().getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  const runs = page.getByRole("list", { name: "Runs" }).getByRole("listitem");
  await expect(runs).toHaveCount(1);
  await expect(runs).toContainText(`by ${user.name}`);
  await page.goto("/sources");
  await expect(page.getByRole("listitem").filter({ hasText: "Nightly import" })).toContainText("last run");
});

test("a run is followed in two browsers at once, and Cancel in one ends it in both", async ({
  page,
  user,
  another,
  administrator,
  sandbox,
}) => {
  const source = await seedSource(user, sandbox);
  const { user: viewer, page: other } = await another();
  await shareAs(administrator, user, viewer, source, "collaborator");
  await startSlowRun(page, source, sandbox);
  await other.goto(`/sources/${source}`);
  await expect(stateOn(other)).toHaveText(/^Running/);
  await expect(other.getByRole("button", { name: "Run now" })).toHaveCount(0);
  await expect(other.getByRole("progressbar", { name: "Progress" })).toBeVisible();
  await other.goto(page.url());
  await expect(other.getByRole("button", { name: "Cancel" })).toHaveCount(0);
  await page.getByRole("button", { name: "Cancel" }).click();
  for (const browser of [page, other]) await expect(stateOn(browser)).toHaveText(/^Cancelled/);
  await expect(page.getByRole("button", { name: "Cancel" })).toHaveCount(0);
});

test("a second press of Run now, by somebody else, leads to the run that is under way", async ({
  page,
  user,
  another,
  administrator,
  sandbox,
}) => {
  const source = await seedSource(user, sandbox);
  const { user: operator, page: other } = await another();
  await shareAs(administrator, user, operator, source, "operator");
  await startSlowRun(page, source, sandbox);
  await other.goto(`/sources/${source}`);
  await other.getByRole("button", { name: "Run now" }).click();
  await expect(other).toHaveURL(page.url());
  sandbox.set("/", { delayMs: 0 });
  for (const browser of [page, other]) {
    await expect(stateOn(browser)).toHaveText(/^(Succeeded|Incomplete)/);
  }
  await page.goto(`/sources/${source}/runs`);
  await expect(page.getByRole("list", { name: "Runs" }).getByRole("listitem")).toHaveCount(1);
});

test("only changes of the state are announced, not the numbers that grow", async ({
  page,
  user,
  sandbox,
}) => {
  const source = await seedSource(user, sandbox);
  await startSlowRun(page, source, sandbox);
  await expect(stateOn(page)).toHaveText("Running");
  await expect(page.getByText("Calls", { exact: true })).toBeVisible();
  const inLiveRegions = page.locator("[role=status], [role=alert], [aria-live]").filter({ hasText: "Calls" });
  await expect(inLiveRegions).toHaveCount(0);
  sandbox.set("/", { delayMs: 0 });
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
});

test("a hidden tab asks for nothing, and shows the state once it is seen again", async ({
  page,
  context,
  user,
  sandbox,
}) => {
  const source = await seedSource(user, sandbox);
  await startSlowRun(page, source, sandbox);
  await show(page, "hidden");
  const seen = await context.newPage();
  await seen.goto(page.url());
  sandbox.set("/", { delayMs: 0 });
  await expect(stateOn(seen)).toHaveText(/^(Succeeded|Incomplete)/);
  await expect(stateOn(page)).toHaveText("Running");
  await show(page, "visible");
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
});

test("a run that waits for the server's request allowance says so, and how long", async ({
  page,
  user,
  sandbox,
}) => {
  const source = await seedPullRequests(user, await seedCredential(user, rightCredential(sandbox)));
  sandbox.set("/", { rateLimit: "enforced", bucketCapacity: 1, bucketFillRate: 0.02 });
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(stateOn(page)).toHaveText(/^Waiting The server's limit of requests/);
  await expect(page.getByText("Goes on in")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(stateOn(page)).toHaveText(/^Cancelled/);
});

test("without script a run is started, seen to its end by reloads, and read", async ({
  browser,
  user,
  sandbox,
}) => {
  const source = await seedSource(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  await expect(page).toHaveURL(new RegExp(`/sources/${source}/runs/`));
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("button", { name: "Read everything again" }).click();
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  await expect(page.getByRole("heading", { name: "Run that reads everything" })).toBeVisible();
  await page.context().close();
});

test("a run is started and cancelled by keyboard alone", async ({ page, user, sandbox }) => {
  const source = await seedSource(user, sandbox);
  sandbox.set("/", { delayMs: 3000 });
  await page.goto(`/sources/${source}`);
  await tabTo(page, page.getByRole("button", { name: "Run now" }));
  await page.keyboard.press("Enter");
  await expect(stateOn(page)).toHaveText(/^Running/);
  await tabTo(page, page.getByRole("button", { name: "Cancel" }));
  await page.keyboard.press("Enter");
  await expect(stateOn(page)).toHaveText(/^Cancelled/);
});

test("runs and history of a source are a 404 for others, and for the other direction", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  const source = await seedSource(user, sandbox);
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  const run = new URL(page.url()).pathname;
  const { user: other } = await another();
  for (const path of [
    run,
    `/sources/${source}/runs`,
    `/sources/${source}/history`,
    `/sources/${source}/access`,
  ]) {
    expect((await user.client.get(path)).status, path).toBe(200);
    expect((await other.client.get(path)).status, path).toBe(404);
    expect((await user.client.get(path.replace("sources", "destinations"))).status, path).toBe(404);
  }
  expect((await user.client.get(`${run.slice(0, -1)}g`)).status).toBe(404);
  const own = await seedSource(other, sandbox);
  expect((await other.client.get(run.replace(source, own))).status).toBe(404);
});

test("Access says that whoever sees a source sees its records, and Delete counts them", async ({
  page,
  user,
  sandbox,
}) => {
  const source = await seedSource(user, sandbox);
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  await page.getByRole("link", { name: "Access" }).click();
  await expect(page.getByText(/may see all its records/)).toBeVisible();
  await page.getByRole("searchbox", { name: "Person or team" }).fill("nobody of that name");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/\/access\?q=/);
  await expect(page.getByText(/Nobody and no team matches/)).toBeVisible();
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByRole("list").filter({ hasText: "By: " }).first()).toContainText(user.name);
  await page.getByRole("link", { name: "Delete" }).click();
  await expect(page.getByText(/with it \d+ records? and 1 run, and everybody's access/)).toBeVisible();
});

test("the pages of a source and its run are accessible, in both themes and at 320 px", async ({
  page,
  user,
  sandbox,
}) => {
  test.slow();
  const source = await seedSource(user, sandbox);
  await page.goto(`/sources/${source}`);
  await expectAccessible(page, "a source that has not run");
  await startSlowRun(page, source, sandbox);
  await expectAccessible(page, "a run under way");
  sandbox.set("/", { delayMs: 0 });
  await expect(stateOn(page)).toHaveText(/^(Succeeded|Incomplete)/);
  await expectAccessible(page, "a run that is over");
  for (const tab of ["", "/runs", "/data", "/columns", "/history", "/access"]) {
    await page.goto(`/sources/${source}${tab}`);
    for (const table of await page.getByText("As a table").all()) await table.click();
    await expectAccessible(page, `a source's tab “${tab}”`);
  }
});
