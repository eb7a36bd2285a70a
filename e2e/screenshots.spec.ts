import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { NoScriptClient } from "./no-script-client";
import {
  authenticatePath,
  fillIn,
  overlayOf,
  seedCredential,
  seedUnproven,
  takenOver,
  tileOf,
} from "./page-objects";
import { sandboxAccounts, sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

const folder = join("test-results", "screenshots");
/** Stored in the checkout only on request, so that a test run changes no file there. */
const keptFolder = process.env.UPDATE_SCREENSHOTS === "1" ? join("docs", "screenshots") : null;

const { jane, tam } = sandboxAccounts;
const { omarWrite, repositoryLedger, zoeAdmin } = sandboxKeys;

/** A team's credentials with realistic names. */
function believable(sandbox: Sandbox) {
  return {
    proven: [
      {
        name: "Archive, read only",
        description: "Old repositories, for audits",
        baseUrl: sandbox.url("/stash"),
        username: tam.name,
        password: tam.password,
      },
      {
        name: "Payments ledger",
        description: "Repository key. Fresh every morning at six",
        baseUrl: sandbox.url("/bitbucket"),
        username: repositoryLedger.value,
      },
      {
        name: "Web shop build states",
        description: "Writes what the pipeline found",
        baseUrl: sandbox.url("/ten"),
        username: omarWrite.value,
      },
      {
        name: "Data platform, nightly import",
        description: "Commits and pull requests behind the delivery report",
        baseUrl: sandbox.url("/"),
        username: jane.name,
        password: jane.password,
      },
    ],
    unproven: {
      name: "Research cluster",
      description: "Under maintenance until Monday",
      baseUrl: sandbox.url("/in-maintenance"),
      username: "svc-research",
      password: "to be proven later",
    },
    typed: {
      name: "Payments, all repositories",
      description: "For the weekly cost report. Fresh every Monday",
      baseUrl: sandbox.url("/bitbucket"),
      username: "zlindqvist",
      password: zoeAdmin.value,
    },
  };
}

async function signUpDana(origin: string): Promise<NoScriptClient> {
  const client = new NoScriptClient(origin);
  const email = `dana-${crypto.randomUUID()}@example.com`;
  await client.submit("/sign-up", { name: "Dana Whitfield", email, password: "open sesame, latchkey" });
  return client;
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  const png = await readFile(path);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  // Width and height are at a fixed offset: https://www.w3.org/TR/png/#11IHDR
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 860]);
  if (!keptFolder) return;
  await mkdir(keptFolder, { recursive: true });
  await copyFile(path, join(keptFolder, `${name}.png`));
}

for (const [colorScheme, suffix] of [
  ["light", ""],
  ["dark", "-dark"],
] as const) {
  test(`screenshots of the Authenticate screen, the overlay and a credential, ${colorScheme}`, async ({
    browser,
    portalOrigin,
    sandbox,
  }) => {
    const client = await signUpDana(portalOrigin);
    const { proven, unproven, typed } = believable(sandbox);
    for (const credential of proven.slice(0, 2)) await seedCredential({ client }, credential);
    await seedUnproven({ client }, unproven);
    const ids: string[] = [];
    for (const credential of proven.slice(2)) ids.push(await seedCredential({ client }, credential));

    const viewport = { width: 1280, height: 860 };
    const context = await browser.newContext({ baseURL: portalOrigin, viewport, colorScheme });
    await context.addCookies(client.cookies());
    const page = await context.newPage();
    await page.goto(authenticatePath);
    await tileOf(page, "Data platform, nightly import").check();
    await expect(tileOf(page, "Research cluster")).toHaveAccessibleDescription(/unproven/);
    await shoot(page, `authenticate${suffix}`);

    await (await takenOver(page.getByRole("link", { name: "Add Credential" }))).click();
    await fillIn(overlayOf(page), typed);
    await shoot(page, `add-credential${suffix}`);

    await page.goto(`/credentials/${ids.at(-1)}`);
    await expect(page.getByRole("heading", { name: "Latest check" })).toBeVisible();
    await shoot(page, `credential${suffix}`);
    await context.close();
  });
}
