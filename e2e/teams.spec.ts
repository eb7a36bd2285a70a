import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { NoScriptClient } from "./no-script-client";

const teamPath = /\/teams\/([0-9a-f-]{36})/;
const linkPath = /\/invitations\/[\w-]{43}/;

async function open(browser: Browser, { client }: User, withScript: boolean): Promise<Page> {
  if (!withScript) return openWithoutScript(browser, { client });
  const context = await browser.newContext({ baseURL: client.origin });
  await context.addCookies(client.cookies());
  return context.newPage();
}

/** Makes a team without script and returns its address. */
async function seedTeam({ client }: User, name = `Team ${randomUUID()}`): Promise<string> {
  const answer = await client.submit("/teams/new", { name, description: "" });
  const id = teamPath.exec(answer.headers.get("location") ?? "")?.[1];
  if (!id) throw new Error(`making ${name} answered ${answer.status}: ${await answer.text()}`);
  return `/teams/${id}`;
}

/** Makes an invitation into the team at `path` and returns the link's path. */
async function seedInvitation({ client }: User, path: string): Promise<string> {
  const answer = await client.submit(path, { invitedEmail: "", days: "7" });
  const link = linkPath.exec(await answer.text())?.[0];
  if (!link) throw new Error(`inviting answered ${answer.status}`);
  return link;
}

function membersOf(page: Page) {
  return page.getByRole("list", { name: "Members" }).getByRole("listitem");
}

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`a user makes a team, adds a member, makes them owner and leaves, ${how} script`, async ({
    browser,
    user,
    another,
  }) => {
    test.slow();
    const other = await another();
    const name = `Ledger ${randomUUID()}`;
    const page = await open(browser, user, withScript);
    await page.goto("/teams");
    await page.getByRole("link", { name: "New team" }).click();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByRole("button", { name: "Create team" }).click();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    await page.getByRole("button", { name: "Leave team" }).click();
    await expect(page.getByText("A team needs an owner.")).toBeVisible();

    await page.getByLabel("Email", { exact: true }).fill("nobody@nowhere.example");
    await page.getByRole("button", { name: "Add member" }).click();
    await expect(page.getByLabel("Email", { exact: true })).toHaveAccessibleDescription(
      /^Nobody here has an account/,
    );
    await expect(page.getByLabel("Email", { exact: true })).toHaveValue("nobody@nowhere.example");
    await page.getByLabel("Email", { exact: true }).fill(` ${other.user.email.toUpperCase()} `);
    await page.getByRole("button", { name: "Add member" }).click();
    await expect(membersOf(page)).toHaveCount(2);
    await expect(page.getByLabel("Email", { exact: true })).toHaveValue("");

    await other.page.goto("/teams");
    await other.page.getByRole("link", { name }).click();
    await expect(membersOf(other.page)).toHaveCount(2);
    await expect(other.page.getByRole("main").getByRole("button")).toHaveText(["Leave team"]);
    await expect(other.page.getByRole("link", { name: "Edit team" })).toHaveCount(0);

    await page.getByRole("button", { name: `Make owner of ${other.user.name}` }).click();
    await expect(page.getByText("The role is changed").first()).toBeVisible();
    await page.getByRole("button", { name: "Leave team" }).click();
    await expect(page.getByText("You have left the team").first()).toBeVisible();
    const { pathname } = new URL(other.page.url());
    expect((await page.goto(pathname))?.status()).toBe(404);
    await other.page.reload();
    await expect(membersOf(other.page)).toHaveCount(1);
    await page.context().close();
  });

  test(`an invitation's link is shown once, admits one user, and is void afterwards, ${how} script`, async ({
    browser,
    user,
    anotherUser,
  }) => {
    test.slow();
    const [invited, late] = [await anotherUser(), await anotherUser()];
    const path = await seedTeam(user);
    const page = await open(browser, user, withScript);
    await page.goto(path);
    await page.getByLabel("Whom it is for").fill("kim@example.com");
    await page.getByRole("button", { name: "Make invitation link" }).click();
    const link = await page.getByLabel("Invitation link").inputValue();
    await expect(page.getByRole("list", { name: "Open invitations" })).toContainText("kim@example.com");
    await page.goto(path);
    expect(await page.content()).not.toContain(link.slice(-43));

    const other = await open(browser, invited, withScript);
    await other.goto(link);
    await expect(other.getByText(`${user.name} invites you`)).toBeVisible();
    await other.getByRole("button", { name: "Join team" }).click();
    await expect(membersOf(other)).toHaveCount(2);
    await page.reload();
    await expect(page.getByText("No invitation is open.")).toBeVisible();
    expect((await late.client.get(link)).status).toBe(404);
    await page.context().close();
    await other.context().close();
  });

  test(`a visitor with a link makes an account and is in the team, ${how} script`, async ({
    browser,
    user,
  }) => {
    const link = await seedInvitation(user, await seedTeam(user));
    const { origin } = user.client;
    const page = withScript
      ? await (await browser.newContext({ baseURL: origin })).newPage()
      : await openWithoutScript(browser, { client: new NoScriptClient(origin) });
    const id = randomUUID().slice(0, 8);
    await page.goto(link);
    await page.getByRole("link", { name: "Create an account" }).click();
    await page.getByLabel("Name").fill(`Kim ${id}`);
    await page.getByLabel("Email").fill(`kim-${id}@example.com`);
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/^Use at least 12/);
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByText("You are in the team now").first()).toBeVisible();
    await expect(membersOf(page)).toHaveCount(2);
    await page.context().close();
  });

  test(`a visitor with an account signs in and returns to the invitation, ${how} script`, async ({
    browser,
    user,
    anotherUser,
  }) => {
    const invited = await anotherUser();
    const link = await seedInvitation(user, await seedTeam(user));
    const { origin } = user.client;
    const page = withScript
      ? await (await browser.newContext({ baseURL: origin })).newPage()
      : await openWithoutScript(browser, { client: new NoScriptClient(origin) });
    await page.goto(link);
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Email").fill(invited.email);
    await page.getByLabel("Password").fill(invited.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Decline" }).click();
    await expect(page.getByText("The invitation is declined").first()).toBeVisible();
    expect((await page.goto(link))?.status()).toBe(404);
    await page.context().close();
  });
}

