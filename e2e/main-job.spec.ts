import type { Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { tabTo, typeInto } from "./keyboard";
import {
  authenticatePath,
  chooseData,
  chooseWriting,
  directions,
  fieldLabels,
  fieldOf,
  fillIn,
  openOverlay,
  overlayOf,
  save,
  seedCredential,
  seedEndpoint,
  takenOver,
  tileOf,
  tilesOf,
} from "./page-objects";
import { sandboxAccounts } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

const { jane } = sandboxAccounts;
const credential = { name: "Fernwood, Jane", username: jane.name, password: jane.password };

/** Expects the page of what was saved, then opens the list. */
async function expectSavedPage(page: Page, { noun, path, list }: (typeof directions)[number]): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`/${noun}s/[0-9a-f-]{36}`));
  await expect(page.getByRole("heading", { name: "Nightly commits" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("“Nightly commits” is saved");
  await page.goto(path);
  await expect(page.getByRole("heading", { name: list })).toBeVisible();
}

/** A destination needs a data set, which is read with another credential. */
async function seedRecords(user: User, sandbox: Sandbox, noun: string): Promise<void> {
  if (noun === "source") return;
  const { username, password } = credential;
  const typed = { name: "Reading", baseUrl: sandbox.url("/"), username, password };
  await seedEndpoint(user, await seedCredential(user, typed), { name: "Findings" });
}

/** Expects the list to name the saved endpoint and its credential. */
async function expectSaved(page: Page, name: string): Promise<void> {
  const entry = page.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });
  await expect(entry).toContainText(`Credential: ${credential.name}`);
  await expect(entry).toContainText("verified");
}

async function chooseWritingByKeyboard(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "Choose what to write" })).toBeFocused();
  await tabTo(page, page.getByRole("radio").first());
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("radio", { name: "Findings", exact: true }));
  await page.keyboard.press("Space");
  for (const [field, value] of [
    ["Project", "SHOP"],
    ["Repository", "storefront"],
    ["Pull request", "1"],
    ["Text", "Nightly import"],
  ] as const) {
    const group = page.getByRole("group", { name: field, exact: true });
    await tabTo(page, group.getByLabel("Value from"));
    await page.keyboard.type("Constant");
    await typeInto(page, group.getByLabel("Constant"), value);
  }
  await tabTo(page, page.getByRole("button", { name: "Next" }));
  await page.keyboard.press("Space");
}

