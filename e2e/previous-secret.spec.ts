import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { fieldLabels, fieldOf, save, seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";
import { sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

const { janeRead, janeWrite } = sandboxKeys;
const section = (page: Page) => page.getByRole("region", { name: "Previous secret" });
const press = (page: Page, name: string) => section(page).getByRole("button", { name }).click();
const goneWords = `The server no longer accepts the previous API key with the id ${janeRead.id}: it refused it on`;
const keepBox = (page: Page) => page.getByRole("checkbox", { name: /^Keep the previous secret/ });

/** A credential with one of Jane's keys; returns its page. */
async function seedJanesKey(user: User, sandbox: Sandbox): Promise<string> {
  const typed = { ...rightCredential(sandbox), username: janeRead.value, password: "" };
  return `/credentials/${await seedCredential(user, typed)}`;
}

/** Replaces the secret by Jane's other key, on the form's page. */
async function replace(page: Page, path: string): Promise<void> {
  await page.goto(`${path}/replace-secret`);
  await fieldOf(page, fieldLabels.username).fill(janeWrite.value);
  await save(page);
  await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved and verified");
}

test("a replaced key is kept, switched back to, and found dead once it is revoked", async ({
  page,
  user,
  sandbox,
}) => {
  const path = await seedJanesKey(user, sandbox);
  await page.goto(path);
  await expect(section(page)).toHaveCount(0);
  await replace(page, path);
  await expect(section(page)).toContainText(`API keyid ${janeRead.id}`);
  await expect(section(page)).toContainText("kept until");
  await expectAccessible(page, "a previous secret");

  await press(page, "Switch back");
  await expect(page.getByRole("main")).toContainText("“Fernwood” uses its previous secret again");
  await expect(section(page)).toContainText(`id ${janeWrite.id}`);

  await press(page, "Check that it is dead");
  const works = section(page).getByRole("status");
  await expect(works).toContainText("The previous API key still works");
  await expect(works.getByRole("link", { name: /HTTP access tokens in Bitbucket/ })).toHaveAttribute(
    "href",
    `${rightCredential(sandbox).baseUrl.replace(/\/$/, "")}/plugins/servlet/access-tokens/manage`,
  );
  await expectAccessible(page, "a previous secret that still works");

  sandbox.instance("/").disturbances.revokeKey(janeWrite.name);
  await press(page, "Check that it is dead");
  await expect(section(page)).toContainText(
    `The server no longer accepts the previous API key with the id ${janeWrite.id}: it refused it on`,
  );
  await expect(section(page).getByRole("button")).toHaveCount(0);
  await expectAccessible(page, "a previous secret that is gone");
  await page.goto(`${path}/history`);
  await expect(page.getByRole("main")).toContainText("no longer accepted by the server, and is deleted here");
  await expect(page.getByRole("main")).toContainText("Previous secret in use again");
  for (const { value } of [janeRead, janeWrite]) expect(await page.content()).not.toContain(value);
});

test("without the checkbox the replaced key is deleted at once", async ({ page, user, sandbox }) => {
  const path = await seedJanesKey(user, sandbox);
  await page.goto(`${path}/replace-secret`);
  await expect(keepBox(page)).toBeChecked();
  await expect(keepBox(page)).toHaveAccessibleDescription(/Turn it off if the old one has leaked/);
  await keepBox(page).uncheck();
  await fieldOf(page, fieldLabels.username).fill(janeWrite.value);
  await save(page);
  await expect(page.getByRole("main")).toContainText("The new secret of “Fernwood” is saved and verified");
  await expect(section(page)).toHaveCount(0);
});

test("a switch back to a revoked key is refused, deletes that key and says why", async ({
  page,
  user,
  sandbox,
}) => {
  const path = await seedJanesKey(user, sandbox);
  await replace(page, path);
  sandbox.instance("/").disturbances.revokeKey(janeRead.name);
  await press(page, "Switch back");
  await expect(section(page).getByRole("alert")).toContainText("Not switched back");
  await expect(section(page).getByRole("alert")).toBeFocused();
  await expect(section(page).getByRole("alert")).toContainText("The current secret stays in use");
  await expect(section(page)).toContainText(goneWords);
  await expect(section(page).getByRole("button")).toHaveCount(0);
  await expectAccessible(page, "a refused switch back");
});

test("an error about one previous secret does not stay under the next", async ({ page, user, sandbox }) => {
  const path = await seedJanesKey(user, sandbox);
  await replace(page, path);
  sandbox.set("/", { state: "MAINTENANCE" });
  await press(page, "Check that it is dead");
  await expect(section(page).getByRole("alert")).toContainText("Not known");
  sandbox.set("/", { state: "RUNNING" });
  // Replaced in another window, so that the other key is the previous one by now.
  const typed = { baseUrl: rightCredential(sandbox).baseUrl, username: janeRead.value, password: "" };
  const replaced = await user.client.submit(`${path}/replace-secret`, { ...typed, keepPrevious: "on" });
  expect(replaced.status).toBe(303);
  await page
    .getByRole("region", { name: "Latest check" })
    .getByRole("button", { name: /^Check (now|again)/ })
    .click();
  await expect(section(page)).toContainText(`id ${janeWrite.id}`);
  await expect(section(page).getByRole("alert")).toHaveCount(0);
});

test("a previous password warns that a refusal counts, and is only forgotten here", async ({
  page,
  user,
  sandbox,
}) => {
  const path = `/credentials/${await seedCredential(user, rightCredential(sandbox))}`;
  await replace(page, path);
  for (const name of ["Switch back", "Check that it is dead"]) {
    await expect(section(page).getByRole("button", { name })).toHaveAccessibleDescription(
      /If the server refuses the password, that counts as a failed sign-in there, and here\./,
    );
  }
  await press(page, "Check that it is dead");
  await expect(section(page)).toContainText("it still signs in. Press Forget it now to delete it here.");
  await expect(section(page)).not.toContainText("Change the password");
});

test("without script it works the same", async ({ browser, user, sandbox }) => {
  const path = await seedJanesKey(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await page.goto(`${path}/replace-secret`);
  await keepBox(page).uncheck();
  await fieldOf(page, fieldLabels.username).fill("jane");
  await fieldOf(page, fieldLabels.password).fill("canary-wrong-password");
  await save(page);
  await expect(page.getByText("User name or password is not right").first()).toBeVisible();
  await expect(keepBox(page)).not.toBeChecked();
  await replace(page, path);

  await press(page, "Switch back");
  await expect(page.getByRole("main")).toContainText("“Fernwood” uses its previous secret again");
  await press(page, "Check that it is dead");
  await expect(section(page)).toContainText("The previous API key still works");
  await press(page, "Forget it now");
  await expect(section(page)).toContainText(
    `The previous API key with the id ${janeWrite.id} was deleted here`,
  );
  await expect(section(page)).toContainText("It still worked on");
  for (const { value } of [janeRead, janeWrite]) expect(await page.content()).not.toContain(value);
  await page.context().close();
});

test("without script a refusal is told, though no secret is kept any more", async ({
  browser,
  user,
  sandbox,
}) => {
  const path = await seedJanesKey(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await replace(page, path);
  sandbox.instance("/").disturbances.revokeKey(janeRead.name);
  await press(page, "Switch back");
  await expect(section(page).getByRole("alert")).toContainText("Not switched back");
  await expect(section(page)).toContainText(goneWords);
  await expect(section(page).getByRole("button")).toHaveCount(0);
  await page.context().close();
});

test("without script a press that came too late is told, though nothing is left to show", async ({
  browser,
  user,
  sandbox,
}) => {
  const path = await seedJanesKey(user, sandbox);
  const page = await openWithoutScript(browser, user);
  await replace(page, path);
  // Meanwhile it is replaced in another window, and the one before is not kept.
  const { baseUrl } = rightCredential(sandbox);
  const typed = { baseUrl, username: janeRead.value, password: "" };
  expect((await user.client.submit(`${path}/replace-secret`, typed)).status).toBe(303);
  await press(page, "Switch back");
  await expect(section(page).getByRole("alert")).toContainText("The previous secret is not kept any more");
  await expect(section(page).getByRole("button")).toHaveCount(0);
  await page.goto(path);
  await expect(section(page)).toHaveCount(0);
  await page.context().close();
});
