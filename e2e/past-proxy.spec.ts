import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import {
  addCredentialPath,
  chooseData,
  fieldLabels,
  fieldOf,
  fillIn,
  openOverlay,
  save,
  tileOf,
} from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

const sent = (sandbox: Sandbox) => sandbox.journal().filter(({ scheme }) => scheme !== "none");
const at = (sandbox: Sandbox, name: string) => ({ ...rightCredential(sandbox), baseUrl: sandbox.url(name) });
const sendButton = (scope: Page | Locator) => scope.getByRole("button", { name: "Send all the same" });

for (const withScript of [true, false]) {
  const how = withScript ? "" : ", without script";

  test(`a credential is sent past a proxy that refuses visitors only with its user's override${how}`, async ({
    page,
    user,
    browser,
    sandbox,
  }) => {
    const portal = withScript ? page : await openWithoutScript(browser, user);
    if (!withScript) await portal.goto(addCredentialPath);
    const form = withScript ? await openOverlay(page) : portal;
    await fillIn(form, at(sandbox, "/front-opens"));
    await save(form);
    const baseUrl = fieldOf(form, fieldLabels.baseUrl);
    await expect(baseUrl).toHaveAccessibleDescription(
      /^Something in front of Bitbucket refuses the portal\..*Nothing was sent/,
    );
    await expect(form.getByRole("alert")).toContainText("Next step: your network.");
    expect(sent(sandbox)).toEqual([]);

    // Without script the response never contains the secret. With it, typing would take the answer away.
    if (!withScript) await fieldOf(form, fieldLabels.password).fill(rightCredential(sandbox).password);
    await sendButton(form).click();
    await expect(tileOf(portal, "Fernwood")).toHaveAccessibleDescription(/verified/);
    expect(sent(sandbox).length).toBeGreaterThan(0);
    if (!withScript) await portal.context().close();
  });

  test(`the address to which Bitbucket has moved is named, and filled in by one press${how}`, async ({
    page,
    user,
    browser,
    sandbox,
  }) => {
    const portal = withScript ? page : await openWithoutScript(browser, user);
    if (!withScript) await portal.goto(addCredentialPath);
    const form = withScript ? await openOverlay(page) : portal;
    await fillIn(form, at(sandbox, "/moved"));
    await save(form);
    const baseUrl = fieldOf(form, fieldLabels.baseUrl);
    const moved = sandbox.url("/bitbucket");
    await expect(baseUrl).toHaveAccessibleDescription(/^The server has another address\./);
    await form.getByRole("button", { name: `Use ${moved}` }).click();
    await expect(baseUrl).toHaveValue(moved);
    expect(sent(sandbox)).toEqual([]);
    await fieldOf(form, fieldLabels.password).fill(rightCredential(sandbox).password);
    await save(form);
    await expect(tileOf(portal, "Fernwood")).toHaveAccessibleDescription(/verified/);
    if (!withScript) await portal.context().close();
  });
}

test("a proxy override is sent along with Try again, so that one press is enough", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  const password = fieldOf(overlay, fieldLabels.password);
  await fillIn(overlay, { ...at(sandbox, "/front-opens"), password: "wrong" });
  await save(overlay);
  await sendButton(overlay).click();
  await expect(password).toHaveAccessibleDescription(/^User name or password is not right/);
  await save(overlay);
  await expect(password).toHaveAccessibleDescription(/They have not been sent again/);
  await overlay.getByRole("button", { name: "Try again" }).click();
  await sendButton(overlay).click();
  await expect(password).toHaveAccessibleDescription(/They have not been sent again/);
  const before = sent(sandbox).length;
  await overlay.getByRole("button", { name: "Try again" }).click();
  await expect(password).toHaveAccessibleDescription(/^User name or password is not right/);
  expect(sent(sandbox)).toHaveLength(before + 1);
});

test("the owner sends a stored credential past a new proxy", async ({ page, sandbox }) => {
  const overlay = await openOverlay(page);
  await fillIn(overlay, at(sandbox, "/front-opens"));
  await save(overlay);
  await sendButton(overlay).click();
  await expect(tileOf(page, "Fernwood")).toBeChecked();
  await page.getByRole("button", { name: "Next" }).click();
  await chooseData(page);
  await page.getByRole("link", { name: "Details of the credential" }).click();
  await expect(page.getByRole("main")).toContainText("turns visitors away");
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByRole("main")).toContainText("verified");
  await expect(sendButton(page)).toHaveCount(0);
});
