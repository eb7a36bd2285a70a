import { expect, test } from "./fixtures";
import {
  addCredentialPath,
  authenticatePath,
  choice,
  detailsPath,
  openOverlay,
  overlayOf,
  seedCredential,
  settled,
} from "./page-objects";
import { rightCredential } from "./refusals";

const nonceOf = (policy: string) => /script-src [^;]*'nonce-([A-Za-z0-9+/=]{20,})'/.exec(policy)?.[1];

test("43 no page may be cached or framed, and only scripts with its response's nonce run", async ({
  page,
  user,
  sandbox,
}) => {
  const id = await seedCredential(user, rightCredential(sandbox));
  const signedIn = [
    "/",
    "/sources",
    "/destinations",
    "/sources/new",
    authenticatePath,
    `${authenticatePath}?credential=${id}&saved=1`,
    `${authenticatePath}/data?credential=${id}&${choice}&do=preview`,
    detailsPath(id),
    addCredentialPath,
    "/sources/there-is-none",
    "/nothing/at/all",
  ];
  const violations: unknown[] = [];
  await page.exposeFunction("reportViolation", (violation: unknown) => violations.push(violation));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      const report: unknown = Reflect.get(window, "reportViolation");
      if (typeof report === "function") report(`${violatedDirective} ${blockedURI} ${location.href}`);
    });
  });
  const nonces = new Set<string | undefined>();
  const open = async (address: string) => {
    const answer = await page.goto(address);
    await settled(page);
    const headers = (await answer?.allHeaders()) ?? {};
    const policy = headers["content-security-policy"] ?? "";
    expect(nonceOf(policy), address).toBeTruthy();
    nonces.add(nonceOf(policy));
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-");
    expect(headers["cache-control"], address).toContain("no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers).not.toHaveProperty("x-powered-by");
  };
  for (const address of signedIn) await open(address);
  await openOverlay(page);
  await expect(overlayOf(page)).toBeVisible();
  await page.context().clearCookies();
  for (const address of ["/sign-up", "/sign-in?error=CredentialsSignin"]) await open(address);
  expect(violations).toEqual([]);
  expect(nonces.size).toBe(signedIn.length + 2);
});

test("a script without the nonce does not run, and Chromium reports it", async ({ browser, user }) => {
  const context = await browser.newContext({ baseURL: user.client.origin });
  const page = await context.newPage();
  await page.goto("/sign-up");
  const ran = await page.evaluate(async () => {
    const reported = new Promise<string>((resolve) => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective }) =>
        resolve(violatedDirective),
      );
    });
    const button = document.createElement("button");
    button.setAttribute("onclick", "document.title = 'ran'");
    document.body.append(button);
    button.click();
    return `${await reported}: ${document.title}`;
  });
  expect(ran).toMatch(/^script-src-attr: (?!ran)/);
  await context.close();
});

test("under another name of this machine the portal redirects to its own address", async ({
  page,
  portalOrigin,
}) => {
  const own = new URL("/sources?after=none", portalOrigin);
  const alias = new URL(own);
  alias.hostname = "127.0.0.1";
  expect((await fetch(alias, { redirect: "manual" })).headers.get("refresh")).toBe(`0; url=${own.href}`);
  await page.goto(alias.href, { waitUntil: "commit" });
  await expect(page).toHaveURL(own.href);
  await expect(page.getByRole("heading", { level: 1, name: "Data sources" })).toBeVisible();
});
