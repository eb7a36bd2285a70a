import { type Browser, expect, type Page } from "@playwright/test";
import pg from "pg";
import { signUpSomebody, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import { type Portal, type PortalSettings, startPortal } from "./portal";

/** A test's own portal, and a user who is signed in to it. */
export type Troubled = { portal: Portal; user: User };

/** Starts a portal for this test only, so that its fault affects no other. */
export async function startTroubled(settings: PortalSettings): Promise<Troubled> {
  const portal = await startPortal(settings);
  return { portal, user: await signUpSomebody(portal.origin) };
}

/** Runs statements in order, over a separate connection to the database. */
export async function onDatabase(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The database's name, and an address on its server from which it can be altered or dropped. */
export function besides(url: string): { name: string; server: string } {
  const server = new URL(url);
  const name = server.pathname.slice(1);
  server.pathname = "/postgres";
  return { name, server: server.href };
}

/** The statement that ends every connection to a database, as a restart of its server does. */
export function endConnections(name: string): string {
  return `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`;
}

/** A page of this user's, in a browser context of its own. */
export async function openPage(browser: Browser, { client }: User): Promise<Page> {
  const context = await browser.newContext({ baseURL: client.origin });
  await context.addCookies(client.cookies());
  return context.newPage();
}

/** Expects a 503 page with its number and this title within ten seconds, with and without script. */
export async function expectFaultPage(browser: Browser, user: User, title: string): Promise<void> {
  const answer = await fetch(new URL("/credentials", user.client.origin), {
    headers: {
      cookie: user.client
        .cookies()
        .map(({ name, value }) => `${name}=${value}`)
        .join("; "),
    },
    redirect: "manual",
    // The promised limit, not this machine's speed.
    signal: AbortSignal.timeout(10_000),
  });
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(answer.headers.get("cache-control")).toContain("no-store");
  const requestId = answer.headers.get("x-request-id") ?? "none";
  expect(await answer.text()).toContain(requestId);
  for (const page of [await openPage(browser, user), await openWithoutScript(browser, user)]) {
    expect((await page.goto("/credentials"))?.status()).toBe(503);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.getByRole("link", { name: "Try again" })).toBeVisible();
    await page.context().close();
  }
}

/** Expects the portal to work again, without intervention. */
export async function expectRecovery({ portal, user }: Troubled): Promise<void> {
  await expect.poll(() => statusOf(portal, user, "/api/health"), { timeout: 60_000 }).toBe(200);
  await expect.poll(() => statusOf(portal, user, "/credentials"), { timeout: 60_000 }).toBe(200);
}

/** The status of a page for this user. */
export async function statusOf({ origin }: Portal, { client }: User, path: string): Promise<number> {
  const answer = await client.get(path);
  await answer.arrayBuffer();
  expect(answer.status, `${origin}${path}`).not.toBe(500);
  return answer.status;
}
