import { randomUUID } from "node:crypto";
import type { BrowserContext, Page, Response } from "@playwright/test";
import { type Canary, findCanaries } from "./canary";
import { expect, signUpSomebody, test, type User } from "./fixtures";
import { openWithoutScript } from "./no-script";
import {
  addCredentialPath,
  authenticatePath,
  fillIn,
  openOverlay,
  save,
  type Typed,
  tileOf,
  tilesOf,
} from "./page-objects";
import { freePort, startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { sandboxAccounts, sandboxKeys } from "./sandbox/accounts";
import { deriveApiKey } from "./sandbox/api-key";
import type { Sandbox } from "./sandbox/start";
import { readEverythingStored } from "./stored-bytes";

const { jane, zoe } = sandboxAccounts;
const wrongPassword = `canary ${randomUUID()}`;
const inAddress = `canary-${randomUUID()}`;
const unknownKey = deriveApiKey("canary").value;
const olderKey = deriveApiKey("older canary", "older").value;
const { janeWrite } = sandboxKeys;

const canaries: readonly Canary[] = [
  { username: jane.name, secret: jane.password },
  { username: zoe.name, secret: zoe.password },
  { username: zoe.name, secret: wrongPassword },
  { username: jane.name, secret: inAddress },
  { username: jane.name, secret: janeWrite.value },
  { username: jane.name, secret: unknownKey },
  { username: jane.name, secret: olderKey },
  { username: jane.name, secret: olderKey.slice(0, -4) },
  // As a host name, which has no upper case.
  { username: jane.name, secret: unknownKey.toLowerCase() },
];

type Save = { typed: Omit<Typed, "name">; saved: boolean; atField?: true };

/** Saves that succeed and Saves that are refused, with passwords and keys in every field. */
async function allSaves(sandbox: Sandbox): Promise<Save[]> {
  const baseUrl = sandbox.url("/");
  const withSecret = baseUrl.replace("//", `//${jane.name}:${inAddress}@`);
  const slow = sandbox.url("/slow");
  sandbox.set("/slow", { delayMs: 300 });
  const closed = `http://localhost:${await freePort()}`;
  return [
    { typed: { baseUrl, username: jane.name, password: jane.password }, saved: true },
    { typed: { baseUrl, username: janeWrite.value, password: janeWrite.value }, saved: true },
    { typed: { baseUrl, username: zoe.name, password: zoe.password }, saved: true },
    { typed: { baseUrl, username: zoe.name, password: wrongPassword }, saved: false },
    { typed: { baseUrl, username: unknownKey, password: "" }, saved: false },
    { typed: { baseUrl: withSecret, username: jane.name, password: unknownKey }, saved: false },
    // Keys in the wrong fields, in both formats.
    ...[unknownKey, olderKey].flatMap((key): Save[] => {
      const typed = { baseUrl, username: jane.name, password: jane.password };
      return [
        { typed: { ...typed, baseUrl: `https://${key}` }, saved: false, atField: true },
        { typed: { ...typed, baseUrl: key }, saved: false, atField: true },
        { typed: { ...typed, description: `Key: ${key}` }, saved: false, atField: true },
        { typed: { ...typed, username: key.slice(0, -4) }, saved: false, atField: true },
        { typed: { ...typed, baseUrl: closed, username: key, password: "" }, saved: false },
      ];
    }),
    ...["/redirect-302", "/redirect-308", "/redirect-signed-in", "/meta-refresh", "/to-https"].map(
      (path) => ({
        typed: { baseUrl: sandbox.url(path), username: jane.name, password: jane.password },
        saved: false,
      }),
    ),
    { typed: { baseUrl: closed, username: jane.name, password: jane.password }, saved: false },
    // A server that echoes the secret, as a password and as a key.
    ...[jane.password, janeWrite.value].map((password) => ({
      typed: { baseUrl: sandbox.url("/echo"), username: jane.name, password },
      saved: true,
    })),
    // Slow enough for the form to follow the steps; the second is refused, so that its page stays open.
    { typed: { baseUrl: slow, username: jane.name, password: jane.password }, saved: true },
    { typed: { baseUrl: slow, username: zoe.name, password: wrongPassword }, saved: false },
  ];
}

/** Collects everything sent to or stored in this context, one text per place. */
function collect(context: BrowserContext) {
  const bodies: Promise<[string, Buffer]>[] = [];
  const places: [string, Buffer | string][] = [];
  context.on("response", (response) => {
    bodies.push(readBody(response));
    places.push([`address of ${response.url()}`, response.request().url()]);
    places.push([`headers of ${response.url()}`, JSON.stringify(response.headers())]);
  });
  return {
    async look(page: Page): Promise<void> {
      places.push([`page at ${page.url()}`, await page.content()]);
    },
    async everything(page: Page): Promise<[string, Buffer | string][]> {
      places.push(["cookies and storage", JSON.stringify(await context.storageState({ indexedDB: true }))]);
      // Without script the page stores nothing.
      const session = await page.evaluate(() => JSON.stringify({ ...sessionStorage })).catch(() => "");
      places.push(["session storage", session]);
      return [...places, ...(await Promise.all(bodies))];
    },
  };
}

async function readBody(response: Response): Promise<[string, Buffer]> {
  // A redirect has no body, and the body of a page left early is gone.
  const body = await response.body().catch(() => Buffer.alloc(0));
  return [`${response.request().method()} ${response.url()}`, body];
}

/** Opens the page of the chosen credential, with its check's report. */
async function lookAtCredential(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  const id = await tilesOf(page).and(page.locator(":checked")).inputValue();
  await page.goto(`/credentials/${id}`);
  await expect(page.getByText("Report as text")).toBeVisible();
  await look(page);
}

async function saveAll(page: Page, saves: Save[], withScript: boolean, look: (page: Page) => Promise<void>) {
  for (const [index, { typed, saved, atField }] of saves.entries()) {
    const name = `Name that is kept ${withScript} ${index}`;
    if (!withScript) await page.goto(addCredentialPath);
    const form = withScript ? await openOverlay(page) : page;
    await fillIn(form, { ...typed, name });
    await save(form);
    if (saved) await expect(tileOf(page, name)).toBeChecked();
    else if (atField) await expect(form.locator("[aria-invalid]")).toHaveCount(1);
    else await expect(form.getByRole("alert")).toContainText("Not saved");
    await look(page);
    if (saved) await lookAtCredential(page, look);
  }
  for (const address of [authenticatePath, "/sources", "/"]) {
    await page.goto(address);
    await look(page);
  }
}

for (const withScript of [true, false]) {
  const how = withScript ? "with" : "without";
  test(`44 a secret typed ${how} script is afterwards in no page, answer, storage, address, log or database`, async ({
    browser,
    sandbox,
  }) => {
    test.slow();
    const home = await makePortalHome();
    const settings = { ...home.settings, env: { ...home.settings.env, LOG_LEVEL: "trace" } };
    const portal = await startPortal(settings);
    const user: User = await signUpSomebody(portal.origin);
    const page = withScript
      ? await (await browser.newContext({ baseURL: portal.origin })).newPage()
      : await openWithoutScript(browser, user);
    await page.context().addCookies(user.client.cookies());
    const collected = collect(page.context());
    await saveAll(page, await allSaves(sandbox), withScript, collected.look);
    const places = await collected.everything(page);
    await page.context().close();
    await portal.stop();
    const stored = await readEverythingStored(home);
    const printed = portal.output();
    await home.remove();

    for (const [place, content] of places) expect(findCanaries(canaries, content), place).toEqual([]);
    expect(findCanaries(canaries, printed), "the log").toEqual([]);
    expect(findCanaries(canaries, stored), "the database").toEqual([]);

    // Proves that the search works: a text that is not secret is found.
    const kept = { username: "", secret: "Name that is kept" };
    expect(
      findCanaries([kept], Buffer.concat(places.map(([, content]) => Buffer.from(content)))),
    ).not.toEqual([]);
    expect(findCanaries([kept], stored)).not.toEqual([]);
    const followed = places.filter(([place]) => /^GET .*\/checks\/[0-9a-f]{32}$/.test(place));
    // check-steps.spec.ts reads the streams' content, because the browser drops it once the page has read it.
    expect(followed.length > 0).toBe(withScript);
    expect(printed).toContain("a check met a failure");

    // No redirect target received a secret, and no server kept more than it was asked about.
    const journal = sandbox.journal();
    expect(journal.filter(({ instance }) => instance === "/redirect-signed-in")).not.toEqual([]);
    expect(journal.filter(({ instance }) => instance === "/caught" || instance.startsWith("tls:"))).toEqual(
      [],
    );
    expect(findCanaries(canaries, JSON.stringify(journal)), "the servers' journal").toEqual([]);
  });
}