for (const direction of directions) {
  const { noun, choice, path } = direction;
  test(`a data ${noun} is made by mouse, from the start page to the list that names its credential`, async ({
    page,
    user,
    sandbox,
  }) => {
    await seedRecords(user, sandbox, noun);
    await page.goto("/");
    await page.getByRole("link", { name: choice }).click();
    await page.getByRole("link", { name: "Bitbucket Server" }).click();
    await (await takenOver(page.getByRole("link", { name: "Add Credential" }))).click();
    await fillIn(overlayOf(page), { ...credential, baseUrl: sandbox.url("/") });
    await save(overlayOf(page));

    await expect(tileOf(page, credential.name)).toBeChecked();
    await expect(tileOf(page, credential.name)).toHaveAccessibleDescription(
      /Jane Citizen · jcitizen.*verified/,
    );
    await expect(overlayOf(page)).toBeHidden();
    await page.getByRole("button", { name: "Next" }).click();
    await (noun === "source" ? chooseData(page, "Commits") : chooseWriting(page));
    await expect(page.getByRole("region", { name: "Credential" })).toContainText(credential.name);
    await page.getByLabel("Name", { exact: true }).fill("Nightly commits");
    await page.getByRole("button", { name: "Save" }).click();

    await expectSavedPage(page, direction);
    await expectSaved(page, "Nightly commits");
    await page.getByRole("link", { name: "Nightly commits" }).click();
    await expect(page.getByRole("heading", { name: "Nightly commits" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(credential.name);
  });

  test(`a data ${noun} is made by keyboard alone, with a visible focus throughout`, async ({
    page,
    user,
    sandbox,
  }) => {
    await seedRecords(user, sandbox, noun);
    await page.goto("/");
    await tabTo(page, page.getByRole("link", { name: choice }));
    await page.keyboard.press("Enter");
    await tabTo(page, page.getByRole("link", { name: "Bitbucket Server" }));
    await page.keyboard.press("Enter");
    await tabTo(page, await takenOver(page.getByRole("link", { name: "Add Credential" })));
    await page.keyboard.press("Enter");

    const overlay = overlayOf(page);
    await expect(overlay).toBeVisible();
    await expect.poll(() => overlay.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
    const fields = { ...credential, description: "By keyboard", baseUrl: sandbox.url("/") };
    for (const name of ["name", "description", "baseUrl", "username", "password"] as const) {
      await typeInto(page, fieldOf(overlay, fieldLabels[name]), fields[name]);
    }
    await page.keyboard.press("Enter");

    await expect(tileOf(page, credential.name)).toBeChecked();
    await expect(tileOf(page, credential.name)).toBeFocused();
    await tabTo(page, page.getByRole("button", { name: "Next" }));
    await page.keyboard.press("Space");
    if (noun === "source") {
      await expect(page.getByRole("heading", { name: "Choose the data" })).toBeFocused();
      await tabTo(page, page.getByRole("radio", { name: "Projects", exact: true }));
      await page.keyboard.press("Space");
      await tabTo(page, page.getByRole("button", { name: "Next" }));
      await page.keyboard.press("Space");
    }
    if (noun === "destination") await chooseWritingByKeyboard(page);
    await typeInto(page, page.getByLabel("Name", { exact: true }), "Nightly commits");
    await tabTo(page, page.getByRole("button", { name: "Save" }));
    await page.keyboard.press("Space");
    await expectSavedPage(page, direction);
    await expectSaved(page, "Nightly commits");
  });

  test(`a data ${noun} is made without JavaScript; the overlay's link opens a page with the same form`, async ({
    browser,
    user,
    portalOrigin,
    sandbox,
  }) => {
    await seedRecords(user, sandbox, noun);
    const context = await browser.newContext({ baseURL: portalOrigin, javaScriptEnabled: false });
    await context.addCookies(user.client.cookies());
    const page = await context.newPage();
    await page.goto("/");
    await page.getByRole("link", { name: choice }).click();
    await page.getByRole("link", { name: "Bitbucket Server" }).click();
    await page.getByRole("link", { name: "Add Credential" }).click();

    await expect(page).toHaveURL(`${path}/new/bitbucket-server/credentials/new`);
    await expect(page.getByRole("heading", { name: "Add New Credential", level: 1 })).toBeVisible();
    await fillIn(page, { ...credential, baseUrl: sandbox.url("/") });
    await save(page);
    await expect(tileOf(page, credential.name)).toBeChecked();
    await expect(page.getByRole("main")).toContainText(
      "Signed in as Jane Citizen (jcitizen) on Bitbucket 9.4.3.",
    );
    await page.getByRole("button", { name: "Next" }).click();
    await (noun === "source" ? chooseData(page, "Commits") : chooseWriting(page));
    await page.getByLabel("Name", { exact: true }).fill("Nightly commits");
    await page.getByRole("button", { name: "Save" }).click();

    await expectSavedPage(page, direction);
    await expectSaved(page, "Nightly commits");
    await context.close();
  });
}

test("arrow keys choose among the tiles, and Next uses the chosen one", async ({ page, sandbox }) => {
  for (const name of ["First", "Second"]) {
    await fillIn(await openOverlay(page), { ...credential, name, baseUrl: sandbox.url("/") });
    await save(overlayOf(page));
    await expect(tileOf(page, name)).toBeChecked();
  }
  await expect(tileOf(page, "Second")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(tileOf(page, "First")).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: "Next" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText("with “First”");
});

test("Escape closes the overlay, and the focus returns to the Add Credential tile", async ({ page }) => {
  await page.goto(authenticatePath);
  const tile = await takenOver(page.getByRole("link", { name: "Add Credential" }));
  await tabTo(page, tile);
  await page.keyboard.press("Enter");
  await expect(overlayOf(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(overlayOf(page)).toBeHidden();
  await expect(page).toHaveURL(authenticatePath);
  await expect(tile).toBeFocused();
});

test("leaving the overlay with typed text asks first, and can be cancelled", async ({ page }) => {
  const overlay = await openOverlay(page);
  await fieldOf(overlay, fieldLabels.name).fill("Half a credential");
  page.once("dialog", (question) => question.dismiss());
  await page.keyboard.press("Escape");
  await expect(fieldOf(overlay, fieldLabels.name)).toHaveValue("Half a credential");
  page.once("dialog", (question) => question.accept());
  await overlay.getByRole("button", { name: "Close" }).click();
  await expect(overlay).toBeHidden();
});

test("the back button closes the overlay, and forward opens it again", async ({ page }) => {
  await openOverlay(page);
  await page.goBack();
  await expect(overlayOf(page)).toBeHidden();
  await expect(page).toHaveURL(authenticatePath);
  await page.goForward();
  await expect(overlayOf(page)).toBeVisible();
});

test("a reload at the overlay's address shows the same form as a page", async ({ page, sandbox }) => {
  await openOverlay(page);
  await page.reload();
  await expect(overlayOf(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Add New Credential", level: 1 })).toBeVisible();
  await fillIn(page, { ...credential, baseUrl: sandbox.url("/") });
  await save(page);
  await expect(tilesOf(page)).toHaveCount(1);
  await expect(tileOf(page, credential.name)).toBeChecked();
});
