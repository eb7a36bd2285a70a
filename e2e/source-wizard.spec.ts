import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { tabTo } from "./keyboard";
import { openWithoutScript } from "./no-script";
import { authenticatePath, detailsPath, seedCredential, seedEndpoint } from "./page-objects";
import { rightCredential } from "./refusals";
import { type Sandbox, startSandbox } from "./sandbox/start";

const dataPath = (credential: string, query = "") =>
  `${authenticatePath}/data?credential=${credential}&${query}`;
const radio = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const sample = (page: Page) => page.getByRole("table", { name: "Sample" });

function requestsSince(sandbox: Sandbox) {
  const since = sandbox.journal().at(-1)?.n;
  return () => sandbox.journal({ since });
}

async function seed(user: User, sandbox: Sandbox): Promise<string> {
  return seedCredential(user, rightCredential(sandbox));
}

test("a source is put together by mouse: stream, searched repositories, preview, schedule, its own page", async ({
  page,
  user,
}) => {
  const sandbox = await startSandbox({ size: "large" });
  const credential = await seed(user, sandbox);
  await page.goto(dataPath(credential));
  await radio(page, "Pull requests").check();
  await expect(page.getByLabel("State")).toBeVisible();
  await expect(radio(page, "Pull requests")).toBeFocused();
  await page.getByLabel("State").selectOption("OPEN");

  const asked = requestsSince(sandbox);
  await radio(page, "Chosen repositories").check();
  const found = page.getByRole("group", { name: /on the server/ });
  await expect(found.getByRole("checkbox")).toHaveCount(50);
  expect(asked(), "requests for the first page of 300 repositories").toHaveLength(1);
  await button(page, "More repositories").click();
  await expect(button(page, "First ones")).toBeVisible();
  await found.getByRole("checkbox").nth(0).check();

  const search = page.getByRole("searchbox", { name: "Search repositories" });
  await search.fill("storefront");
  await search.press("Enter");
  const chosen = page.getByRole("group", { name: /^Chosen repositories/ });
  await expect(chosen.getByRole("checkbox")).toHaveCount(1);
  const storefront = page.getByRole("group", { name: "Found repositories" }).getByRole("checkbox").first();
  await storefront.check();
  await button(page, "Search").click();
  await expect(chosen.getByRole("checkbox")).toHaveCount(2);
  await chosen.getByRole("checkbox").nth(0).uncheck();
  await button(page, "Search").click();
  await expect(chosen.getByRole("checkbox")).toHaveCount(1);
  await expect(page.getByLabel("State")).toHaveValue("OPEN");

  const previewed = requestsSince(sandbox);
  await button(page, "Preview").click();
  await expect(sample(page).getByRole("columnheader", { name: "title text" })).toBeVisible();
  await expect(sample(page).getByRole("row")).toHaveCount(26);
  await expect(page.getByText(/^Read with/)).toBeVisible();
  // One more for the list beside it.
  expect(previewed().length).toBeLessThanOrEqual(6);
  await page.getByText("JSON", { exact: true }).click();
  await expect(page.getByText('"state": "OPEN"').first()).toBeVisible();

  await button(page, "Next").click();
  const name = page.getByLabel("Name", { exact: true });
  await expect(name).toHaveValue(/^Pull requests of /);
  await page.getByLabel("Schedule").selectOption("cron");
  await page.getByLabel("Cron expression").fill("30 2 * * *");
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Berlin");
  await expect(page.getByRole("region", { name: "Next times" }).getByRole("listitem")).toHaveCount(5);
  await button(page, "Save").click();
  await expect(page.getByRole("heading", { name: /^Pull requests of / })).toBeVisible();
  await expect(page).toHaveURL(/\/sources\/[0-9a-f-]{36}/);
  await sandbox.close();
});

test("the steps Data and Details work by keyboard, and going back shows what was chosen", async ({
  page,
  user,
  sandbox,
}) => {
  await page.goto(dataPath(await seed(user, sandbox)));
  await tabTo(page, radio(page, "Projects"));
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(radio(page, "Repositories")).toBeChecked();
  await expect(page).toHaveURL(/stream=repositories/);
  await expect(radio(page, "Repositories")).toBeFocused();
  await tabTo(page, button(page, "Preview"));
  await page.keyboard.press("Enter");
  await expect(sample(page)).toBeVisible();
  await tabTo(page, button(page, "Next"));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Repositories");
  await page.goBack();
  await expect(radio(page, "Repositories")).toBeChecked();
});

