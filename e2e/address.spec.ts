import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { addCredentialPath, fieldLabels, fieldOf, fillIn, openOverlay, save, tileOf, tilesOf } from "./steps";

/** A page's link as it is copied from the address bar, with somebody's user name and password in it. */
function pastedLink(sandbox: Sandbox): string {
  const page = `${sandbox.url("/bitbucket")}/projects/DATA/repos/dbt-models/pull-requests?state=OPEN`;
  return page.replace("//", "//robin:canary-in-the-address@");
}

const pointedOut = [
  "A user name or password in the address was taken out. It is not kept.",
  'Everything from "/projects" on was left out',
];

test("a pasted link becomes the base URL as one leaves the field, and what was taken out is pointed out before Save", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  const field = fieldOf(overlay, fieldLabels.baseUrl);
  const typed = { ...rightCredential(sandbox), baseUrl: pastedLink(sandbox) };
  await fillIn(overlay, typed);
  await expect(field).toHaveValue(sandbox.url("/bitbucket"));
  for (const words of pointedOut) await expect(field).toHaveAccessibleDescription(new RegExp(words));
  expect(sandbox.journal()).toEqual([]);
  expect(await page.content()).not.toContain("canary-in-the-address");

  await save(overlay);
  await expect(tileOf(page, typed.name)).toHaveAccessibleDescription(
    new RegExp(`Server: ${sandbox.url("/bitbucket")} ·`),
  );
});

test("without script a pasted link is mended on Save, and what was taken out is pointed out", async ({
  browser,
  person,
  sandbox,
}) => {
  const page = await openWithoutScript(browser, person);
  await page.goto(addCredentialPath);
  const typed = { ...rightCredential(sandbox), baseUrl: pastedLink(sandbox) };
  await fillIn(page, { ...typed, name: "" });
  await save(page);
  const field = fieldOf(page, fieldLabels.baseUrl);
  await expect(field).toHaveValue(sandbox.url("/bitbucket"));
  for (const words of pointedOut) await expect(field).toHaveAccessibleDescription(new RegExp(words));
  expect(await page.content()).not.toContain("canary-in-the-address");
  await page.context().close();
});

test("an address of Bitbucket Cloud, of Jira or of nothing is said at its field, and no server is asked", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  const field = fieldOf(overlay, fieldLabels.baseUrl);
  for (const [baseUrl, words] of [
    ["https://bitbucket.org/team/repo", /^This is Bitbucket Cloud\./],
    ["https://jira.example.com/browse/DATA-12", /^This is a link into Jira\./],
    ["not an address", /^This is not an address\./],
  ] as const) {
    await fillIn(overlay, { ...rightCredential(sandbox), baseUrl });
    await save(overlay);
    await expect(field).toHaveAccessibleDescription(words);
    await expect(field).toHaveValue(baseUrl);
  }
  expect(sandbox.journal()).toEqual([]);
  await expect(tilesOf(page)).toHaveCount(0);
});