test("used, revoked and unknown links look the same, signed in or not", async ({ user, another }) => {
  const { user: other, page } = await another();
  const path = await seedTeam(user);
  const [used, revoked] = [await seedInvitation(user, path), await seedInvitation(user, path)];
  // The first form of the page is the one that joins.
  await other.client.submit(used, { token: used.slice(-43) });
  const open = await (await user.client.get(path)).text();
  const ids = [...open.matchAll(/name="invitationId"[^>]*value="([0-9a-f-]{36})"/g)].map(([, id]) => id);
  expect(ids).toHaveLength(1);
  await user.client.submit(path, { invitationId: ids[0] ?? "" });
  for (const signedIn of [true, false]) {
    if (!signedIn) await page.context().clearCookies();
    const said = new Set<string | null>();
    for (const link of [used, revoked, `/invitations/${"x".repeat(43)}`, "/invitations/x"]) {
      expect((await page.goto(link))?.status(), link).toBe(404);
      said.add(await page.getByRole("main").textContent());
    }
    expect(said.size).toBe(1);
    expect([...said][0]).toContain("This invitation does not work");
  }
});

test("of two simultaneous edits of a team the second user is told and loses nothing", async ({
  page,
  context,
  user,
}) => {
  const path = await seedTeam(user);
  const second = await context.newPage();
  for (const tab of [page, second]) await tab.goto(`${path}/edit`);
  const name = `Renamed ${randomUUID()}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await second.getByLabel("Description", { exact: true }).fill("Typed meanwhile");
  await second.getByRole("button", { name: "Save" }).click();
  await expect(second.getByText("Another person changed this team meanwhile.")).toBeVisible();
  await expect(second.getByLabel("Description", { exact: true })).toHaveValue("Typed meanwhile");
});

test("a portal administrator manages a team from outside, but cannot add themself", async ({
  browser,
  administrator,
  user,
  anotherUser,
}) => {
  const other = await anotherUser();
  const name = `Orphan ${randomUUID()}`;
  const path = await seedTeam(user, name);
  const page = await open(browser, administrator, true);
  await page.goto("/admin/teams");
  await page.getByRole("searchbox", { name: "Search" }).fill(name);
  await page.getByRole("searchbox", { name: "Search" }).press("Enter");
  // While the list is filtered, its links move.
  await expect(page).toHaveURL(/q=Orphan/);
  await page.getByRole("link", { name }).click();
  await expect(page).toHaveURL(path);
  for (const [email, answer] of [
    [administrator.email, "You may see this team, but not change that."],
    [other.email, "It is proposed: an owner of the team has to agree"],
  ] as const) {
    await page.getByLabel("Email", { exact: true }).fill(email);
    await page.getByRole("button", { name: "Propose member" }).click();
    await expect(page.getByText(answer).first()).toBeVisible();
  }
  await expect(page.getByRole("button", { name: "Leave team" })).toHaveCount(0);
  await page.context().close();
});

test("a team is deleted by its owner, and its name is free again", async ({ page, user }) => {
  const name = `Short-lived ${randomUUID()}`;
  const path = await seedTeam(user, name);
  await page.goto(`${path}/edit`);
  await page.getByRole("button", { name: "Delete team" }).click();
  await expect(page.getByText("The team is deleted").first()).toBeVisible();
  expect((await page.goto(path))?.status()).toBe(404);
  await seedTeam(user, name.toUpperCase());
});
