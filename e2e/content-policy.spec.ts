import type { Page } from "@playwright/test";
import { routeRows } from "@/lib/testing/register/every-route";
import { expect, test } from "./fixtures";
import { documentOf } from "./html";
import { addCredentialPath, authenticatePath, openOverlay, overlayOf, settled } from "./page-objects";
import { makeThings, userId } from "./rights-fixture";
import { callAction } from "./server-actions";

/** Collects the policy violations that Chromium reports on any page of this context. */
async function collectViolations(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.exposeFunction("reportViolation", (violation: string) => void violations.push(violation));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      const report: unknown = Reflect.get(window, "reportViolation");
      if (typeof report === "function") report(`${violatedDirective} ${blockedURI} ${location.pathname}`);
    });
  });
  return violations;
}

/** Opens a page and expects this response's nonce on every script in its HTML. */
async function expectNonceAt(page: Page, address: string): Promise<string> {
  const answer = await page.goto(address);
  await settled(page);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  const nonce = /script-src [^;]*'nonce-([A-Za-z0-9+/=]{20,})'/.exec(policy)?.[1] ?? "";
  expect(nonce, address).not.toBe("");
  expect(policy, address).not.toContain("unsafe-");
  const html = (await answer?.text()) ?? "";
  const scripts = [...documentOf(html).querySelectorAll("script")];
  expect(scripts.length, address).toBeGreaterThan(0);
  expect(
    scripts.filter((script) => script.getAttribute("nonce") !== nonce).map((script) => script.outerHTML),
    address,
  ).toEqual([]);
  return nonce;
}

test("41 every script of every page has its response's nonce, and Chromium reports no policy violation", async ({
  page,
  user,
  another,
  browser,
  administrator,
  sandbox,
}) => {
  test.setTimeout(400_000);
  const things = await makeThings(user.client, sandbox, "Own");
  const invitation = await linkOf(await callAction(user.client, "inviteToTeamAction", invite(things.team)));
  const pages = routeRows.filter(({ isHandler }) => !isHandler);
  const ofUsers = pages.filter(({ asks }) => asks.of !== "portal administrator");
  const idFor = (of: string) => (of in things ? things[of as keyof typeof things] : ""); // Other routes take no id.
  const addresses = [
    ...ofUsers.map(({ address, asks }) => address(idFor(asks.of))),
    `${authenticatePath}?credential=${things.credential}&saved=1`,
    addCredentialPath,
    invitation,
    "/credentials?q=%22%3E%3Cscript%3E",
    "/sources/there-is-none",
    "/nothing/at/all",
  ];
  const violations = await collectViolations(page);
  const nonces: string[] = [];
  for (const address of addresses) nonces.push(await expectNonceAt(page, address));
  await page.goto(authenticatePath);
  await openOverlay(page);
  await expect(overlayOf(page)).toBeVisible();
  // The browser validates with the server's schemas, so this is when they would be compiled.
  await overlayOf(page).getByRole("button", { name: "Save" }).click();
  await expect(overlayOf(page).locator("[aria-invalid=true]").first()).toBeVisible();

  const clients = await another();
  const asAdministrator = await browser.newContext({ baseURL: administrator.client.origin });
  await asAdministrator.addCookies(administrator.client.cookies());
  const adminPage = await asAdministrator.newPage();
  const adminViolations = await collectViolations(adminPage);
  const ofAdministrators = pages.filter(({ asks }) => asks.of === "portal administrator");
  const idOfUser = await userId(administrator.client, user.email);
  for (const { address } of ofAdministrators) nonces.push(await expectNonceAt(adminPage, address(idOfUser)));
  await asAdministrator.close();

  await clients.page.context().clearCookies();
  const visitorViolations = await collectViolations(clients.page);
  const open = [
    "/sign-up",
    "/sign-in?error=CredentialsSignin",
    invitation,
    `/sign-up?invitation=${invitation.slice(-43)}`,
  ];
  for (const address of open) nonces.push(await expectNonceAt(clients.page, address));

  expect([...violations, ...adminViolations, ...visitorViolations]).toEqual([]);
  expect(new Set(nonces).size).toBe(nonces.length);
});

const invite = (teamId: string) => ({ teamId, invitedEmail: "", days: "1" });

function linkOf({ text }: { text: string }): string {
  const path = /\/invitations\/[\w-]{43}/.exec(text)?.[0];
  if (!path) throw new Error(`no invitation link in the answer: ${text.slice(0, 300)}`);
  return path;
}

test("an invitation's token is in no Referer at sign-up, sign-in or acceptance", async ({
  browser,
  user,
  another,
  sandbox,
}) => {
  test.slow();
  const { team } = await makeThings(user.client, sandbox, "Own");
  const link = await linkOf(await callAction(user.client, "inviteToTeamAction", invite(team)));
  const token = link.slice(-43);
  const other = await another();
  const context = await browser.newContext({ baseURL: user.client.origin });
  // Recorded as each request is sent: a closed context no longer returns its requests.
  const referers: string[] = [];
  for (const each of [context, other.page.context()]) {
    each.on("request", (request) => referers.push(request.headers().referer ?? ""));
  }
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page).toHaveURL(/sign-up\?invitation=/);
  await page.goBack();
  await page.getByRole("link", { name: "Sign in" }).first().click();
  await expect(page).toHaveURL(/callbackUrl=/);
  await page.getByRole("button", { name: "Sign in" }).click();
  await context.close();
  await other.page.goto(link);
  await other.page.getByRole("button", { name: "Join team" }).click();
  await expect(other.page).toHaveURL(/\/teams\//);

  expect(referers.filter(Boolean).length).toBeGreaterThan(5);
  expect(referers.filter((referer) => referer.includes(token))).toEqual([]);
});
