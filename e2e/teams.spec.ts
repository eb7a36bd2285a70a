import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { Visitor } from "./visitor";

/** Makes a team of the page's person and stays on its page. */
async function makeTeam(page: Page): Promise<string> {
  const name = `Harbour ${randomUUID().slice(0, 8)}`;
  await page.goto("/teams/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create team" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  return name;
}

/** Makes an invitation on a team's page; answers the path of its link. */
async function invite(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Make invitation link" }).click();
  const link = await page.getByLabel("Invitation link").inputValue();
  return new URL(link).pathname;
}

test("without script an invitation lets somebody new into the portal and the team, once", async ({
  browser,
  person,
  portalOrigin,
}) => {
  const page = await openWithoutScript(browser, person);
  const team = await makeTeam(page);
  const link = await invite(page);
  await page.goto(new URL(page.url()).pathname);
  await expect(page.getByRole("list", { name: "Open invitations" })).toContainText("Whoever has the link");
  expect(await page.content(), "its link is shown once").not.toContain(link);

  const stranger = await openWithoutScript(browser, { visitor: new Visitor(portalOrigin) });
  await stranger.goto(link);
  await expect(stranger.getByText(team)).toBeVisible();
  await stranger.getByRole("link", { name: "Create an account" }).click();
  const name = `Kim ${randomUUID().slice(0, 8)}`;
  await stranger.getByLabel("Name").fill(name);
  await stranger.getByLabel("Email").fill(`${randomUUID()}@example.com`);
  // Refused first: the invitation is not lost by it.
  await stranger.getByLabel("Password").fill("short");
  await stranger.getByRole("button", { name: "Create account" }).click();
  await stranger.getByLabel("Password").fill("a password that is long");
  await stranger.getByRole("button", { name: "Create account" }).click();
  await expect(stranger.getByRole("heading", { name: team })).toBeVisible();
  await expect(stranger.getByText("You are in the team now").first()).toBeVisible();
  // A member manages nothing.
  await expect(stranger.getByRole("button")).toHaveText(["Sign out", "Leave team"]);

  const late = await openWithoutScript(browser, { visitor: new Visitor(portalOrigin) });
  expect((await late.goto(link))?.status(), "used").toBe(404);
  await page.reload();
  await expect(page.getByRole("list", { name: "Members" })).toContainText(name);
  for (const each of [page, stranger, late]) await each.context().close();
});

test("somebody with an account joins by a link; the last owner stays until there is another one", async ({
  page,
  another,
}) => {
  const team = await makeTeam(page);
  const link = await invite(page);
  const { person: member, page: theirs } = await another();
  await theirs.goto(link);
  await theirs.getByRole("button", { name: "Join team" }).click();
  await expect(theirs.getByRole("heading", { name: team })).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "Leave team" }).click();
  await expect(page.getByText("A team needs an owner. Make somebody else an owner first.")).toBeVisible();
  await page.getByRole("button", { name: `Make owner of ${member.name}` }).click();
  await expect(page.getByText("The role is changed").first()).toBeVisible();
  await page.getByRole("button", { name: "Leave team" }).click();
  await expect(page).toHaveURL(/\/teams\?/);
  await expect(page.getByRole("link", { name: team })).toHaveCount(0);

  // The new owner's page was read before; it goes on, with what an owner may do.
  await theirs.reload();
  await theirs.getByRole("link", { name: "Edit team" }).click();
  await theirs.getByLabel("Name", { exact: true }).fill(`${team} at sea`);
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(theirs.getByRole("heading", { name: `${team} at sea` })).toBeVisible();
});

test("an invitation that was taken back is worth nothing", async ({ page, browser, portalOrigin }) => {
  await makeTeam(page);
  const link = await invite(page);
  await page.getByRole("button", { name: /^Revoke/ }).click();
  await expect(page.getByRole("button", { name: /^Revoke/ })).toHaveCount(0);
  const stranger = await openWithoutScript(browser, { visitor: new Visitor(portalOrigin) });
  expect((await stranger.goto(link))?.status()).toBe(404);
  await stranger.context().close();
});

test("teams and invitations are accessible", async ({ page, another }) => {
  test.slow();
  await makeTeam(page);
  const link = await invite(page);
  await expectAccessible(page, "a team with a new link");
  await page.goto("/teams");
  await expectAccessible(page, "teams");
  await page.goto("/teams/new");
  await expectAccessible(page, "a new team");
  const { page: theirs } = await another();
  await theirs.goto(link);
  await expectAccessible(theirs, "an invitation");
});
