import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { addCredentialPath, fieldLabels, fieldOf, fillIn, openOverlay, save, tileOf } from "./page-objects";
import { rightCredential } from "./refusals";
import { sandboxAccounts, sandboxKeys } from "./sandbox/accounts";

const { jane } = sandboxAccounts;
const { janeWrite, zoeOlder } = sandboxKeys;
const looksLikeKey = /^This looks like an API key/;

test("a recognised key is named, masked until revealed, and hides the Password field", async ({ page }) => {
  const overlay = await openOverlay(page);
  const first = fieldOf(overlay, fieldLabels.username);
  const password = fieldOf(overlay, fieldLabels.password);
  const show = overlay.getByRole("button", { name: "Show key" });
  await password.fill("typed before");
  await first.fill("jane");
  await expect(first).toHaveAttribute("type", "text");
  await expect(show).toHaveCount(0);

  for (const { value } of [janeWrite, zoeOlder]) {
    await first.fill(`Bearer ${value}`);
    await expect(first).toHaveAttribute("type", "password");
    await expect(first).toHaveAccessibleDescription(
      "API key, recognised. What stands around it is left out. No password is needed.",
    );
    await expect(overlay.getByRole("status").filter({ hasText: "API key, recognised" })).toHaveCount(1);
    await expect(password).toBeHidden();
    await first.focus();
    await page.keyboard.press("Tab");
    await expect(show).toBeFocused();
    await page.keyboard.press("Space");
    await expect(first).toHaveAttribute("type", "text");
    await expect(show).toHaveAttribute("aria-pressed", "true");
    await show.click();
    await expect(first).toHaveAttribute("type", "password");
  }

  await first.fill("jane");
  await expect(first).toHaveAttribute("type", "text");
  await expect(password).toHaveValue("typed before");
  await password.fill(janeWrite.value);
  await expect(password).toHaveAccessibleDescription(
    "API key, recognised. It is sent as a key, not as a password.",
  );
});

test("a key typed after a password is stored as a key: a hidden field is not sent", async ({
  page,
  sandbox,
}) => {
  const overlay = await openOverlay(page);
  await fillIn(overlay, rightCredential(sandbox));
  await fieldOf(overlay, fieldLabels.username).fill(janeWrite.value);
  await save(overlay);
  await expect(tileOf(page, "Fernwood")).toHaveAccessibleDescription(/Jane Citizen.*verified/);
  const signedIn = sandbox.journal().filter(({ scheme }) => scheme !== "none");
  expect(new Set(signedIn.map(({ scheme }) => scheme))).toEqual(new Set(["Bearer"]));
});

for (const withScript of [true, false]) {
  const how = withScript ? "" : ", without script";

  test(`a key in name, description or address${how}: refused at the field, no server asked, not shown, not stored`, async ({
    page,
    user,
    browser,
    sandbox,
  }) => {
    test.slow();
    const portal = withScript ? page : await openWithoutScript(browser, user);
    for (const field of ["name", "description", "baseUrl"] as const) {
      await portal.goto(addCredentialPath);
      for (const typed of [janeWrite.value, `https://jane:${zoeOlder.value}@bitbucket.example.com`]) {
        await fillIn(portal, { ...rightCredential(sandbox), [field]: typed });
        await save(portal);
        await expect(fieldOf(portal, fieldLabels[field])).toHaveAccessibleDescription(looksLikeKey);
        await expect(fieldOf(portal, fieldLabels[field])).toHaveValue(withScript ? typed : "");
        expect(await portal.content()).not.toContain(janeWrite.value.slice(-20));
        expect(await portal.content()).not.toContain(zoeOlder.value.slice(-20));
      }
    }
    expect(sandbox.journal()).toEqual([]);
    if (!withScript) await portal.context().close();
  });

  test(`part of a key in the first or second field${how}: named as such, and not sent`, async ({
    page,
    user,
    browser,
    sandbox,
  }) => {
    const portal = withScript ? page : await openWithoutScript(browser, user);
    for (const [at, typed] of [
      [fieldLabels.username, { username: janeWrite.value.slice(0, 45), password: jane.password }],
      [fieldLabels.password, { username: jane.name, password: zoeOlder.value.slice(0, 40) }],
    ] as const) {
      await portal.goto(addCredentialPath);
      await fillIn(portal, { ...rightCredential(sandbox), ...typed });
      await save(portal);
      await expect(fieldOf(portal, at)).toHaveAccessibleDescription(
        /^This looks like an API key that is not whole\. Nothing was sent\./,
      );
      // Shown once.
      await expect(portal.getByRole("main").getByText("an API key that is not whole")).toHaveCount(1);
      expect(sandbox.journal()).toEqual([]);
      expect(await portal.content()).not.toContain(typed.username.slice(5, 40).padEnd(30, "-"));
    }
    if (!withScript) await portal.context().close();
  });

  test(`space around a password${how} is kept, and mentioned once the server has refused the password`, async ({
    page,
    user,
    browser,
    sandbox,
  }) => {
    const portal = withScript ? page : await openWithoutScript(browser, user);
    await portal.goto(addCredentialPath);
    await fillIn(portal, { ...rightCredential(sandbox), password: `${jane.password} ` });
    await save(portal);
    await expect(fieldOf(portal, fieldLabels.password)).toHaveAccessibleDescription(
      /The password begins or ends with a space or an invisible character/,
    );
    if (!withScript) await portal.context().close();
  });
}

test("a search for a key is refused at its field; without script the key is removed from the address", async ({
  page,
  user,
  browser,
}) => {
  await page.goto("/credentials?status=verified");
  await page.getByLabel("Search").fill(janeWrite.value);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByLabel("Search")).toBeFocused();
  const complaint = await page
    .getByLabel("Search")
    .evaluate((field: HTMLInputElement) => field.validationMessage);
  expect(complaint).toMatch(looksLikeKey);
  expect(page.url()).not.toContain("q=");
  await page.getByLabel("Search").fill("nightly");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/q=nightly/);

  const plain = await openWithoutScript(browser, user);
  await plain.goto("/credentials?status=verified");
  await plain.getByLabel("Search").fill(zoeOlder.value);
  await plain.getByRole("button", { name: "Show" }).click();
  await expect(plain.getByRole("alert")).toContainText("It was taken out of the address");
  expect(new URL(plain.url()).searchParams.get("q")).toBeNull();
  expect(await plain.content()).not.toContain(zoeOlder.value.slice(0, 20));
  await plain.context().close();
});
