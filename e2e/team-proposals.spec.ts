import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { expect, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { seedCredential } from "./page-objects";
import { rightCredential } from "./refusals";
import { callAction } from "./server-actions";

async function open(browser: Browser, user: Pick<User, "client">, withScript: boolean): Promise<Page> {
  if (!withScript) return openWithoutScript(browser, user);
  const context = await browser.newContext({ baseURL: user.client.origin });
  await context.addCookies(user.client.cookies());
  return context.newPage();
}

async function mustDo(user: User, action: string, fields: Record<string, string>): Promise<string> {
  const answer = await callAction(user.client, action, fields);
  if (answer.code !== "ok") throw new Error(`${action} answered ${answer.code}: ${answer.detail}`);
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(answer.location)?.[0] ?? "";
}

async function idOf(administrator: User, { email }: User): Promise<string> {
  const page = await (await administrator.client.get(`/admin/users?q=${encodeURIComponent(email)}`)).text();
  return /\/admin\/users\/([0-9a-f-]{36})/.exec(page)?.[1] ?? "";
}

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`an administrator's second account sees nothing of a team until an owner has agreed, ${how} script`, async ({
    browser,
    administrator,
    user: owner,
    anotherUser,
    sandbox,
  }) => {
    test.slow();
    const second = await anotherUser();
    const name = `Ledger ${randomUUID()}`;
    const teamId = await mustDo(owner, "addTeamAction", { name, description: "" });
    const credential = await seedCredential(owner, rightCredential(sandbox));
    const shared = { kind: "credential", id: credential, grantee: `team:${teamId}`, role: "administrator" };
    await mustDo(owner, "shareAction", shared);

    const admins = await open(browser, administrator, withScript);
    await admins.goto(`/teams/${teamId}`);
    await admins.getByLabel("Email", { exact: true }).fill(second.email);
    await admins.getByRole("button", { name: "Propose member" }).click();
    await expect(admins.getByText("an owner of the team has to agree").first()).toBeVisible();
    await expect(admins.getByRole("list", { name: "Proposals" })).toContainText(second.name);
    await expect(admins.getByRole("button", { name: /^Accept/ })).toHaveCount(0);
    for (const path of [`/teams/${teamId}`, `/teams/${teamId}/history`, `/credentials/${credential}`]) {
      expect((await second.client.get(path)).status, path).toBe(404);
    }
    expect(await (await second.client.get("/teams")).text()).toContain(
      "You are proposed as a member of the team",
    );

    const owners = await open(browser, owner, withScript);
    await owners.goto("/");
    await owners.getByRole("link", { name: new RegExp(`“${name}”`) }).click();
    await owners.getByRole("button", { name: `Decline ${second.name}` }).click();
    await expect(owners.getByText("The proposal is declined").first()).toBeVisible();
    expect((await second.client.get(`/credentials/${credential}`)).status).toBe(404);

    await mustDo(administrator, "addMemberAction", { teamId, email: second.email });
    await owners.reload();
    await owners.getByRole("button", { name: `Accept ${second.name}` }).click();
    await expect(owners.getByText("The proposal is accepted").first()).toBeVisible();
    expect((await second.client.get(`/credentials/${credential}`)).status).toBe(200);
    await owners.getByRole("link", { name: "History" }).click();
    await expect(owners.getByText("Proposal for team accepted")).toBeVisible();
    await expect(owners.getByText("Team member proposed").first()).toBeVisible();
    await admins.context().close();
    await owners.context().close();
  });
}

test("an administrator withdraws a proposal, and a new account with their invitation also waits for consent", async ({
  browser,
  administrator,
  user: owner,
  anotherUser,
}) => {
  const second = await anotherUser();
  const teamId = await mustDo(owner, "addTeamAction", { name: `Archive ${randomUUID()}`, description: "" });
  await mustDo(administrator, "addMemberAction", { teamId, email: second.email });
  const page = await open(browser, administrator, true);
  await page.goto(`/teams/${teamId}`);
  await page.getByRole("button", { name: /^Withdraw/ }).click();
  await expect(page.getByText("The proposal is withdrawn").first()).toBeVisible();
  await expect(page.getByRole("list", { name: "Proposals" })).toHaveCount(0);
  await page.getByRole("button", { name: "Make invitation link" }).click();
  const link = await page.getByLabel("Invitation link").inputValue();
  const token = link.slice(-43);
  const answer = await second.client.submit(new URL(link).pathname, { token });
  expect(answer.headers.get("location")).toContain("/teams?done=asked");
  expect((await second.client.get(`/teams/${teamId}`)).status).toBe(404);
  expect(await (await owner.client.get("/")).text()).toContain(second.name);
  await page.context().close();
});

test("where no owner can act the change is made at once, and the members are notified until they dismiss it", async ({
  browser,
  administrator,
  user: member,
  anotherUser,
}) => {
  test.slow();
  const owner = await anotherUser();
  const second = await anotherUser();
  const teamId = await mustDo(owner, "addTeamAction", { name: `Orphan ${randomUUID()}`, description: "" });
  await mustDo(owner, "addMemberAction", { teamId, email: member.email });
  await mustDo(administrator, "disableUserAction", { userId: await idOf(administrator, owner) });
  await mustDo(administrator, "addMemberAction", { teamId, email: second.email });
  expect((await second.client.get(`/teams/${teamId}`)).status).toBe(200);
  for (const withScript of [false, true]) {
    const page = await open(browser, member, withScript);
    await page.goto("/credentials");
    const told = page.getByRole("list", { name: "Notices" });
    await expect(told).toContainText(`${second.name} is in the team`);
    if (withScript) {
      await told.getByRole("button", { name: /^Got it/ }).click();
      await expect(told).toHaveCount(0);
      await page.goto("/");
      await expect(told).toHaveCount(0);
    }
    await page.context().close();
  }
});
