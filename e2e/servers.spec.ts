import type { Browser, BrowserContext, Page } from "@playwright/test";
import { makeCertificate } from "@/lib/testing/certificates";
import { serveTls } from "@/lib/testing/servers";
import { expectAccessible } from "./axe";
import { expect, signUpSomebody, test, type User } from "./fixtures";
import { lastingPart } from "./html";
import { openWithoutScript } from "./no-script";
import { postCredential } from "./page-objects";
import { type Portal, startPortal } from "./portal";
import { makePortalHome, type PortalHome } from "./portal-home";
import { rightCredential } from "./refusals";
import type { Sandbox } from "./sandbox/start";

// One worker takes all tests of this file, so that their portal starts once.
test.describe.configure({ mode: "default" });

// A portal without a configured authority. Its first account is its administrator.
let home: PortalHome;
let portal: Portal;
let administrator: User;
let member: User;
test.beforeAll(async () => {
  home = await makePortalHome();
  portal = await startPortal(home.settings);
  administrator = await signUpSomebody(portal.origin);
  member = await signUpSomebody(portal.origin);
});
test.afterAll(async () => {
  await portal.stop();
  await home.remove();
});

/** The answer to Save for a user without administration rights. */
async function saveAt(server: string, sandbox: Sandbox): Promise<string> {
  const answer = await postCredential(member, {
    ...rightCredential(sandbox),
    name: `At ${server} ${Math.random()}`,
    baseUrl: server,
  });
  return answer.status === 303 ? "stored" : answer.text();
}

async function openAs(browser: Browser, user: User, withScript: boolean): Promise<Page> {
  if (!withScript) return openWithoutScript(browser, user);
  const context: BrowserContext = await browser.newContext({ baseURL: portal.origin });
  await context.addCookies(user.client.cookies());
  return context.newPage();
}

async function lookAt(page: Page, server: string): Promise<void> {
  await page.goto("/admin/servers");
  await page.getByLabel("Another server's address").fill(` ${server}/projects/DATA `);
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(server);
  await page.getByRole("button", { name: "Look at the certificate" }).click();
}

const presented = (page: Page) => page.getByRole("list", { name: "Certificates" }).getByRole("listitem");
const trusted = (page: Page) => page.getByRole("list", { name: "Trusted", exact: true });

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";

  test(`a refused certificate is inspected, pinned for its server, and the trust ended again, ${how} script`, async ({
    browser,
    sandbox,
  }) => {
    const server = sandbox.url("tls:self-signed");
    expect(await saveAt(server, sandbox)).toContain("certificate is signed by itself");

    const page = await openAs(browser, administrator, withScript);
    await lookAt(page, server);
    await expect(page.getByRole("main")).toContainText("The server's certificate is signed by itself");
    await expect(presented(page)).toContainText(["CN=Latchkey sandbox server"]);
    await expect(presented(page)).toContainText(/SHA-256(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/);
    expect(sandbox.journal()).toEqual([]);
    await page.getByText("Pin this certificate…").click();
    await page.getByRole("button", { name: `Pin for ${server} only` }).click();
    await expect(page.getByRole("main")).toContainText("is trusted for this server from now on");
    await expect(trusted(page)).toContainText(`by ${administrator.name}`);

    expect(await saveAt(server, sandbox)).toBe("stored");
    expect(sandbox.journal().every(({ instance }) => instance === "tls:self-signed")).toBe(true);
    await page.goto("/admin/servers");
    const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: server }) });
    await expect(row).toContainText("Bitbucket 9.4");
    await expect(row).toContainText("answers");
    await expect(row).toContainText("1 certificate trusted here only");

    await row.getByRole("link", { name: server }).click();
    await page.getByText("Stop trusting it…").click();
    await page.getByRole("button", { name: `Stop trusting it for ${server}` }).click();
    await expect(page.getByRole("main")).toContainText("no longer trusted");
    if (withScript) await expect(page.locator(":focus")).toContainText("Nothing: its certificate is judged");
    expect(await saveAt(server, sandbox)).toContain("certificate is signed by itself");
    await page.context().close();
  });

  test(`a pasted authority is shown and then trusted for one server, and for no other, ${how} script`, async ({
    browser,
    sandbox,
  }) => {
    const server = sandbox.url("tls:good");
    const page = await openAs(browser, administrator, withScript);
    await lookAt(page, server);
    await expect(page.getByRole("main")).toContainText("does not know who issued");
    const text = page.getByLabel("Certificate of the authority, as PEM");
    await text.fill("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----");
    await page.getByRole("button", { name: "Show it" }).click();
    await expect(text).toHaveAccessibleDescription(/Paste a certificate as PEM/);
    await expect(text).toHaveValue(/nonsense/);
    await text.fill(sandbox.caCertificate);
    await page.getByRole("button", { name: "Show it" }).click();
    const brought = page.getByRole("region", { name: "Your company's own authority" });
    await brought.getByText("Trust this authority…").click();
    await expect(brought.getByText(/Any certificate that this authority signs/)).toContainText(server);
    await brought.getByRole("button", { name: `Trust for ${server} only` }).click();
    await expect(trusted(page)).toContainText("CN=Latchkey sandbox authority");

    expect(await saveAt(server, sandbox)).toBe("stored");
    expect(await saveAt(sandbox.url("tls:ends-soon"), sandbox)).toContain("does not know who issued");
    await page.context().close();
  });
}

