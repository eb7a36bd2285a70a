import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { tabTo, typeInto } from "./keyboard";
import { openWithoutScript } from "./no-script";
import { seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";
import { newestCommit } from "./sandbox/newest-commit";
import type { Sandbox } from "./sandbox/start";

/** How somebody works: every step of the story is done so. */
type Way = {
  readonly name: string;
  readonly hasScript: boolean;
  readonly press: (page: Page, button: Locator) => Promise<void>;
  readonly check: (page: Page, radio: Locator) => Promise<void>;
  readonly choose: (page: Page, select: Locator, option: string) => Promise<void>;
  readonly type: (page: Page, field: Locator, text: string) => Promise<void>;
};

const byMouse: Omit<Way, "name" | "hasScript"> = {
  press: (_, button) => button.click(),
  check: (_, radio) => radio.check(),
  choose: async (_, select, option) => void (await select.selectOption(option)),
  type: (_, field, text) => field.fill(text),
};

const byKeyboard: Omit<Way, "name" | "hasScript"> = {
  press: async (page, button) => {
    await tabTo(page, button);
    await page.keyboard.press("Enter");
  },
  check: async (page, radio) => {
    await tabTo(page, radio);
    await page.keyboard.press("Space");
  },
  choose: async (page, select, option) => {
    await tabTo(page, select);
    await page.keyboard.type(option);
  },
  type: typeInto,
};

const mouse: Way = { name: "by mouse", hasScript: true, ...byMouse };
const ways: readonly Way[] = [
  mouse,
  { name: "by keyboard", hasScript: true, ...byKeyboard },
  { name: "without JavaScript", hasScript: false, ...byMouse },
];

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const field = (page: Page, name: string) => page.getByRole("group", { name, exact: true });
const rowsOn = (page: Page) => page.getByRole("table", { name: "Results" }).locator("tbody").getByRole("row");
const kinds = (page: Page) => page.getByRole("navigation", { name: "Results by kind" });

/** Waits for the end of the run that the page shows; without script the page is loaded again. */
async function expectState(page: Page, way: Way, state: "Succeeded" | "Incomplete"): Promise<Locator> {
  const status = page.getByRole("status").filter({ hasText: new RegExp(`^${state}`) });
  await expect(async () => {
    if (!way.hasScript) await page.reload();
    await expect(status).toBeVisible({ timeout: way.hasScript ? 20_000 : 1_000 });
  }).toPass({ timeout: 30_000 });
  return status;
}

/** The page for this way of working; what it needs is closed with the test's own page. */
async function pageOf(way: Way, page: Page, user: User): Promise<Page> {
  const browser = page.context().browser();
  if (way.hasScript || !browser) return page;
  return openWithoutScript(browser, user);
}

/** A source that has read the pull requests of SHOP/storefront; returns how many. */
async function readPullRequests(page: Page, user: User, credentialId: string): Promise<number> {
  const address = new URLSearchParams({
    credential: credentialId,
    stream: "pull-requests",
    scope: "repositories",
    repository: "1/SHOP/storefront/SHOP/storefront",
  });
  const fields = { name: "Open reviews", description: "", credentialId };
  const saved = await user.client.submit(`/sources/new/bitbucket-server/details?${address}`, fields);
  await page.goto(new URL(saved.headers.get("location") ?? "", user.client.origin).pathname);
  await button(page, "Run now").click();
  await expect(page.getByRole("status").filter({ hasText: /^Succeeded/ })).toBeVisible();
  await page.getByRole("link", { name: "Data", exact: true }).click();
  const records = page.getByRole("table", { name: "Records" }).locator("tbody").getByRole("row");
  await expect(records.first()).toBeVisible();
  return records.count();
}

/** Starts a dry run or a run with the button of the destination, and waits until the page shows it. */
async function start(page: Page, way: Way, name: "Dry run" | "Run now"): Promise<void> {
  const before = page.url();
  await way.press(page, button(page, name));
  await expect(page).not.toHaveURL(before);
  await expect(page).toHaveURL(name === "Dry run" ? /\/dry-run$/ : /\/runs\/[0-9a-f-]{36}$/);
}

async function saveDestination(page: Page, way: Way): Promise<void> {
  await way.press(page, button(page, "Next"));
  await expect(page.getByLabel("Name", { exact: true })).not.toHaveValue("");
  await way.press(page, button(page, "Save"));
  await expect(page.getByRole("main")).toContainText("is saved");
}

/** The written comments by pull request: two are sent at a time, so those of different ones stand in no order. */
function commentsOn(sandbox: Sandbox): { text: string; pull: number | null }[] {
  const comments = sandbox.written("/").comments.map(({ text, pull }) => ({ text, pull }));
  return comments.sort((a, b) => (a.pull ?? 0) - (b.pull ?? 0));
}

for (const way of ways) {
  test(`${way.name}, the pull requests of a data set become comments on the server, once`, async ({
    page: scripted,
    user,
    sandbox,
  }) => {
    test.slow();
    const credential = await seedCredential(user, rightCredential(sandbox));
    const count = await readPullRequests(scripted, user, credential);
    const page = await pageOf(way, scripted, user);
    await page.goto(`/destinations/new/bitbucket-server/data?credential=${credential}`);
    await way.check(page, page.getByRole("radio", { name: "Pull request comment", exact: true }));
    await way.check(page, page.getByRole("radio", { name: "Open reviews", exact: true }));
    if (!way.hasScript) await button(page, "Show fields").first().click();
    await expect(field(page, "Project").getByLabel("Column", { exact: true })).toHaveValue(/project_key$/);
    await expect(field(page, "Pull request").getByLabel("Column", { exact: true })).toHaveValue("id");
    const text = field(page, "Text");
    await way.choose(page, text.getByLabel("Value from"), "Text");
    await way.type(page, text.getByLabel("Text", { exact: true }), "Seen by {{author_display_name}}");
    await saveDestination(page, way);

    await start(page, way, "Dry run");
    await expect(await expectState(page, way, "Succeeded")).toContainText("Nothing was sent.");
    await expect(kinds(page).getByRole("link", { name: `Would send ${count}`, exact: true })).toBeVisible();
    await expect(rowsOn(page).first()).toContainText("POST /rest/api/1.0/projects/SHOP/repos/storefront");
    expect(sandbox.writes()).toEqual([]);

    await start(page, way, "Run now");
    await expectState(page, way, "Succeeded");
    await expect(kinds(page).getByRole("link", { name: `Sent ${count}`, exact: true })).toBeVisible();
    await expect(rowsOn(page)).toHaveCount(count);
    await expect(rowsOn(page).first()).toContainText("Sent");
    const comments = commentsOn(sandbox);
    expect(comments).toHaveLength(count);
    expect(new Set(comments.map(({ pull }) => pull)).size).toBe(count);
    for (const one of comments) expect(one.text).toMatch(/^Seen by \p{L}/u);
    expect(sandbox.writes()).toHaveLength(count);

    await start(page, way, "Run now");
    await expectState(page, way, "Succeeded");
    await expect(
      kinds(page).getByRole("link", { name: `Already there ${count}`, exact: true }),
    ).toBeVisible();
    expect(sandbox.writes()).toHaveLength(count);
    if (page !== scripted) await page.context().close();
  });

  test(`${way.name}, an uploaded file becomes comments; its bad row is named alike before and in the run`, async ({
    page: scripted,
    user,
    sandbox,
  }) => {
    test.slow();
    const credential = await seedCredential(user, rightCredential(sandbox));
    const page = await pageOf(way, scripted, user);
    await page.goto(
      `/destinations/new/bitbucket-server/data?credential=${credential}&action=pull-request-comment&input=upload`,
    );
    await upload(page, way, "findings.csv", `${header}SHOP,storefront,1,First\nSHOP,storefront,2\n`);
    const refused = page.getByRole("alert").filter({ hasText: "was refused, and nothing of it is kept" });
    await expect(refused).toContainText("“findings.csv”");
    await expect(refused).toContainText("Line 3: The row has 3 cells, the header 4.");

    const rows = ["SHOP,storefront,1,First", "SHOP,storefront,,Nowhere", 'SHOP,storefront,2,"Second, =1+1"'];
    await upload(page, way, "findings.csv", header + rows.map((row) => `${row}\r\n`).join(""));
    await expect(page.getByText("3 records · 4 columns")).toBeVisible();
    await way.press(page, button(page, "Dry run"));
    const inWizard = page.getByRole("region", { name: "Dry run" });
    await expect(inWizard.getByRole("status")).toContainText("2 records would be sent, 1 invalid");
    await expect(inWizard).toContainText(emptyCell);
    await saveDestination(page, way);

    await start(page, way, "Dry run");
    await expectState(page, way, "Incomplete");
    await expect(kinds(page).getByRole("link", { name: "Would send 2", exact: true })).toBeVisible();
    await way.press(page, kinds(page).getByRole("link", { name: "Invalid 1", exact: true }));
    await expect(rowsOn(page)).toHaveCount(1);
    await expect(rowsOn(page)).toContainText("Invalid");
    await expect(rowsOn(page)).toContainText(emptyCell);
    expect(sandbox.writes()).toEqual([]);

    await start(page, way, "Run now");
    await expectState(page, way, "Incomplete");
    await expect(kinds(page).getByRole("link", { name: "Sent 2", exact: true })).toBeVisible();
    await way.press(page, kinds(page).getByRole("link", { name: "Skipped 1", exact: true }));
    await expect(rowsOn(page)).toHaveCount(1);
    await expect(rowsOn(page)).toContainText("Skipped");
    await expect(rowsOn(page)).toContainText(emptyCell);
    expect(commentsOn(sandbox)).toEqual([
      { pull: 1, text: expect.stringMatching(/^First/) },
      { pull: 2, text: expect.stringMatching(/^Second, =1\+1/) },
    ]);
    expect(sandbox.writes()).toHaveLength(2);

    await start(page, way, "Run now");
    await expectState(page, way, "Incomplete");
    await expect(kinds(page).getByRole("link", { name: "Already there 2", exact: true })).toBeVisible();
    expect(sandbox.writes()).toHaveLength(2);
    if (way.name === "by mouse") await expectAccessible(page, "a run with a skipped record");
    if (page !== scripted) await page.context().close();
  });
}

test("a record whose answer was lost stays unknown, and Send again sends it without looking", async ({
  page,
  user,
  sandbox,
}) => {
  const credential = await seedCredential(user, rightCredential(sandbox));
  const commit = await newestCommit(sandbox, "SHOP/storefront");
  await page.goto(
    `/destinations/new/bitbucket-server/data?credential=${credential}&action=commit-comment&input=upload`,
  );
  const row = `SHOP,storefront,${commit},Why?\n`;
  await upload(page, mouse, "questions.csv", `project,repository,commit,text\n${row}`);
  await expect(page.getByText("1 record · 4 columns")).toBeVisible();
  await saveDestination(page, mouse);

  sandbox.instance("/").disturbances.cutConnection({ afterWrite: true });
  await start(page, mouse, "Run now");
  await expectState(page, mouse, "Incomplete");
  await kinds(page).getByRole("link", { name: "Unknown 1", exact: true }).click();
  await expect(rowsOn(page)).toContainText("Unknown");
  expect(sandbox.writes()).toHaveLength(1);

  await again(page, "Retry these");
  await expectState(page, mouse, "Incomplete");
  await kinds(page).getByRole("link", { name: "Unknown 1", exact: true }).click();
  await expect(page.getByText("may then stand twice")).toBeVisible();
  expect(sandbox.writes()).toHaveLength(1);

  await again(page, "Send again");
  await expectState(page, mouse, "Succeeded");
  await expect(kinds(page).getByRole("link", { name: "Sent 1", exact: true })).toBeVisible();
  const why = expect.stringMatching(/^Why\?/);
  expect(sandbox.written("/").comments.map(({ text }) => text)).toEqual([why, why]);
});

/** Asks for another run of what the list shows, and waits for its page. */
async function again(page: Page, name: "Retry these" | "Send again"): Promise<void> {
  const { pathname } = new URL(page.url());
  await button(page, name).click();
  await page.waitForURL((url) => url.pathname !== pathname);
}

const header = "project,repository,pull_request,text\n";
const emptyCell = "“Pull request” is required, but the column “pull_request” is empty here.";

/** Chooses a file, which the browser's own dialogue does, and uploads it. */
async function upload(page: Page, way: Way, name: string, text: string): Promise<void> {
  await page
    .getByLabel(/^(Another file|File)$/)
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await way.press(page, button(page, "Upload"));
}
