import { networkInterfaces } from "node:os";
import { expect, test } from "@playwright/test";
import { NoScriptClient } from "./no-script-client";
import { freePort, startPortal } from "./portal";
import { makePortalHome } from "./portal-home";

test.describe.configure({ timeout: 180_000 });

/** An address of this machine by which other machines would reach it. */
function addressForOthers(): string {
  const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return found.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.2";
}

const account = { name: "Robin", email: "robin@example.com", password: "a long password of Robin's" };

for (const withScript of [true, false]) {
  test(`the first account of a portal reachable by others needs the set-up token printed at start, ${withScript ? "with" : "without"} script`, async ({
    browser,
  }) => {
    const home = await makePortalHome();
    const port = await freePort();
    const origin = `http://${addressForOthers()}:${port}`;
    const { env } = home.settings;
    const portal = await startPortal({ ...home.settings, port, env: { ...env, APP_ORIGIN: origin } });
    const token = /Set-up token {2}([0-9a-f-]{39})/.exec(portal.output())?.[1] ?? "none was printed";
    const context = await browser.newContext({ baseURL: origin, javaScriptEnabled: withScript });
    const page = await context.newPage();
    await page.goto("/sign-up");
    const fill = async (setUpToken: string) => {
      await page.getByLabel("Name").fill(account.name);
      await page.getByLabel("Email").fill(account.email);
      await page.getByLabel("Password", { exact: true }).fill(account.password);
      await page.getByLabel("Set-up token").fill(setUpToken);
      await page.getByRole("button", { name: "Create account" }).click();
    };
    await expect(page.getByLabel("Set-up token")).toHaveAccessibleDescription(/printed it when it started/);
    await fill("");
    await expect(page.getByText("The first account needs the set-up token")).toBeVisible();
    await fill(token.replace(/^./, (first) => (first === "0" ? "1" : "0")));
    await expect(page.getByText("This is not the set-up token.")).toBeVisible();
    await fill(token);
    await expect(page.getByRole("heading", { name: `Hello, ${account.name}` })).toBeVisible();
    await context.close();

    // Used once: the next account needs no token, and the field is gone.
    const next = await new NoScriptClient(origin).get("/sign-up");
    expect(await next.text()).not.toContain("Set-up token");
    await portal.stop();
    const again = await startPortal({ ...home.settings, port, env: { ...env, APP_ORIGIN: origin } });
    expect(again.output()).not.toContain("Set-up token");
    await again.stop();
    await home.remove();
  });
}

test("a portal on localhost asks for no set-up token and prints none", async () => {
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  expect(portal.output()).not.toContain("Set-up token");
  expect((await new NoScriptClient(portal.origin).submit("/sign-up", account)).status).toBe(303);
  await portal.stop();
  await home.remove();
});