test("back and forward show each earlier state of the step Data", async ({ page, user, sandbox }) => {
  await page.goto(dataPath(await seed(user, sandbox)));
  await radio(page, "Pull requests").check();
  await page.getByLabel("State").selectOption("MERGED");
  await button(page, "Preview").click();
  await expect(page).toHaveURL(/p\.state=MERGED.*do=preview/);
  await page.getByLabel("State").selectOption("OPEN");
  await button(page, "Preview").click();
  await expect(page).toHaveURL(/p\.state=OPEN.*do=preview/);
  await page.goBack();
  await expect(page.getByLabel("State")).toHaveValue("MERGED");
  await page.goForward();
  await expect(page.getByLabel("State")).toHaveValue("OPEN");
});

test("without JavaScript a source is chosen, searched, previewed, timed and saved", async ({
  browser,
  user,
  sandbox,
}) => {
  const page = await openWithoutScript(browser, user);
  await page.goto(dataPath(await seed(user, sandbox)));
  await expect(page.getByRole("searchbox", { name: "Search what to read" }), "a dead field").toBeHidden();
  await radio(page, "Commits").check();
  await radio(page, "Chosen projects").check();
  await button(page, "Show the choices of this").click();
  await expect(page.getByLabel("Branch", { exact: true })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search projects" }).fill("shop");
  await button(page, "Search").click();
  await page.getByRole("checkbox").first().check();
  await button(page, "Preview").click();
  await expect(sample(page)).toContainText("SHOP");
  await button(page, "Next").click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(/^Commits of /);
  await page.getByLabel("Description").fill("Kept");
  await page.getByLabel("Schedule").selectOption("cron");
  await page.getByLabel("Cron expression").fill("0 0 30 2 *");
  await button(page, "Show next times").click();
  await expect(page.getByText(/^This never comes/)).toBeVisible();
  await button(page, "Save").click();
  await expect(page.getByLabel("Cron expression")).toHaveAccessibleDescription(/never comes/);
  await page.getByLabel("Cron expression").fill("0 6 * * 1-5");
  await button(page, "Show next times").click();
  await expect(page.getByRole("region", { name: "Next times" })).toContainText(
    "At 06:00, Monday to Friday (UTC)",
  );
  await expect(page.getByLabel("Description")).toHaveValue("Kept");
  await button(page, "Save").click();
  await expect(page.getByRole("heading", { name: /^Commits of / })).toBeVisible();
  await page.context().close();
});

test("each bad choice is refused at its field, and nothing is sent to the server for it", async ({
  page,
  user,
  sandbox,
}) => {
  const credential = await seed(user, sandbox);
  await page.goto(dataPath(credential));
  const asked = requestsSince(sandbox);
  await button(page, "Next").click();
  const streams = page.getByRole("radiogroup", { name: "What to read" });
  await expect(streams).toHaveAccessibleDescription("Choose what to read.");
  await expect(page).toHaveURL(/\/data\?/);

  await radio(page, "Manual request").check();
  await page.getByLabel("Path", { exact: true }).fill("/admin/users");
  await button(page, "Preview").click();
  await expect(page.getByLabel("Path", { exact: true })).toHaveAccessibleDescription(/begin with \/rest\//);
  await expect(page.getByLabel("Path", { exact: true })).toHaveValue("/admin/users");
  await expect(radio(page, "Chosen projects")).toBeDisabled();
  expect(asked()).toEqual([]);

  await page.goto(dataPath(credential, "stream=commits&scope=projects&project=junk&do=next"));
  await expect(page.getByRole("radiogroup", { name: "Scope" })).toHaveAccessibleDescription(
    /Choose at least one/,
  );
  const many = Array.from({ length: 51 }, (_, id) => `repository=${id}/SHOP/s${id}/s${id}`).join("&");
  await page.goto(dataPath(credential, `stream=commits&scope=repositories&${many}&do=next`));
  await expect(page.getByRole("radiogroup", { name: "Scope" })).toHaveAccessibleDescription(/at most 50/);

  await page.goto(`${authenticatePath}/details?credential=${credential}&stream=none`);
  await expect(page).toHaveURL(/\/data\?/);

  await page.goto(detailsPath(credential));
  await page.getByLabel("Schedule").selectOption("every");
  await page.getByLabel("Every", { exact: true }).fill("0");
  await button(page, "Save").click();
  await expect(page.getByLabel("Every", { exact: true })).toHaveAccessibleDescription(
    /at most once a minute/,
  );
  await expect(page.getByLabel("Every", { exact: true })).toBeFocused();
});

test("a manual request is previewed like any other stream", async ({ page, user, sandbox }) => {
  await page.goto(dataPath(await seed(user, sandbox)));
  await radio(page, "Manual request").check();
  await page.getByLabel("Path", { exact: true }).fill("/rest/api/1.0/projects");
  await button(page, "Preview").click();
  await expect(sample(page)).toContainText("SHOP");
});

test("what this server's version lacks cannot be chosen, and says why", async ({ page, user, sandbox }) => {
  sandbox.set("/", { version: "7.17.0" });
  await page.goto(dataPath(await seed(user, sandbox)));
  await expect(radio(page, "HTTP access tokens")).toBeDisabled();
  await expect(radio(page, "HTTP access tokens")).toHaveAccessibleDescription(
    /Since Bitbucket 7\.18; this server is 7\.17\.0/,
  );
});

test("a preview with a secret that the server refuses reads like a check, and is tried once", async ({
  page,
  user,
  sandbox,
}) => {
  const credential = await seed(user, sandbox);
  sandbox.set("/", { basicAuth: false });
  await page.goto(dataPath(credential, "stream=projects&scope=everything"));
  const asked = requestsSince(sandbox);
  await button(page, "Preview").click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await expect(sample(page)).toHaveCount(0);
  expect(asked()).toHaveLength(1);
});

test("changing what a source reads asks before its records go, and the schedule is edited beside it", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedEndpoint(user, await seed(user, sandbox));
  await page.goto(`/sources/${id}/edit`);
  await page.getByLabel("Schedule").selectOption("every");
  await page.getByLabel("Every", { exact: true }).fill("2");
  await page.getByLabel("Keep runs, in days").fill("30");
  await button(page, "Save").click();
  await expect(page.getByText("is saved")).toBeVisible();

  await page.goto(`/sources/${id}/edit`);
  await expect(page.getByLabel("Every", { exact: true })).toHaveValue("2");
  await expect(page.getByLabel("Keep runs, in days")).toHaveValue("30");
  await page.getByRole("link", { name: "Change what is read" }).click();
  await expect(radio(page, "Repositories")).toBeChecked();
  await radio(page, "Chosen projects").check();
  await page.getByRole("checkbox").first().check();
  await button(page, "Next").click();
  await expect(page.getByText("Saving starts a new data set")).toBeVisible();
  await page.getByRole("checkbox", { name: "Remove the records read so far" }).check();
  await button(page, "Save").click();
  await expect(page.getByText("is saved")).toBeVisible();
  await page.goto(`/sources/${id}/edit`);
  await expect(page.getByText(/^Repositories · /)).not.toHaveText("Repositories · everything");
});

test("every state of the steps is accessible, in both themes and at 320 pixels", async ({
  page,
  user,
  sandbox,
}) => {
  test.slow();
  const credential = await seed(user, sandbox);
  const id = await seedEndpoint(user, credential);
  const states: [what: string, address: string][] = [
    ["data", dataPath(credential)],
    ["data refused", dataPath(credential, "stream=manual&do=next")],
    [
      "data with lists and a preview",
      dataPath(credential, "stream=commits&scope=repositories&repository=1/A/b/B&do=preview"),
    ],
    ["data with a sample", dataPath(credential, "stream=pull-requests&scope=everything&do=preview")],
    ["details", detailsPath(credential)],
    ["edit", `/sources/${id}/edit`],
    ["edit with a new choice", `/sources/${id}/edit?stream=commits&scope=everything`],
    ["edit data", `/sources/${id}/edit/data?stream=commits&scope=projects`],
  ];
  for (const [what, address] of states) {
    await page.goto(address);
    await expectAccessible(page, what);
  }
  await page.goto(detailsPath(credential));
  await page.getByLabel("Schedule").selectOption("cron");
  await page.getByLabel("Cron expression").fill("61 * * * *");
  await button(page, "Save").click();
  await expect(page.getByLabel("Cron expression")).toHaveAccessibleDescription(
    /The minute “61” cannot be read/,
  );
  await expectAccessible(page, "details with a refused schedule");
});