test("the list of servers shows a certificate that ends within 30 days", async ({ browser, sandbox }) => {
  const server = sandbox.url("tls:ends-soon");
  const page = await openAs(browser, administrator, true);
  await lookAt(page, server);
  await page.getByText("Trust this authority…").click();
  await page.getByRole("button", { name: `Trust for ${server} only` }).click();
  await expect(trusted(page)).toBeVisible();
  expect(await saveAt(server, sandbox)).toBe("stored");
  await page.goto("/admin/servers");
  const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: server }) });
  await expect(row).toContainText("ends soon");
  await page.context().close();
});

test("no trust is offered where it could not help: an expired certificate, outdated encryption", async ({
  browser,
  sandbox,
}) => {
  const page = await openAs(browser, administrator, true);
  await lookAt(page, sandbox.url("tls:expired"));
  await expect(page.getByRole("main")).toContainText("has expired");
  await expect(page.getByText("Trusting it here would not help.")).toBeVisible();
  await expect(page.getByText(/^(?:Pin|Trust) this /)).toHaveCount(0);
  await lookAt(page, sandbox.url("tls:old"));
  await expect(page.getByRole("alert").filter({ hasText: "outdated encryption" })).toBeVisible();
  await expect(presented(page)).toHaveCount(0);
  await page.context().close();
});

test("a certificate that changed between inspection and decision is not trusted", async ({ browser }) => {
  const certificateOf = async () => {
    const { cert, key } = await makeCertificate({ name: "Two-faced", hosts: ["localhost"] });
    return { cert, key };
  };
  const twoFaced = await serveTls(await certificateOf(), () => undefined);
  const server = `https://127.0.0.1:${twoFaced.port}`;
  for (const withScript of [true, false]) {
    const page = await openAs(browser, administrator, withScript);
    await lookAt(page, server);
    await page.getByText("Pin this certificate…").click();
    twoFaced.present(await certificateOf());
    await page.getByRole("button", { name: `Pin for ${server} only` }).click();
    await expect(page.getByText("does not present this certificate now")).toBeVisible();
    await page.reload();
    await expect(trusted(page)).toHaveCount(0);
    await page.context().close();
  }
  await twoFaced.close();
});

test("without administrator rights the pages are a 404, and their actions do nothing", async ({
  browser,
  sandbox,
}) => {
  const server = sandbox.url("tls:self-signed");
  const path = `/admin/servers/certificate?${new URLSearchParams({ server })}`;
  const absent = await (await member.client.get("/admin/nothing-here")).text();
  for (const forbidden of ["/admin/servers", path]) {
    const answer = await member.client.get(forbidden);
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(lastingPart(html).toString()).toBe(lastingPart(absent).toString());
  }

  // The administrator's own forms, posted by another user.
  const page = await openWithoutScript(browser, administrator);
  await lookAt(page, server);
  const sha256 = (await presented(page).locator("code").first().textContent()) ?? "";
  const look = await administrator.client.fillIn(path, { server, source: "server" });
  const posted = await member.client.post(look.path, look.body);
  expect(await posted.text()).not.toContain(sha256);
  await page.getByText("Pin this certificate…").click();
  await page.context().addCookies(member.client.cookies());
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: `Pin for ${server} only` }).click();
  expect((await answered).status()).toBe(404);
  const after = await (await administrator.client.get(path)).text();
  expect(after).not.toContain(sha256);
  await page.context().close();
});

test("the pages of servers are accessible, empty and full", async ({ browser, sandbox }) => {
  test.slow();
  const server = sandbox.url("tls:wrong-host");
  const page = await openAs(browser, administrator, true);
  await lookAt(page, server);
  await page.getByText("Pin this certificate…").click();
  await expectAccessible(page, "a server's certificate");
  await page.getByRole("button", { name: `Pin for ${server} only` }).click();
  await page.getByText("Stop trusting it…").click();
  await expectAccessible(page, "a trusted certificate");
  await page.goto("/admin/servers");
  await expectAccessible(page, "servers");
  await page.goto("/admin/servers/certificate?server=no+address");
  await expect(page.getByLabel("Another server's address")).toHaveAccessibleDescription(
    /This is not an address/,
  );
  await expectAccessible(page, "an address that is none");
  await page.context().close();
});
