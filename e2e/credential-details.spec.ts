import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { stepsOf } from "./check-steps";
import { expect, test } from "./fixtures";
import { NoScriptClient } from "./no-script-client";
import { seedCredential } from "./page-objects";
import { sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

// Accessibility is tested in several sizes and both themes, which takes longer than a usual test.
test.beforeEach(() => test.slow());

const { janeRead, janeWrite, projectData, repositoryLedger } = sandboxKeys;
const dayMs = 24 * 60 * 60 * 1000;
const dayFromNow = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

const aKey = (sandbox: Sandbox, key: typeof janeRead, instance = "/") => ({
  name: "Nightly import",
  baseUrl: sandbox.url(instance),
  username: key.value,
});

/** The value beside a name in the list of details. */
function detail(page: Page, name: string) {
  return page
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator("+ dd");
}

test("the page of a credential shows its account, server and version, rights and end date", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, aKey(sandbox, janeRead, "/bitbucket"));
  await page.goto(`/credentials/${id}`);
  await expect(detail(page, "Account")).toHaveText(/Jane Citizen\s*jcitizen/);
  await expect(detail(page, "Kind of key")).toHaveText("A user's API key");
  await expect(detail(page, "Key ends")).toHaveText(/^[A-Z][a-z]{2} \d{1,2}, 20\d\d$/);
  await expect(detail(page, "Server")).toContainText("Bitbucket 8.19.14 LTS");
  await expect(detail(page, "Server")).toContainText("Atlassian's support ended on Mar 12, 2026.");
  await expect(detail(page, "Server")).toContainText("Upgrade to 10.2 LTS, supported to March 2028.");
  await expect(detail(page, "Server")).toContainText("Support dates as of Aug 22, 2026.");
  await expect(detail(page, "Rights")).toHaveText(
    /Repositories: read \d+, write none, administer none.*Whole projects: read \d+, write none/s,
  );
  await expect(detail(page, "Request allowance")).toHaveText("60 at once, then 5 per second");
  await expect(detail(page, "Time to answer")).toHaveText(/^\d+ ms$/);
  const strip = page.getByRole("img", { name: "Checked on 1 day of 30: worked on 1" });
  await expect(strip).toBeVisible();
  await page.getByText("As a table").click();
  await expect(page.getByRole("table", { name: "Checks by day" }).getByRole("row")).toHaveText([
    /worked.*1 check/,
  ]);
  const warnings = page.getByRole("list", { name: "Warnings" });
  await expect(warnings).toContainText("The API key ends soon");
  await expect(warnings).toContainText("Atlassian no longer supports the server's version");
  await expectAccessible(page, "credential with all that is known of it");
  // The server reported the date, so there is no field for it.
  await expect(page.getByLabel("Last day of the API key")).toHaveCount(0);
});

test("a project's key and a repository's key are distinguished by their rights", async ({
  page,
  user,
  sandbox,
}) => {
  for (const [key, words] of [
    [projectData, "API key of a project, by what it may do"],
    [repositoryLedger, "API key of a repository, by what it may do"],
  ] as const) {
    const id = await seedCredential(user, { ...aKey(sandbox, key), name: key.name });
    await page.goto(`/credentials/${id}`);
    await expect(detail(page, "Kind of key")).toHaveText(words);
  }
});

test("users with access to a credential see the account's avatar, and others get a 404", async ({
  page,
  user,
  anotherUser,
  sandbox,
}) => {
  const id = await seedCredential(user, aKey(sandbox, janeWrite));
  await page.goto(`/credentials/${id}`);
  const picture = detail(page, "Account").locator("img");
  await expect(picture).toHaveJSProperty("naturalWidth", 64);

  const own = await user.client.get(`/credentials/${id}/avatar`);
  expect(own.status).toBe(200);
  expect(own.headers.get("content-type")).toBe("image/png");
  expect(own.headers.get("x-content-type-options")).toBe("nosniff");
  expect(own.headers.get("cross-origin-resource-policy")).toBe("same-origin");
  expect(own.headers.get("cache-control")).toBe("no-store");

  const other = await anotherUser();
  for (const client of [other.client, new NoScriptClient(user.client.origin)]) {
    const answer = await client.get(`/credentials/${id}/avatar`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe("");
  }
  for (const noId of ["nonsense", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"]) {
    expect((await user.client.get(`/credentials/${noId}/avatar`)).status).toBe(404);
  }
});

test("an account with its avatar on a public service shows initials, and that service is not asked", async ({
  page,
  user,
  sandbox,
}) => {
  const requested: string[] = [];
  page.on("request", (request) => requested.push(new URL(request.url()).host));
  const id = await seedCredential(user, aKey(sandbox, janeWrite, "/stash"));
  await page.goto(`/credentials/${id}`);
  await expect(detail(page, "Account")).toContainText("JC");
  await expect(detail(page, "Account").locator("img")).toHaveCount(0);
  expect(new Set(requested)).toEqual(new Set([new URL(user.client.origin).host]));
});

test("where the server does not report a key's end date, a user can enter it, is warned by it, and can remove it", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, aKey(sandbox, janeWrite));
  await page.goto(`/credentials/${id}`);
  await expect(detail(page, "Key ends")).toHaveText("Not known: Bitbucket does not tell it to a key.");
  const field = page.getByLabel("Last day of the API key");
  const warnings = page.getByRole("list", { name: "Warnings" });
  const enter = async (day: string) => {
    await field.fill(day);
    await page.getByRole("button", { name: "Save day" }).click();
  };
  await enter(dayFromNow(10));
  await expect(detail(page, "Key ends")).toContainText("as entered here");
  await expect(warnings).toContainText("The API key ends soon");
  await enter(dayFromNow(-10));
  await expect(warnings).toContainText("The API key has reached its end");
  await enter(dayFromNow(400));
  await expect(warnings).not.toContainText("API key");
  await enter("1066-10-14");
  await expect(field).toHaveAccessibleDescription(/Enter a day between 2000 and 2199\./);
  await expectAccessible(page, "credential with a day that is refused");
  await enter("");
  await expect(detail(page, "Key ends")).toContainText("Not known");
});

test("without script the end date is saved too, and a date changed meanwhile by another user is not overwritten", async ({
  user,
  sandbox,
}) => {
  const { client } = user;
  const id = await seedCredential(user, aKey(sandbox, janeWrite));
  const path = `/credentials/${id}`;
  const late = await client.fillIn(path, { keyExpiresOn: "2031-05-01" });
  await client.submit(path, { keyExpiresOn: "2031-01-31" });
  expect(await (await client.get(path)).text()).toContain("Jan 31, 2031");
  const answer = await client.post(late.path, late.body);
  expect(await answer.text()).toContain("Another person saved a change since you opened this form");
  const page = await (await client.get(path)).text();
  expect(page).toContain("Jan 31, 2031");
  expect(page).not.toContain("May 1, 2031");
});

test("the report as text begins where the steps begin, and is as wide as they are", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, aKey(sandbox, janeRead));
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`/credentials/${id}`);
    await page.getByText("Report as text").click();
    const text = page.getByRole("textbox", { name: "Report, without secrets" });
    const [steps, report, again] = await Promise.all(
      [stepsOf(page), text, page.getByRole("button", { name: "Check again" })].map((one) =>
        one.boundingBox(),
      ),
    );
    expect([report?.x, report?.width], `${width} px`).toEqual([steps?.x, steps?.width]);
    expect(again?.x).toBe(steps?.x);
  }
});
