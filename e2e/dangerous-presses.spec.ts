import type { Browser, Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { commentChoice, idOf, seedCredential, sentSource } from "./page-objects";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";
import { mustDo } from "./server-actions";

/** A page of this user's, with script. */
async function openAs(browser: Browser, { client }: User): Promise<Page> {
  const context = await browser.newContext({ baseURL: client.origin });
  await context.addCookies(client.cookies());
  return context.newPage();
}

/** How many sources this user's list shows as stopped. */
async function countStopped({ client }: User): Promise<number> {
  const page = await (await client.get("/sources")).text();
  return page.match(/>stopped</g)?.length ?? 0;
}

function addSource(user: User, credentialId: string, name: string): Promise<string> {
  return mustDo(user, "addEndpointAction", { ...sentSource, name, description: "", credentialId });
}

/** A lender with two sources, and a borrower with one that uses the lender's credential. */
async function seedLoan(
  { lender, borrower, administrator }: { lender: User; borrower: User; administrator: User },
  sandbox: Sandbox,
) {
  const credential = await seedCredential(lender, { ...rightCredential(sandbox), name: "Lent" });
  const grantee = `person:${await idOf(administrator, borrower)}`;
  await mustDo(lender, "shareAction", { kind: "credential", id: credential, grantee, role: "collaborator" });
  await addSource(lender, credential, "First");
  await addSource(lender, credential, "Second");
  await addSource(borrower, credential, "Borrowed");
  return `/admin/users/${await idOf(administrator, lender)}`;
}

/** A team of the owner's with a member whose two sources use what is shared with the team. */
async function seedTeam(owner: User, member: User, sandbox: Sandbox) {
  const name = `Ledger team ${crypto.randomUUID().slice(0, 8)}`;
  const teamId = await mustDo(owner, "addTeamAction", { name, description: "" });
  await mustDo(owner, "addMemberAction", { teamId, email: member.email });
  const credential = await seedCredential(owner, { ...rightCredential(sandbox), name: "Ledger" });
  const grantee = `team:${teamId}`;
  await mustDo(owner, "shareAction", { kind: "credential", id: credential, grantee, role: "collaborator" });
  await addSource(member, credential, "Nightly");
  await addSource(member, credential, "Weekly");
  return { name, path: `/teams/${teamId}`, credential };
}

function questionOf(page: Page, name: string): Locator {
  return page.getByRole("alertdialog", { name });
}

test("disabling an account counts what stops, also of others; undo brings it back with its session", async ({
  browser,
  user: borrower,
  anotherUser,
  administrator,
  sandbox,
}) => {
  test.slow();
  const lender = await anotherUser();
  const path = await seedLoan({ lender, borrower, administrator }, sandbox);
  const page = await openAs(browser, administrator);
  await page.goto(path);
  await page.getByRole("button", { name: "Disable…" }).click();
  const question = questionOf(page, `Disable ${lender.name}?`);
  await expect(question).toContainText("This stops 3 data sources of 2 people.");
  await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
  await expectAccessible(page, "the question before an account is disabled");
  await question.getByRole("button", { name: "Keep" }).click();
  await expect(question).toBeHidden();

  // Something is added meanwhile: the press that was told of less is refused, and asks anew.
  await addSource(
    lender,
    await seedCredential(lender, { ...rightCredential(sandbox), name: "New" }),
    "Third",
  );
  await page.getByRole("button", { name: "Disable…" }).click();
  await question.getByRole("button", { name: "Disable and stop 3" }).click();
  await expect(page.getByText("More would stop now than the page said.")).toBeVisible();
  expect(await countStopped(borrower)).toBe(0);
  await page.getByRole("button", { name: "Disable…" }).click();
  await question.getByRole("button", { name: "Disable and stop 4" }).click();
  await expect(page.getByText("The account is disabled").first()).toBeVisible();
  expect(await countStopped(borrower)).toBe(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The account is as it was before").first()).toBeVisible();
  expect([await countStopped(borrower), await countStopped(lender)]).toEqual([0, 0]);
  expect((await lender.client.get("/")).status).toBe(200);
  await page.context().close();
});

test("leaving a share asks if it stops the leaver's own source, and asks anew if more would stop", async ({
  browser,
  user: borrower,
  anotherUser,
  administrator,
  sandbox,
}) => {
  const lender = await anotherUser();
  await seedLoan({ lender, borrower, administrator }, sandbox);
  const page = await openAs(browser, borrower);
  await page.goto("/credentials");
  const href = await page.getByRole("link", { name: "Lent", exact: true }).getAttribute("href");
  await page.goto(`${href}/share`);
  const press = page.getByRole("button", { name: "Leave", exact: false });
  await press.click();
  const question = questionOf(page, "Give up your access?");
  await expect(question).toContainText("This stops 1 data source of yours.");
  await expect(question).toContainText("Borrowed");
  await question.getByRole("button", { name: "Keep" }).click();
  await addSource(borrower, href?.split("/").at(-1) ?? "", "Another");
  await press.click();
  await question.getByRole("button", { name: "Leave and stop it" }).click();
  await expect(page.getByText("More would stop now than the page said.")).toBeVisible();
  expect(await countStopped(borrower)).toBe(0);
  await press.click();
  await question.getByRole("button", { name: "Leave and stop 2" }).click();
  await expect(page.getByRole("heading", { name: `Hello, ${borrower.name}` })).toBeVisible();
  expect(await countStopped(borrower)).toBe(2);
  await page.context().close();
});

test("without script, disabling an account asks the same, and undo works", async ({
  browser,
  user: borrower,
  anotherUser,
  administrator,
  sandbox,
}) => {
  const lender = await anotherUser();
  const path = await seedLoan({ lender, borrower, administrator }, sandbox);
  const page = await openWithoutScript(browser, administrator);
  await page.goto(path);
  await page.getByRole("button", { name: "Disable…" }).click();
  const question = questionOf(page, `Disable ${lender.name}?`);
  await expect(question).toContainText("This stops 3 data sources of 2 people.");
  await question.getByRole("button", { name: "Disable and stop 3" }).click();
  await expect(page.getByText("The account is disabled").first()).toBeVisible();
  expect(await countStopped(borrower)).toBe(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The account is as it was before").first()).toBeVisible();
  expect(await countStopped(borrower)).toBe(0);
  await page.context().close();
});

test("removing a member counts what stops, and tells them; undo restores the membership", async ({
  page,
  user,
  another,
  sandbox,
}) => {
  test.slow();
  const { user: member, page: theirs } = await another();
  const { name, path } = await seedTeam(user, member, sandbox);
  await page.goto(path);
  await page.getByRole("button", { name: `Remove ${member.name}` }).click();
  const question = questionOf(page, `Remove ${member.name}?`);
  await expect(question).toContainText(`This stops 2 data sources of ${member.name}.`);
  // They are the member's own, and not shared with the reader.
  await expect(question).not.toContainText("Nightly");
  await expectAccessible(page, "the question before a member is removed");
  await question.getByRole("button", { name: "Remove and stop 2" }).click();
  await expect(page.getByText("The member is removed").first()).toBeVisible();
  expect(await countStopped(member)).toBe(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The member is in the team again, as before").first()).toBeVisible();
  expect(await countStopped(member)).toBe(0);
  await theirs.goto("/inbox");
  await expect(theirs.getByText(`${user.name} removed you from the team “${name}”`)).toHaveCount(1);
  await expect(theirs.getByText(`${user.name} took you back into the team “${name}”`)).toHaveCount(1);
  const added = theirs
    .getByRole("listitem")
    .filter({ hasText: `${user.name} added you to the team “${name}”` });
  await expect(added).toHaveCount(1);
  await added.getByRole("link", { name: "Look at the team" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("leaving a team names the user's own sources that stop; undo brings them back, and nothing is told", async ({
  user,
  another,
  sandbox,
}) => {
  const { user: member, page: theirs } = await another();
  const { name, path } = await seedTeam(user, member, sandbox);
  await theirs.goto(path);
  await theirs.getByRole("button", { name: "Leave team…" }).click();
  const question = questionOf(theirs, `Leave ${name}?`);
  await expect(question).toContainText("This stops 2 data sources of yours.");
  await expect(question.getByRole("listitem")).toHaveText([/^Nightly/, /^Weekly/]);
  await expectAccessible(theirs, "the question before a team is left");
  await question.getByRole("button", { name: "Leave and stop 2" }).click();
  await expect(theirs.getByText("You have left the team").first()).toBeVisible();
  expect(await countStopped(member)).toBe(2);
  await theirs.getByRole("button", { name: "Undo" }).click();
  await expect(theirs.getByText("You are in the team again, as before").first()).toBeVisible();
  expect(await countStopped(member)).toBe(0);
  await theirs.goto("/inbox");
  await expect(theirs.getByText("removed you")).toHaveCount(0);
});

test("pausing and deleting a source say what follows it; its own alone is paused at one press", async ({
  page,
  user,
  anotherUser,
  administrator,
  sandbox,
}) => {
  test.slow();
  const follower = await anotherUser();
  const credential = await seedCredential(user, rightCredential(sandbox));
  const source = await addSource(user, credential, "Commits");
  await page.goto(`/sources/${source}`);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();

  const grantee = `person:${await idOf(administrator, follower)}`;
  await mustDo(user, "shareAction", { kind: "endpoint", id: source, grantee, role: "collaborator" });
  await mustDo(follower, "addEndpointAction", {
    ...{ direction: "destination", connector: "bitbucket-server", choice: commentChoice(source) },
    ...{ name: "Comments", description: "", schedule: "after-source" },
    credentialId: await seedCredential(follower, rightCredential(sandbox)),
  });
  await page.reload();
  await page.getByRole("button", { name: "Pause…" }).click();
  const question = questionOf(page, "Pause “Commits”?");
  await expect(question).toContainText("This stops 1 data destination of 1 person.");
  await expectAccessible(page, "the question before a source is paused");
  await question.getByRole("button", { name: "Pause and stop it" }).click();
  await expect(page.getByText("It is paused", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Activate" })).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Pause…" })).toBeVisible();

  await page.goto(`/sources/${source}/delete`);
  await expect(page.getByText("1 data destination writes its records")).toBeVisible();
  await expect(page.getByText("It runs after each run of this source.")).toBeVisible();
  await expectAccessible(page, "the deletion of a source that others use");
  await page.getByRole("button", { name: "Delete and stop it" }).click();
  await expect(page).toHaveURL(/\/sources(\?|$)/);
});

test("where nothing stops, nothing is asked", async ({ page, user, anotherUser }) => {
  const member = await anotherUser();
  const name = `Empty team ${crypto.randomUUID().slice(0, 8)}`;
  const teamId = await mustDo(user, "addTeamAction", { name, description: "" });
  await mustDo(user, "addMemberAction", { teamId, email: member.email });
  await page.goto(`/teams/${teamId}`);
  await page.getByRole("button", { name: `Remove ${member.name}` }).click();
  await expect(page.getByText("The member is removed").first()).toBeVisible();
});
