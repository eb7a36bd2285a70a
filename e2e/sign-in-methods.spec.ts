import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import {
  addCredentialPath,
  authenticatePath,
  fillIn,
  openOverlay,
  openOverlayHere,
  save,
  tileOf,
} from "./page-objects";
import { sandboxAccounts, sandboxKeys } from "./sandbox/accounts";
import { withSandbox } from "./sandbox-of-test";

const { jane, zoe } = sandboxAccounts;
const { janeWrite, zoeAdmin, zoeOlder, projectData, repositoryLedger } = sandboxKeys;
const janeSays = "Account: Jane Citizen · jcitizen";

const methods = [
  {
    what: "a user name and a password",
    typed: { username: jane.name, password: jane.password },
    scheme: "Basic",
    secretKind: "password",
    account: jane.name,
    tile: janeSays,
  },
  {
    what: "a password with letters beyond ASCII",
    typed: { username: zoe.name, password: zoe.password },
    scheme: "Basic",
    secretKind: "password",
    account: zoe.name,
    tile: "Account: Zoë Lindqvist · zlindqvist",
  },
  {
    what: "the same API key in both fields",
    typed: { username: janeWrite.value, password: janeWrite.value },
    scheme: "Bearer",
    secretKind: "user key",
    account: jane.name,
    tile: janeSays,
  },
  {
    what: "an API key in the first field only",
    typed: { username: zoeAdmin.value, password: "" },
    scheme: "Bearer",
    secretKind: "user key",
    account: zoe.name,
    tile: "Account: Zoë Lindqvist · zlindqvist",
  },
  {
    what: "a user name with an API key as the password",
    typed: { username: jane.name, password: janeWrite.value },
    scheme: "Bearer",
    secretKind: "user key",
    account: jane.name,
    tile: janeSays,
  },
  {
    what: "an API key in the older shape",
    typed: { username: zoeOlder.value, password: "" },
    scheme: "Bearer",
    secretKind: "user key",
    account: zoe.name,
    tile: "Account: Zoë Lindqvist · zlindqvist",
  },
  {
    what: "a user name and an API key as Atlassian writes them, in the first field",
    typed: { username: `${jane.name}:${janeWrite.value}`, password: "" },
    scheme: "Bearer",
    secretKind: "user key",
    account: jane.name,
    tile: janeSays,
  },
  {
    what: "a header with an API key as the password",
    typed: { username: ` ${jane.name}\u200b`, password: `Authorization: Bearer ${janeWrite.value}` },
    scheme: "Bearer",
    secretKind: "user key",
    account: jane.name,
    tile: janeSays,
  },
  {
    what: "a project's key",
    typed: { username: projectData.value, password: "" },
    scheme: "Bearer",
    secretKind: "project key",
    account: projectData.account.name,
    tile: projectData.account.name,
  },
  {
    what: "a repository's key",
    typed: { username: repositoryLedger.value, password: repositoryLedger.value },
    scheme: "Bearer",
    secretKind: "repository key",
    account: repositoryLedger.account.name,
    tile: repositoryLedger.account.name,
  },
] as const;

/** The form of a new credential on an open page: the overlay, or its page without script. */
async function openForm(page: Page, withScript: boolean): Promise<Page | Locator> {
  if (withScript) return openOverlayHere(page);
  await page.goto(addCredentialPath);
  return page;
}

for (const withScript of [true, false]) {
  const how = withScript ? "" : ", without script";

  test(`each way to sign in${how} is verified as the right account by its scheme, with one sign-in attempt`, async ({
    page,
    user,
    browser,
  }) => {
    test.setTimeout(300_000);
    const portal = withScript ? page : await openWithoutScript(browser, user);
    await portal.goto(authenticatePath);
    for (const { what, typed, scheme, secretKind, account, tile } of methods) {
      await test.step(what, () =>
        withSandbox(async (sandbox) => {
          const form = await openForm(portal, withScript);
          await fillIn(form, { name: what, baseUrl: sandbox.url("/"), ...typed });
          const since = sandbox.journal().at(-1)?.n;
          await save(form);

          await expect(tileOf(portal, what)).toBeChecked();
          await expect(tileOf(portal, what)).toHaveAccessibleDescription(new RegExp(`${tile}.*verified`));
          const signedIn = sandbox.journal({ since }).filter((entry) => entry.scheme !== "none");
          expect(new Set(signedIn.map((entry) => entry.scheme))).toEqual(new Set([scheme]));
          expect(new Set(signedIn.map((entry) => entry.outcome))).toEqual(new Set(["accepted"]));
          expect(new Set(signedIn.map((entry) => entry.account))).toEqual(new Set([account]));
          expect(new Set(signedIn.map((entry) => entry.secretKind))).toEqual(new Set([secretKind]));
          expect(signedIn.filter((entry) => entry.signInAttempt)).toHaveLength(1);
        }),
      );
    }
    if (!withScript) await portal.context().close();
  });
}

test("if the account differs from the typed user name, the screen with the tile says so", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  const typed = { username: "somebody.else", password: janeWrite.value };
  await fillIn(overlay, { name: "Fernwood", baseUrl: sandbox.url("/"), ...typed });
  await save(overlay);
  await expect(tileOf(page, "Fernwood")).toHaveAccessibleDescription(new RegExp(janeSays));
  await expect(page.getByRole("main")).toContainText(
    "The server names another account than the user name that was typed",
  );
});

test("an account that sees no project or repository is stored, with that warning", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  const { tam } = sandboxAccounts;
  await fillIn(overlay, {
    name: "Fernwood",
    baseUrl: sandbox.url("/"),
    username: tam.name,
    password: tam.password,
  });
  await save(overlay);
  await expect(tileOf(page, "Fernwood")).toHaveAccessibleDescription(/restricted/);
  await expect(page.getByRole("main")).toContainText("It sees no project and no repository");
});

test("servers of each version are recognised, with one sign-in attempt", async ({ page, sandbox }) => {
  await page.goto(authenticatePath);
  for (const [path, version] of [
    ["/bitbucket", "8.19.14"],
    ["/stash", "7.21.18"],
    ["/ten", "10.2.1"],
    ["/public", "9.4.3"],
  ] as const) {
    await test.step(`${path} is ${version}`, async () => {
      const overlay = await openOverlayHere(page);
      await fillIn(overlay, { name: path, baseUrl: sandbox.url(path), username: janeWrite.value });
      const since = sandbox.journal().at(-1)?.n;
      await save(overlay);
      await expect(tileOf(page, path)).toHaveAccessibleDescription(new RegExp(`${version}.*${janeSays}`));
      expect(sandbox.journal({ since }).filter((entry) => entry.signInAttempt)).toHaveLength(1);
    });
  }
});
