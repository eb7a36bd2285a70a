import type { Locator, Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { authenticatePath, chooseData, seedCredential, takenOver, tileOf, tilesOf } from "./page-objects";
import { rightCredential } from "./refusals";

const shareDialog = (page: Page) => page.getByRole("dialog", { name: "Share" });

/** Opens the Share dialog from the page of a credential, source or destination. */
async function openShare(page: Page, address: string): Promise<Locator> {
  await page.goto(address);
  await (await takenOver(page.getByRole("link", { name: "Share", exact: true }))).click();
  await expect(shareDialog(page)).toBeVisible();
  return shareDialog(page);
}

/** Finds a user by name in the dialog or on its page, and shares with them. */
async function shareWith(scope: Page | Locator, name: string, role: string): Promise<void> {
  await scope.getByLabel("Person or team").fill(name);
  await scope.getByRole("button", { name: "Search" }).click();
  await scope.getByLabel(`Role for ${name}`).selectOption(role);
  await scope.getByRole("button", { name: `Share with ${name}` }).click();
  await expect(scope.getByText(`${name} has access now, as ${role.toLowerCase()}.`)).toBeVisible();
}

/** Saves a source that uses the only tile with this name. */
async function makeSource(page: Page, credential: string, name: string): Promise<void> {
  await page.goto(authenticatePath);
  await tileOf(page, credential).check();
  await page.getByRole("button", { name: "Next" }).click();
  await chooseData(page);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

async function seedLedger(user: User, sandbox: Parameters<typeof rightCredential>[0]): Promise<string> {
  return seedCredential(user, { ...rightCredential(sandbox), name: "Ledger" });
}

test("a grantee sees and uses a shared credential, without its secret and without changing it, until the access ends", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  const id = await seedLedger(user, sandbox);
  const other = await another();
  const dialog = await openShare(page, `/credentials/${id}`);
  await shareWith(dialog, other.user.name, "Collaborator");
  await expect(dialog.getByLabel(`Role of ${other.user.name}`)).toHaveValue("collaborator");

  await makeSource(other.page, "Ledger", "Their source");
  await other.page.goto(`/credentials/${id}`);
  await (await takenOver(other.page.getByRole("link", { name: "Who has access" }))).click();
  const seen = other.page.getByRole("dialog", { name: "Who has access" });
  await expect(seen.getByText("ask the owner or an administrator")).toBeVisible();
  await expect(seen.getByRole("searchbox")).toHaveCount(0);
  expect(await other.page.content()).not.toContain(rightCredential(sandbox).password);

  // Their source is newer than the dialog, so the first press only tells of it.
  await dialog.getByRole("button", { name: `Remove ${other.user.name}` }).click();
  await expect(dialog.getByText("Press Remove again to see what.")).toBeVisible();
  await dialog.getByRole("button", { name: `Remove ${other.user.name}` }).click();
  await dialog.getByRole("button", { name: "Remove and stop it" }).click();
  await expect(dialog.getByText(`${other.user.name} was removed.`)).toBeVisible();
  await other.page.goto("/sources");
  await expect(other.page.getByText("The credential is no longer shared with you")).toBeVisible();
  await expect(other.page.getByText("Ledger")).toHaveCount(0);
  await other.page.getByRole("link", { name: "Their source" }).click();
  await expect(other.page.getByText("This data source does not run until")).toBeVisible();
  expect((await other.page.goto(`/credentials/${id}/share`))?.status()).toBe(404);
  await other.page.goto(authenticatePath);
  await expect(tilesOf(other.page)).toHaveCount(0);
});

test("the search of the Share dialog keeps its name over a list that has a search of its own", async ({
  page,
  user,
  sandbox,
}) => {
  await seedLedger(user, sandbox);
  await page.goto("/credentials");
  await (await takenOver(page.getByRole("link", { name: /^Share.*Ledger/ }))).click();
  await expect(shareDialog(page).getByRole("searchbox", { name: "Person or team" })).toBeVisible();
});

test("a user who changes a grant that another user has changed meanwhile is told, and sees its new state", async ({
  page,
  user,
  another,
  anotherUser,
  sandbox,
}) => {
  const id = await seedLedger(user, sandbox);
  const [second, third] = [await another(), await anotherUser()];
  const dialog = await openShare(page, `/credentials/${id}`);
  await shareWith(dialog, second.user.name, "Administrator");
  await shareWith(dialog, third.name, "Collaborator");
  const theirs = await openShare(second.page, `/credentials/${id}`);
  await theirs.getByLabel(`Role of ${third.name}`).selectOption("Administrator");
  await theirs.getByRole("button", { name: `Change the role of ${third.name}` }).click();
  await expect(theirs.getByText(`${third.name} is administrator now.`)).toBeVisible();

  await dialog.getByRole("button", { name: `Remove ${third.name}` }).click();
  await expect(dialog.getByText("Another person changed this meanwhile")).toBeVisible();
  await expect(dialog.getByLabel(`Role of ${third.name}`)).toHaveValue("administrator");
});

test("sharing, changing a role and removing work without script", async ({
  browser,
  user,
  anotherUser,
  sandbox,
}) => {
  const id = await seedLedger(user, sandbox);
  const other = await anotherUser();
  const page = await openWithoutScript(browser, user);
  await page.goto(`/credentials/${id}/share`);
  await shareWith(page, other.name, "Collaborator");
  await page.getByLabel(`Role of ${other.name}`).selectOption("Administrator");
  await page.getByRole("button", { name: `Change the role of ${other.name}` }).click();
  await expect(page.getByText(`${other.name} is administrator now.`)).toBeVisible();
  await expect(page.getByLabel(`Role of ${other.name}`)).toHaveValue("administrator");
  await page.getByRole("button", { name: `Remove ${other.name}` }).click();
  await expect(page.getByText(`${other.name} was removed.`)).toBeVisible();
  await expect(page.getByText("It is not shared with anybody else.")).toBeVisible();
  await page.context().close();
});

test("a source is shared without its credential, whose name the grantee does not see", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  await seedLedger(user, sandbox);
  await makeSource(page, "Ledger", "Commits of the week");
  const other = await another();
  await (await takenOver(page.getByRole("link", { name: "Share", exact: true }))).click();
  await expect(shareDialog(page).getByText("may see all its records")).toBeVisible();
  await shareWith(shareDialog(page), other.user.name, "Operator");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(shareDialog(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Share", exact: true })).toBeFocused();

  await other.page.goto("/sources");
  await expect(other.page.getByText("A credential that is not shared with you")).toBeVisible();
  await other.page.getByRole("link", { name: "Commits of the week" }).click();
  await expect(other.page.getByRole("heading", { name: "Commits of the week" })).toBeVisible();
  expect(await other.page.content()).not.toContain("Ledger");
  await other.page.getByRole("link", { name: "Who has access" }).click();
  await other.page.getByRole("button", { name: "Leave" }).click();
  await expect(other.page.getByRole("heading", { name: `Hello, ${other.user.name}` })).toBeVisible();
  await other.page.goto("/sources");
  await expect(other.page.getByText("No data sources yet")).toBeVisible();
});

test("an ownership transfer is offered, reviewed, and accepted under another name where the name is taken", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  const id = await seedLedger(user, sandbox);
  const other = await another();
  await seedLedger(other.user, sandbox);
  const dialog = await openShare(page, `/credentials/${id}`);
  await dialog.getByRole("link", { name: "Hand over ownership" }).click();
  await page.getByLabel("New owner").fill(other.user.email);
  await page.getByRole("link", { name: `Choose ${other.user.name}` }).click();
  await page.getByRole("button", { name: "Offer the ownership" }).click();
  await expect(page.getByText(`Offered to ${other.user.name}`)).toBeVisible();

  // An offer lets the recipient review it, and no more.
  expect((await other.page.goto(`/credentials/${id}`))?.status()).toBe(404);
  await other.page.goto("/");
  await other.page.getByRole("link", { name: /^Answer/ }).click();
  await expect(other.page.getByText("You own a credential named “Ledger” already")).toBeVisible();
  await other.page.getByRole("button", { name: "Accept" }).click();
  await expect(other.page.getByText("Choose another name.")).toBeVisible();
  await other.page.getByLabel("Credential Name").fill("Ledger of the first");
  await other.page.getByRole("button", { name: "Accept" }).click();
  await expect(other.page.getByRole("heading", { name: "Ledger of the first" })).toBeVisible();

  const seen = await openShare(other.page, `/credentials/${id}`);
  await expect(seen.getByLabel(`Role of ${user.name}`)).toHaveValue("administrator");
  expect((await page.goto(`/credentials/${id}/transfer`))?.status()).toBe(404);
});
