import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { authenticatePath, chooseData, fillIn, openOverlay, save, type Typed, tileOf } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

type Wizard = Parameters<typeof openOverlay>[0];

/** Stores a credential while its server is in maintenance, and opens the wizard's last step with it. */
async function storeUnchecked(page: Wizard, sandbox: Sandbox, changes: Partial<Typed> = {}): Promise<void> {
  sandbox.set("/", { state: "MAINTENANCE" });
  const overlay = await openOverlay(page);
  await fillIn(overlay, { ...rightCredential(sandbox), ...changes });
  await save(overlay);
  await overlay.getByRole("button", { name: "Save without checking" }).click();
  await expect(tileOf(page, rightCredential(sandbox).name)).toBeChecked();
  await page.getByRole("button", { name: "Next" }).click();
  await chooseData(page);
  await expect(page.getByRole("button", { name: "Check now" })).toBeVisible();
}

test("a credential stored without a check is verified once its server is back", async ({ page, sandbox }) => {
  await storeUnchecked(page, sandbox);
  const checkNow = page.getByRole("button", { name: "Check now" });
  await checkNow.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "Not proven: Bitbucket is under maintenance",
  );
  sandbox.set("/", { state: "RUNNING" });
  await checkNow.click();
  await expect(page.getByRole("region", { name: "Credential" })).toContainText("Jane Citizen · jcitizen");
  await expect(page.getByRole("region", { name: "Credential" })).toContainText("verified");
  await expect(checkNow).toBeHidden();
});

test("a credential that its server refuses is rejected, and sent again only when its owner presses Try again", async ({
  page,
  sandbox,
}) => {
  await storeUnchecked(page, sandbox, { password: "not Jane's password" });
  sandbox.set("/", { state: "RUNNING" });
  const attempts = () => sandbox.journal().filter(({ signInAttempt }) => signInAttempt);
  const alert = page.getByRole("main").getByRole("alert");
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(alert).toContainText("Not proven: User name or password is not right");
  await expect(page.getByRole("button", { name: "Check again" })).toBeHidden();
  const tryAgain = page.getByRole("button", { name: "Try again" });
  await expect(tryAgain).toHaveAccessibleDescription(/^Its server refused it.* Try again sends it once/);
  expect(attempts()).toHaveLength(1);
  await tryAgain.click();
  await expect(tryAgain).toHaveAccessibleDescription(
    /^The account is left alone, because its last 2 sign-ins/,
  );
  await expect(alert).toContainText("Not proven: User name or password is not right");
  expect(attempts()).toHaveLength(2);
  await page.goto(authenticatePath);
  await expect(tileOf(page, rightCredential(sandbox).name)).toHaveAccessibleDescription(/rejected/);
});

for (const withScript of [true, false]) {
  const how = withScript ? "" : ", without script";
  test(`a rejected credential is sent once by one press on its page${how}`, async ({
    page,
    user,
    browser,
    sandbox,
  }) => {
    await storeUnchecked(page, sandbox, { password: "not Jane's password" });
    sandbox.set("/", { state: "RUNNING" });
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("is not right");
    await page.getByRole("link", { name: "Details of the credential" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(rightCredential(sandbox).name);
    const attempts = () => sandbox.journal().filter(({ signInAttempt }) => signInAttempt);

    const portal = withScript ? page : await openWithoutScript(browser, user);
    if (!withScript) await portal.goto(page.url());
    await expect(portal.getByRole("main")).toContainText("Its server refused it");
    await portal.getByRole("button", { name: "Try again" }).click();
    await expect(portal.getByRole("main")).toContainText("its last 2 sign-ins were refused");
    expect(attempts()).toHaveLength(2);
    if (!withScript) await portal.context().close();
  });
}
