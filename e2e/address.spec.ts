import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import {
  addCredentialPath,
  fieldLabels,
  fieldOf,
  fillIn,
  openOverlay,
  save,
  tileOf,
  tilesOf,
} from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

/** A page's link from the address bar, with a user name and password in it. */
function pastedLink(sandbox: Sandbox): string {
  const page = `${sandbox.url("/bitbucket")}/projects/DATA/repos/dbt-models/pull-requests?state=OPEN`;
  return page.replace("//", "//robin:canary-in-the-address@");
}

const pointedOut = [
  "A user name or password in the address was taken out. It is not kept.",
  'Everything from "/projects" on was left out',
];

test("a pasted link becomes the base URL on blur, and the removed parts are listed before Save", async ({
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

test("without script a pasted link is normalized on Save, and the removed parts are listed", async ({
  browser,
  user,
  sandbox,
}) => {
  const page = await openWithoutScript(browser, user);
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

test("an address of Bitbucket Cloud, of Jira or of neither is refused at its field, and no server is asked", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  const field = fieldOf(overlay, fieldLabels.baseUrl);
  for (const [baseUrl, words] of [
    ["https://bitbucket.org/team/repo", /^This is Bitbucket Cloud\./],
    ["https://jira.example.com/browse/DATA-12", /^This is a link into Jira\./],
    ["not an address", /^This is not an address\./],
    ["https://one.example or https://two.example", /^This holds several addresses: https:\/\/one\.example,/],
    ["https://bit.ly/3abc", /^This link leads through another service/],
  ] as const) {
    await fillIn(overlay, { ...rightCredential(sandbox), baseUrl });
    await save(overlay);
    await expect(field).toHaveAccessibleDescription(words);
    await expect(field).toHaveValue(baseUrl);
  }
  expect(sandbox.journal()).toEqual([]);
  await expect(tilesOf(page)).toHaveCount(0);
});

/** Texts that users copy with the sandbox's address in them, some with a password. */
function pastedTexts(address: string): readonly string[] {
  const link = address.replace("//", "//robin:canary-in-the-address@");
  return [
    `git clone --depth 1 -b main ${link}/scm/data/dbt-models.git`,
    `curl -u robin:canary-in-the-address ${address}/rest/api/1.0/projects`,
    `[Bitbucket](${address}/projects/DATA)`,
    `<${address}|Bitbucket>`,
    `„${address}“ (VPN only).`,
    `https://www.google.com/url?q=${encodeURIComponent(`${address}/about`)}&sa=D`,
  ];
}

test("the only address in a command, markup, a sentence or a redirect is used, and the field says so", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  const field = fieldOf(overlay, fieldLabels.baseUrl);
  const address = sandbox.url("/bitbucket");
  for (const text of pastedTexts(address)) {
    await field.fill(text);
    await field.blur();
    await expect(field).toHaveValue(address);
    await expect(field).toHaveAccessibleDescription(/taken|left out/);
    expect(await page.content()).not.toContain("canary-in-the-address");
  }
  expect(sandbox.journal()).toEqual([]);
});

test("a host with look-alike letters is spelled out, and a port without https gets a hint", async ({
  page,
}) => {
  const overlay = await openOverlay(page);
  const field = fieldOf(overlay, fieldLabels.baseUrl);
  await field.fill("https://xn--80ak6aa92e.example/stash");
  await field.blur();
  await expect(field).toHaveAccessibleDescription(
    /Spelled out, the host name is аррӏе\.example, with Cyrillic letters\./,
  );
  await field.fill("localhost:8101");
  await field.blur();
  await expect(field).toHaveValue("https://localhost:8101");
  await expect(field).toHaveAccessibleDescription(/If this port has no https, put http:\/\/ there\./);
  await field.fill("http://localhost:8101");
  await field.blur();
  await expect(field).toHaveValue("http://localhost:8101");
  await expect(field).not.toHaveAccessibleDescription(/https:\/\/ was put in front/);
});

test("without script, a refused text comes back without its password", async ({ browser, user }) => {
  const page = await openWithoutScript(browser, user);
  await page.goto(addCredentialPath);
  const field = fieldOf(page, fieldLabels.baseUrl);
  await field.fill("curl -u robin:canary-in-the-address https://one.example https://two.example");
  await save(page);
  await expect(field).toHaveAccessibleDescription(/^This holds several addresses/);
  await expect(field).toHaveValue("curl -u  https://one.example https://two.example");
  expect(await page.content()).not.toContain("canary-in-the-address");
  await page.context().close();
});
