import { type IncomingHttpHeaders, request } from "node:http";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { stepsOf } from "./check-steps";
import { expect, test } from "./fixtures";
import {
  addCredentialPath,
  authenticatePath,
  fillIn,
  openOverlay,
  overlayOf,
  save,
  tileOf,
} from "./page-objects";
import { type Portal, startPortal } from "./portal";
import { makePortalHome, type PortalHome } from "./portal-home";
import { rightCredential } from "./refusals";
import { startTlsProxy, type TlsProxy } from "./tls-proxy";

// Two portals are enough, so the tests of each share one.
test.describe.configure({ mode: "default", timeout: 120_000 });

type Account = { name: string; email: string; password: string };

function newAccount(): Account {
  const id = crypto.randomUUID().slice(0, 8);
  return { name: `Kim ${id}`, email: `kim-${id}@example.com`, password: `a long password ${id}` };
}

async function signUp(page: Page, { name, email, password }: Account): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: `Hello, ${name}` })).toBeVisible();
}

async function signIn(page: Page, { email, password }: Omit<Account, "name">): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function cookieNames(context: BrowserContext): Promise<string[]> {
  return (await context.cookies()).map(({ name }) => name).toSorted();
}

for (const keepsHost of [true, false]) {
  test.describe(`behind a proxy that ends https and ${keepsHost ? "passes the Host on" : "sends a Host of its own"}`, () => {
    let home: PortalHome;
    let proxy: TlsProxy;
    let portal: Portal;
    let inside: number;
    const administrator = newAccount();
    test.beforeAll(async ({ browser }) => {
      home = await makePortalHome();
      proxy = await startTlsProxy({ keepsHost });
      const { env, ...settings } = home.settings;
      portal = await startPortal({
        ...settings,
        env: { ...env, APP_ORIGIN: proxy.origin, TRUSTED_PROXIES: "1" },
      });
      inside = Number(new URL(portal.origin).port);
      proxy.leadTo(inside);
      const context = await open(browser);
      await signUp(await context.newPage(), administrator);
      await context.close();
    });
    test.afterAll(async () => {
      await portal.stop();
      await proxy.close();
      await home.remove();
    });

    function open(browser: Browser, javaScriptEnabled = true) {
      return browser.newContext({ baseURL: proxy.origin, ignoreHTTPSErrors: true, javaScriptEnabled });
    }

    for (const withScript of [true, false]) {
      test(`a user signs up, adds a credential, signs out, and after sign-in reaches the requested page, ${withScript ? "with" : "without"} script`, async ({
        browser,
        sandbox,
      }) => {
        const context = await open(browser, withScript);
        const page = await context.newPage();
        const account = newAccount();
        await signUp(page, account);
        if (withScript) await openOverlay(page);
        else await page.goto(addCredentialPath);
        const form = withScript ? overlayOf(page) : page;
        await fillIn(form, { ...rightCredential(sandbox), password: "wrong at first" });
        await save(form);
        await expect(stepsOf(form)).toContainText("failed");
        await fillIn(form, rightCredential(sandbox));
        await save(form);
        await expect(tileOf(page, "Fernwood")).toBeChecked();
        const id = await tileOf(page, "Fernwood").inputValue();
        const wanted = `${proxy.origin}${authenticatePath}?credential=${id}`;
        expect(new URL(page.url()).origin).toBe(proxy.origin);

        await page.getByRole("button", { name: "Sign out" }).click();
        await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
        expect(await cookieNames(context)).not.toContain("__Host-latchkey.session");
        await page.goto(wanted);
        await signIn(page, { ...account, password: "not the password" });
        await expect(page.getByRole("main").getByRole("alert")).toContainText("do not match");
        await expect(page.getByLabel("Email")).toHaveValue(account.email);
        await signIn(page, account);
        await expect(page).toHaveURL(wanted);
        await expect(tileOf(page, "Fernwood")).toBeChecked();
        await context.close();
      });
    }

    test("every cookie is host-only and https-only, and every page sends HSTS", async ({ browser }) => {
      const context = await open(browser);
      const page = await context.newPage();
      const account = newAccount();
      const set: string[] = [];
      page.on("response", async (response) => {
        const headers = await response.headersArray().catch(() => []);
        set.push(
          ...headers.filter(({ name }) => name.toLowerCase() === "set-cookie").map(({ value }) => value),
        );
      });
      await signUp(page, account);
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
      await signIn(page, { ...account, password: "not the password" });
      await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
      await signIn(page, account);
      await expect(page.getByRole("heading", { name: `Hello, ${account.name}` })).toBeVisible();

      expect(await cookieNames(context)).toEqual([
        "__Host-latchkey.device",
        "__Host-latchkey.session",
        "__Host-next-auth.csrf-token",
        "__Secure-next-auth.callback-url",
        "latchkey.typed-email",
      ]);
      const lines = set.flatMap((value) => value.split("\n"));
      expect(lines.some((line) => line.startsWith("__Host-latchkey.session="))).toBe(true);
      for (const line of lines) {
        expect(line).toMatch(/; secure/i);
        expect(line).toMatch(/; httponly/i);
        expect(line).toMatch(/; samesite=lax/i);
        expect(line).not.toMatch(/; domain=/i);
      }

      for (const address of ["/", "/nothing/at/all", "/sign-up"]) {
        const headers = (await page.goto(address))?.headers() ?? {};
        expect(headers["strict-transport-security"], address).toMatch(/^max-age=\d{8}/);
        expect(headers["content-security-policy"], address).toContain("upgrade-insecure-requests");
      }
      await context.close();
    });

    test("a change is accepted from the https origin, whatever its host headers say", async ({ browser }) => {
      const context = await open(browser);
      const page = await context.newPage();
      await signUp(page, newAccount());
      const send = async (headers: Record<string, string>) => {
        const answer = await context.request.post("/sign-in", { headers, data: "[]", maxRedirects: 0 });
        return answer.status();
      };
      const { host } = new URL(proxy.origin);
      for (const origin of [`http://${host}`, portal.origin, "https://elsewhere.example", "null"]) {
        expect(await send({ origin }), origin).toBe(403);
        const forged = { "x-forwarded-host": new URL(URL.canParse(origin) ? origin : "https://null").host };
        expect(await send({ origin, ...forged }), `${origin}, vouched for`).toBe(403);
      }
      expect(await send({ origin: proxy.origin })).toBeLessThan(400);
      await context.close();
    });

    test("the portal keeps idle connections longer than a proxy's two minutes, so that no request meets a closing one", async () => {
      const { headers } = await ask(inside, "/sign-up", { connection: "keep-alive" });
      expect(Number(/timeout=(\d+)/.exec(String(headers["keep-alive"]))?.[1])).toBeGreaterThan(120);
    });

    test("the log contains the address that the proxy reports, not addresses that the request claims", async ({
      browser,
    }) => {
      const context = await open(browser);
      await context.setExtraHTTPHeaders({ "x-forwarded-for": "203.0.113.9" });
      const page = await context.newPage();
      await page.goto("/sign-in?callbackUrl=%2Fadmin%2Faudit");
      await signIn(page, administrator);
      await expect(page.getByRole("heading", { name: "Audit log" })).toBeVisible();
      await expect(page.getByRole("main").getByRole("listitem").first()).toContainText("127.0.0.1");
      await expect(page.getByRole("main")).not.toContainText("203.0.113.9");
      await context.close();
    });

    test("a request that names other hosts, even one that bypasses the proxy, is not redirected to them", async () => {
      const odd = {
        host: "elsewhere.example",
        "x-forwarded-host": "elsewhere.example",
        "x-forwarded-proto": "http",
        forwarded: "host=elsewhere.example;proto=http",
      };
      for (const path of [
        "/",
        "/sign-in",
        "/api/auth/signin?callbackUrl=%2Fsources",
        "/sign-up",
        "/sources",
      ]) {
        const { headers, text } = await ask(inside, path, odd);
        expect(text, path).not.toContain("elsewhere.example");
        const leadsTo = new URL(headers.location ?? "/", proxy.origin);
        expect(leadsTo.origin, path).toBe(proxy.origin);
      }
    });
  });
}

/** The response of the portal's own port to exactly these headers; fetch would set Host itself. */
function ask(port: number, path: string, headers: Record<string, string>) {
  return new Promise<{ headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const requested = request({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      let text = JSON.stringify(response.rawHeaders);
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () => resolve({ headers: response.headers, text }));
    });
    requested.once("error", reject);
    requested.end();
  });
}
