import { expect, type Locator, type Page } from "@playwright/test";
import { test, type User } from "./fixtures";
import { tabTo } from "./keyboard";
import { NoScriptClient } from "./no-script-client";
import { seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";
import { callAction } from "./server-actions";

/** Presses the button by keyboard. */
async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press("Enter");
}

async function mustDo({ client }: User, action: string, fields: Record<string, string>): Promise<string> {
  const answer = await callAction(client, action, fields);
  expect(answer.code, `${action}: ${answer.text.slice(0, 300)}`).toBe("ok");
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(answer.location)?.[0] ?? "";
}

async function signInElsewhere({ email, password, client }: User): Promise<void> {
  await new NoScriptClient(client.origin).submit("/sign-in", { email, password });
}

test("after a session is ended, the next row has the focus, and Tab goes on from there", async ({
  page,
  user,
}) => {
  for (let count = 0; count < 3; count += 1) await signInElsewhere(user);
  await page.goto("/account");
  const rows = page.getByRole("listitem").filter({ hasText: "Signed in" });
  const others = page.getByRole("button", { name: /^End session/ });
  await expect(others).toHaveCount(3);
  const before = await rows.allTextContents();
  const place = before.findIndex((text) => !text.includes("this browser"));
  await press(page, others.first());
  await expect(others).toHaveCount(2);
  await expect(rows.nth(place)).toBeFocused();
  await expect(page.getByText("The session has ended").first()).toBeVisible();
  await press(page, others.last());
  await expect(others).toHaveCount(1);
  await expect(page.locator("li:focus")).toHaveCount(1);
});

test("after a member is removed, the next row has the focus, or the previous one after the last", async ({
  page,
  user,
  anotherUser,
}) => {
  const [first, second] = [await anotherUser(), await anotherUser()];
  const name = `Team ${crypto.randomUUID()}`;
  const teamId = await mustDo(user, "addTeamAction", { name, description: "" });
  for (const { email } of [first, second]) await mustDo(user, "addMemberAction", { teamId, email });
  await page.goto(`/teams/${teamId}`);
  const rows = page.getByRole("list", { name: "Members" }).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await press(page, rows.nth(1).getByRole("button", { name: /^Remove/ }));
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toBeFocused();
  await press(page, rows.nth(1).getByRole("button", { name: /^Remove/ }));
  await expect(rows).toHaveCount(1);
  await expect(rows.nth(0)).toBeFocused();
});

test("after the last open invitation is revoked, the empty list has the focus and says that none is open", async ({
  page,
  user,
}) => {
  const name = `Team ${crypto.randomUUID()}`;
  const teamId = await mustDo(user, "addTeamAction", { name, description: "" });
  for (const invitedEmail of ["ana@example.com", "zoe@example.com"]) {
    await mustDo(user, "inviteToTeamAction", { teamId, invitedEmail, days: "7" });
  }
  await page.goto(`/teams/${teamId}`);
  const rows = page.getByRole("list", { name: "Open invitations" }).getByRole("listitem");
  await press(page, rows.nth(0).getByRole("button", { name: /^Revoke/ }));
  await expect(rows).toHaveCount(1);
  await expect(rows.nth(0)).toBeFocused();
  await press(page, rows.nth(0).getByRole("button", { name: /^Revoke/ }));
  await expect(page.locator(":focus")).toHaveText("No invitation is open.");
});

test("after a grant is removed, the message about it has the focus", async ({
  page,
  user,
  anotherUser,
  administrator,
  sandbox,
}) => {
  const other = await anotherUser();
  const id = await seedCredential(user, rightCredential(sandbox));
  const found = await administrator.client.get(`/admin/users?q=${encodeURIComponent(other.email)}`);
  const userId = /\/admin\/users\/([0-9a-f-]{36})/.exec(await found.text())?.[1] ?? "";
  await mustDo(user, "shareAction", {
    kind: "credential",
    id,
    grantee: `person:${userId}`,
    role: "collaborator",
  });
  await page.goto(`/credentials/${id}/share`);
  await press(page, page.getByRole("button", { name: `Remove ${other.name}` }));
  await expect(page.locator(":focus")).toHaveText(`${other.name} was removed.`);
});
