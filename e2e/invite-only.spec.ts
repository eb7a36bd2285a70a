import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { signUpSomebody, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { NoScriptClient } from "./no-script-client";
import { type Portal, startPortal } from "./portal";
import { makePortalHome, type PortalHome } from "./portal-home";

test.describe.configure({ mode: "serial", timeout: 120_000 });

// A portal in which new accounts need an invitation. Its first account is its administrator.
let home: PortalHome;
let portal: Portal;
let administrator: User;

test.beforeAll(async () => {
  home = await makePortalHome();
  const { env, ...settings } = home.settings;
  portal = await startPortal({ ...settings, env: { ...env, SIGN_UP: "invite" } });
  administrator = await signUpSomebody(portal.origin);
});

test.afterAll(async () => {
  await portal.stop();
  await home.remove();
});

function account() {
  const id = randomUUID().slice(0, 8);
  return { name: `Kim ${id}`, email: `kim-${id}@example.com`, password: `a long password ${id}` };
}

test("without an invitation no account is made, and the page says whom to ask", async () => {
  const answer = await new NoScriptClient(portal.origin).submit("/sign-up", account());
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("New accounts need an invitation.");
});

test("an administrator's invitation makes one account, without script too", async ({ browser }) => {
  const page = await openWithoutScript(browser, administrator);
  await page.goto("/admin/users");
  await page.getByRole("link", { name: "Invitations" }).click();
  await page.getByLabel("Whom it is for").fill("not an address");
  await page.getByRole("button", { name: "Make invitation link" }).click();
  await expect(page.getByLabel("Whom it is for")).toHaveAccessibleDescription(/^Enter an email address/);
  await page.getByLabel("Whom it is for").fill("kim@example.com");
  await page.getByRole("button", { name: "Make invitation link" }).click();
  const link = await page.getByLabel("Invitation link").inputValue();
  await page.context().close();

  const client = new NoScriptClient(portal.origin);
  const invitation = link.slice(-43);
  const offer = await (await client.get(`/invitations/${invitation}`)).text();
  expect(offer).toContain(`/sign-up?invitation=${invitation}`);
  const path = `/sign-up?${new URLSearchParams({ invitation })}`;
  expect((await client.submit(path, account())).status).toBe(303);
  expect((await client.get("/")).status).toBe(200);
  const late = await new NoScriptClient(portal.origin).submit(path, account());
  expect(late.status).toBe(200);
  expect((await client.get(`/invitations/${invitation}`)).status).toBe(404);
});

test("a team owner's invitation does not allow a new account", async () => {
  const { client } = administrator;
  const made = await client.submit("/admin/users/invitations", { invitedEmail: "", days: "1", teamId: "" });
  const invitation = /invitations\/([\w-]{43})/.exec(await made.text())?.[1] ?? "";
  const owner = new NoScriptClient(portal.origin);
  await owner.submit(`/sign-up?${new URLSearchParams({ invitation })}`, account());
  const team = await owner.submit("/teams/new", { name: "Ledger", description: "" });
  const path = new URL(team.headers.get("location") ?? "", portal.origin).pathname;
  const answer = await owner.submit(path, { invitedEmail: "", days: "1" });
  const link = /\/invitations\/[\w-]{43}/.exec(await answer.text())?.[0] ?? "";
  const offer = await (await new NoScriptClient(portal.origin).get(link)).text();
  expect(offer).toContain("You need an account here first.");
  expect(offer).not.toContain("/sign-up?invitation");
});
