import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { tabTo, typeInto } from "./keyboard";
import { openWithoutScript } from "./no-script";
import { chooseWriting, commentChoice, seedCredential, seedEndpoint } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

const wizard = "/destinations/new/bitbucket-server";
const dataPath = (credential: string, query = "") => `${wizard}/data?credential=${credential}&${query}`;
const radio = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const field = (page: Page, name: string) => page.getByRole("group", { name, exact: true });
const valueFrom = (group: Locator) => group.getByLabel("Value from");
const column = (group: Locator) => group.getByLabel("Column", { exact: true });
const request = (page: Page) => page.getByRole("region", { name: "Exact request" });
const dryRun = (page: Page) => page.getByRole("region", { name: "Dry run" });

async function seed(user: User, sandbox: Sandbox) {
  const credential = await seedCredential(user, rightCredential(sandbox));
  const source = await seedEndpoint(user, credential, { name: "Findings" });
  return { credential, source };
}

async function upload(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByLabel(/^(Another file|File)$/)
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await button(page, "Upload").click();
}

const findings = [
  { project: "SHOP", repository: "storefront", pullRequest: 1, text: "First\nline" },
  { project: "SHOP", repository: "storefront", pullRequest: 2, text: "Second" },
  { project: "", repository: "storefront", pullRequest: 3, text: "Third" },
];
const ndjson = findings.map((one) => `${JSON.stringify(one)}\n`).join("");

test("a destination is put together by mouse from an uploaded file, with the same words in request and dry run", async ({
  page,
  user,
  sandbox,
}) => {
  const { credential } = await seed(user, sandbox);
  await page.goto(dataPath(credential));
  await radio(page, "Pull request comment").check();
  await radio(page, "An uploaded file").check();
  await upload(page, "findings.ndjson", ndjson);
  await expect(page.getByText("3 records · 4 columns")).toBeVisible();
  await expect(column(field(page, "Project"))).toHaveValue("project");
  await expect(column(field(page, "Pull request"))).toHaveValue("pullRequest");
  await expect(request(page)).toContainText("/projects/SHOP/repos/storefront/pull-requests/1/comments");
  await expect(request(page)).not.toContainText("Basic");
  await button(page, "Next record").click();
  await expect(request(page)).toContainText("Record 2 of 3");
  await expect(request(page)).toContainText("Second");
  await button(page, "Next record").click();
  await expect(request(page)).toContainText("“Project” is required");

  const text = field(page, "Text");
  await valueFrom(text).selectOption("Text");
  await text.getByLabel("Text", { exact: true }).fill("Found: {{text}}");
  await button(page, "Dry run").click();
  await expect(dryRun(page).getByRole("status")).toContainText("2 records would be sent, 1 invalid");
  const invalid = dryRun(page).getByRole("table", { name: "Invalid records" });
  await expect(invalid).toContainText("“Project” is required, but the column “project” is empty here.");
  await expect(dryRun(page)).toContainText("Found: First");

  await button(page, "Next").click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(
    "Pull request comments from findings.ndjson",
  );
  await expect(page.getByRole("option", { name: "After each run of its source" })).toHaveCount(0);
  await button(page, "Save").click();
  await expect(page).toHaveURL(/\/destinations\/[0-9a-f-]{36}/);
  await expect(page.getByRole("main")).toContainText("is saved");
});

test("a destination is put together by keyboard from a data set, and runs after its source", async ({
  page,
  user,
  sandbox,
}) => {
  const { credential } = await seed(user, sandbox);
  await page.goto(dataPath(credential));
  await tabTo(page, page.getByRole("radio").first());
  await page.keyboard.press("Space");
  await tabTo(page, radio(page, "Findings"));
  await page.keyboard.press("Space");
  for (const [name, value] of [
    ["Project", "SHOP"],
    ["Repository", "storefront"],
    ["Pull request", "1"],
    ["Text", "By keyboard"],
  ] as const) {
    await tabTo(page, valueFrom(field(page, name)));
    await page.keyboard.type("Constant");
    await typeInto(page, field(page, name).getByLabel("Constant"), value);
  }
  await tabTo(page, button(page, "Next"));
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Pull request comments from Findings");
  await page.getByLabel("Schedule").selectOption("After each run of its source");
  await tabTo(page, button(page, "Save"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/destinations\/[0-9a-f-]{36}/);
});

test("without JavaScript a destination is chosen, mapped, tried, saved and changed", async ({
  browser,
  user,
  sandbox,
}) => {
  const { credential } = await seed(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await page.goto(dataPath(credential));
  await radio(page, "Pull request comment").check();
  await radio(page, "Findings").check();
  await button(page, "Show fields").first().click();
  await valueFrom(field(page, "Project")).selectOption("Constant");
  await expect(field(page, "Project").getByLabel("Constant")).toBeVisible();
  await expect(column(field(page, "Project"))).toBeHidden();
  await button(page, "Dry run").click();
  await expect(field(page, "Project").getByLabel("Constant")).toHaveAccessibleDescription(/is required/);
  await fillInConstants(page);
  await button(page, "Dry run").click();
  await expect(dryRun(page)).toContainText("There are no records yet");
  await button(page, "Next").click();
  await button(page, "Save").click();
  await expect(page.getByRole("main")).toContainText("is saved");

  const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(page.url())?.[0];
  await page.goto(`/destinations/${id}/edit`);
  await expect(
    page.getByRole("paragraph").filter({ hasText: "Pull request comments from Findings" }),
  ).toBeVisible();
  await page.getByRole("link", { name: "Change what is written" }).click();
  await expect(field(page, "Project").getByLabel("Constant")).toHaveValue("SHOP");
  await field(page, "Text").getByLabel("Constant").fill("Changed");
  await button(page, "Next").click();
  await expect(page.getByText("Saving changes what it writes")).toBeVisible();
  await button(page, "Save").click();
  await expect(page.getByRole("main")).toContainText("is saved");
  await page.context().close();
});

async function fillInConstants(page: Page): Promise<void> {
  for (const [name, value] of [
    ["Project", "SHOP"],
    ["Repository", "storefront"],
    ["Pull request", "1"],
    ["Text", "Nightly import"],
  ] as const) {
    await valueFrom(field(page, name)).selectOption("Constant");
    await field(page, name).getByLabel("Constant").fill(value);
  }
}

test("each bad choice is refused at its control, and another user's data set looks unknown", async ({
  page,
  user,
  anotherUser,
  sandbox,
}) => {
  const { credential, source } = await seed(user, sandbox);
  await page.goto(dataPath(credential));
  await button(page, "Next").click();
  await expect(page.getByRole("radiogroup", { name: "What to write" })).toHaveAccessibleDescription(
    "Choose what to write.",
  );
  await expect(page.getByRole("radiogroup", { name: "Records from" })).toHaveAccessibleDescription(
    /Choose a data set/,
  );

  const other = await anotherUser();
  const theirs = await seedEndpoint(other, await seedCredential(other, rightCredential(sandbox)));
  await page.goto(dataPath(credential, commentChoice(theirs)));
  await expect(page.getByRole("radiogroup", { name: "Records from" })).toHaveAccessibleDescription(
    /no such data set, or it is not yours/,
  );

  await page.goto(
    dataPath(
      credential,
      `${commentChoice(source)}&m.text=text&t.text={{vanished}}&do=next`.replace("m.text=constant&", ""),
    ),
  );
  await expect(field(page, "Text").getByLabel("Text", { exact: true })).toHaveAccessibleDescription(
    /There is no column “vanished”/,
  );

  await page.goto(dataPath(credential, commentChoice(source)));
  const text = field(page, "Text").getByLabel("Constant");
  await text.fill("x".repeat(9_000));
  await button(page, "Next").click();
  await expect(page).toHaveURL(/\/data\?/);
  expect(await text.evaluate((element: HTMLInputElement) => element.validationMessage)).toContain("8,000");
  await text.fill("short");
  await button(page, "Next").click();
  await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
});

test("a dangerous action has a switch named after it, and runs by hand only", async ({
  page,
  user,
  sandbox,
}) => {
  const { credential, source } = await seed(user, sandbox);
  await page.goto(dataPath(credential, `action=merge-pull-request&input=source&source=${source}`));
  await page.getByRole("checkbox", { name: "Let this destination merge pull requests" }).check();
  await valueFrom(field(page, "Project")).selectOption("Constant");
  await field(page, "Project").getByLabel("Constant").fill("SHOP");
  await valueFrom(field(page, "Repository")).selectOption("Constant");
  await field(page, "Repository").getByLabel("Constant").fill("storefront");
  await valueFrom(field(page, "Pull request")).selectOption("Constant");
  await field(page, "Pull request").getByLabel("Constant").fill("1");
  await button(page, "Next").click();
  await expect(page.getByLabel("Schedule").getByRole("option")).toHaveText(["By hand"]);
  await expect(page.getByText(/runs by hand only/)).toBeVisible();
});

test("every state of the steps is accessible, in both themes and at 320 pixels", async ({
  page,
  user,
  sandbox,
}) => {
  test.slow();
  const { credential, source } = await seed(user, sandbox);
  const id = await seedEndpoint(user, credential, { path: "/destinations", name: "Comments" });
  const chosen = commentChoice(source);
  const states: [what: string, address: string][] = [
    ["nothing chosen", dataPath(credential)],
    ["refused", dataPath(credential, "do=next")],
    ["chosen", dataPath(credential, chosen)],
    [
      "fields refused",
      dataPath(
        credential,
        `action=pull-request-comment&input=source&source=${source}&m.text=none&do=dry-run`,
      ),
    ],
    ["a file refused", dataPath(credential, "action=pull-request-comment&input=upload&uploadError=no-file")],
    ["details", `${wizard}/details?credential=${credential}&${chosen}`],
    ["edit", `/destinations/${id}/edit`],
    ["edit data", `/destinations/${id}/edit/data?${chosen}`],
  ];
  for (const [what, address] of states) {
    await page.goto(address);
    await expectAccessible(page, what);
  }
});

test("with no data set yet, the step says how to get one", async ({ page, user, sandbox }) => {
  const credential = await seedCredential(user, rightCredential(sandbox));
  await page.goto(dataPath(credential));
  await expect(page.getByText("No data sets yet")).toBeVisible();
  await expect(page.getByRole("link", { name: "Add a data source" })).toBeVisible();
});

test("deleting a source names the destinations that write its records", async ({ page, user, sandbox }) => {
  const { credential, source } = await seed(user, sandbox);
  await page.goto(`${wizard}/data?credential=${credential}`);
  await chooseWriting(page);
  await button(page, "Save").click();
  await expect(page.getByRole("main")).toContainText("is saved");
  await page.goto(`/sources/${source}/delete`);
  await expect(page.getByRole("main")).toContainText("Pull request comments from Findings");
});
